"""Pages for tests: a studio with a virtual robot whose time passes eight times as fast, and what a page hears of it."""

import contextlib

from starlette.testclient import TestClient

from bolt_agent.assembly import Options
from bolt_agent.studio.app import Studio
from bolt_agent.studio.stage import Stage

HOST = "127.0.0.1:8765"

MOST_MESSAGES, MOST_SILENT = 1000, 15
"""A page that has heard so many, or so many that say nothing, and not what it waits for, waits in vain."""


class Opened:
    """A studio that is open. Pages come with `page()`; over HTTP it is asked with `http`."""

    def __init__(self, studio, http):
        self.studio = studio
        self.http = http
        self._stack = contextlib.ExitStack()

    def page(self, path="/ws", **headers):
        """A page, which has got its Hello and waits until its robots are reached."""
        socket = self._stack.enter_context(self.connection(path, **headers))
        page = TestPage(socket)
        while not all(robot["link"]["status"] == "connected" for robot in page.robots.values()):
            assert page.next().get("link", {}).get("status") != "failed"
        return page

    def connection(self, path="/ws", **headers):
        """A WebSocket on which nothing has been said yet."""
        return self.http.websocket_connect(path, headers={"Host": HOST, **headers})

    def close(self):
        self._stack.close()


class TestPage:
    """One page: what it was told, and the robots as it knows them."""

    __test__ = False

    def __init__(self, socket):
        self.socket = socket
        self.items, self.robots, self.hello = [], {}, None
        self.states = {}
        """How each robot is, as far as it was told."""
        self.next()

    def next(self):
        """The next message."""
        message = self.socket.receive_json()
        if message["type"] == "hello":
            self.hello = message
            self.robots = {robot["id"]: robot for robot in message["robots"]}
            self.states = {robot["id"]: robot["state"] for robot in message["robots"]}
        elif message["type"] == "link":
            self.robots[message["robot"]]["link"] = message["link"]
        elif message["type"] == "state":
            for robot in message["robots"]:
                news = {name: value for name, value in robot.items() if value is not None}
                trail = [*self.states[robot["id"]]["trail"], *robot["trail"]]
                self.states[robot["id"]] = {**self.states[robot["id"]], **news, "trail": trail}
        elif message["type"] == "item":
            self.items.append(message["item"])
        return message

    def until(self, wanted, **values):
        """The next message of a type in which these values stand, or for which a function holds."""
        silent = 0
        for _ in range(MOST_MESSAGES):
            message = self.next()
            if wanted(message) if callable(wanted) else self._is(message, wanted, values):
                return message
            silent = silent + 1 if message["type"] == "state" and not message["robots"] else 0
            if silent > MOST_SILENT:
                break
        raise AssertionError(f"{wanted} {values} did not come; the items were {self.items}")

    @staticmethod
    def _is(message, kind, values):
        return message["type"] == kind and all(message.get(name) == value for name, value in values.items())

    def settle(self):
        """Let the robot come to rest, ready for the next command."""
        self.send("stop")
        self.send("release")
        self.send("run", code="def run(moss):\n    moss.face.clear_matrix()\n    moss.body.wait()\n")
        self.until_item("ended")
        self.until_state(lambda robot: robot["speed"] < 0.5)
        self.items.clear()

    def until_item(self, item):
        return self.until(lambda message: message["type"] == "item" and message["item"]["item"] == item)["item"]

    def until_state(self, holds):
        """How a robot is as soon as it is as a function wants it; it may be already."""
        waited = 0
        while not (found := [state for state in self.states.values() if holds(state)]):
            self.until("state")
            waited += 1
            assert waited < MOST_MESSAGES, self.states
        return found[0]

    def send(self, type_, /, **values):
        self.socket.send_json({"type": type_, **values})

    def texts(self, kind):
        """What messages of a kind say, where they are whole."""
        return [i["message"]["text"] for i in self.items if i["item"] == "tail" and i["message"]["kind"] == kind]


@contextlib.contextmanager
def opened(*, token=None, balls=None, rate=8.0, **options):
    """A studio whose robots can be talked to."""
    wanted = Options(**{"brain": "reflex", **options})
    studio = Studio(lambda tell: Stage(wanted, tell, balls=balls, rate=rate), token=token)
    with TestClient(studio.app, base_url=f"http://{HOST}") as http:
        here = Opened(studio, http)
        try:
            yield here
        finally:
            here.close()
