"""A worker that is a thread of this process: no walls, for programs whose author the person trusts."""

from __future__ import annotations

import asyncio
import ctypes
import queue
import threading
from contextlib import suppress
from typing import TypeAlias

from bolt_agent.moss.worker.child import serve
from bolt_agent.moss.worker.process import Worker, WorkerDied
from bolt_agent.moss.worker.protocol import Answer, Call, Done, Program, Ready, Request, Setup

__all__ = ["InlineWorker"]

ToThread: TypeAlias = Setup | Program | Call | Answer
FromThread: TypeAlias = Ready | Request | Done


class InlineWorker(Worker):
    """Runs MOSS programs in a thread, with everything that this process may do; debuggers and prints work in it.

    A program that is killed ends at its next request or its next line of Python, not inside of a long call into C.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pipe = _ThreadPipe(asyncio.get_running_loop())
        self._thread = threading.Thread(target=self._serve, name="inline worker", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return not self._pipe.closed and self._thread.is_alive()

    def tell(self, message: ToThread) -> None:
        if not self.alive:
            raise WorkerDied("the worker is gone")
        self._pipe.to_thread.put(message)

    async def hear(self) -> FromThread:
        message = await self._pipe.from_thread.get()
        if message is None:
            raise WorkerDied("the program was stopped" if self._pipe.closed else "the program ended its own thread")
        return message

    def kill(self) -> None:
        if self.alive:
            self._pipe.close()
            assert self._thread.ident is not None
            identity = ctypes.c_ulong(self._thread.ident)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, ctypes.py_object(SystemExit))

    def _serve(self) -> None:
        with suppress(_Gone, SystemExit):
            serve(self._pipe)
        self._pipe.send(None)


class _Gone(BaseException):
    """The host does not listen any more."""


class _ThreadPipe:
    """The thread's way to the host."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.to_thread: queue.SimpleQueue[ToThread | None] = queue.SimpleQueue()
        self.from_thread: asyncio.Queue[FromThread | None] = asyncio.Queue()
        self.closed = False
        self._loop = loop

    def hear(self) -> ToThread:
        message = self.to_thread.get()
        if message is None:
            raise _Gone
        return message

    def tell(self, message: FromThread) -> None:
        if self.closed:
            raise _Gone
        self.send(message)

    def send(self, message: FromThread | None) -> None:
        with suppress(RuntimeError):  # the loop has closed: nobody listens any more
            self._loop.call_soon_threadsafe(self.from_thread.put_nowait, message)

    def close(self) -> None:
        self.closed = True
        self.to_thread.put(None)
        self.from_thread.put_nowait(None)
