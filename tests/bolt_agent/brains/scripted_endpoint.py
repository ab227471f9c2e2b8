"""A model endpoint on loopback that answers what a test tells it to."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CUT = object()
"""The connection is closed here."""

USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def chunk_of(delta):
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
    if delta is USAGE:
        return {**chunk, "choices": [], "usage": USAGE}
    return {**chunk, "choices": [{"index": 0, "delta": delta}]}


@contextmanager
def endpoint(*answers):
    """Serve chat completions: each answer is a list of deltas, or an HTTP status, alone or with its message.

    Yields (url, requests). A delta that is a string is sent as it stands; one that is a number is so many seconds of
    silence; USAGE is what the endpoint counted; at CUT the connection is closed.
    """
    waiting, requests, gone = list(answers), [], threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            requests.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(answer, int):
                answer = (answer, "no")
            if isinstance(answer, tuple):
                self.refuse(*answer)
                return
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            for delta in answer:
                if delta is CUT:
                    return
                if isinstance(delta, int | float):
                    gone.wait(delta)
                    continue
                self.wfile.write(
                    f"data: {delta if isinstance(delta, str) else json.dumps(chunk_of(delta))}\n\n".encode()
                )
            self.wfile.write(b"data: [DONE]\n\n")

        def refuse(self, status, message):
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({"error": {"message": message}}).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", requests
    finally:
        gone.set()
        server.shutdown()
        thread.join()
        server.server_close()


def words(text, size=7):
    """An answer in plain text, in pieces."""
    return [{"content": text[i : i + size]} for i in range(0, len(text), size)]


def tool_call(code, size=9):
    """An answer that is a call of the tool `moss(code)`, its arguments in pieces."""
    arguments = json.dumps({"code": code})
    head = {"index": 0, "id": "call", "type": "function", "function": {"name": "moss", "arguments": ""}}
    pieces = [arguments[i : i + size] for i in range(0, len(arguments), size)]
    return [{"tool_calls": [head]}, *({"tool_calls": [{"index": 0, "function": {"arguments": p}}]} for p in pieces)]
