"""A studio that is served, and one open page of it, as a test sees them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

PATIENCE = 20.0
"""Seconds until a condition counts as one that never comes."""

HELLO = "window.__studio.studio.page.hello.value"
ROBOT = "window.__studio.studio.page.selected.value"
CODE = ".code-editor .cm-content"
ARENA = "window.__studio.arena()"


STUDIO = "from bolt_agent.cli import main; main()"


@contextmanager
def studio(folder, *options: str, **environment: str) -> Iterator[str]:
    """A studio that is served until the block ends. Yields its address."""
    command = [sys.executable, "-c", STUDIO, "studio", "--no-open", "--port", "0", "--store", "off", *options]
    env = {**os.environ, "BOLT_AGENT_DATA": str(folder), **environment}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            link = next((line for line in process.stdout if "http://" in line), "")
            assert link, "the studio did not start"
            yield link.split()[-1].rstrip("/")
        finally:
            process.terminate()
            process.stdout.read()


class Visit:
    """A page in a browser of its own; small, because it is drawn without a graphics card."""

    def __init__(self, browser, link: str, *, width: int = 1000, height: int = 640, **options: Any) -> None:
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self._host = urlsplit(link).netloc
        viewport = {"width": width, "height": height}
        self._context = browser.new_context(viewport=viewport, locale="en-US", reduced_motion="reduce", **options)
        self._context.on("request", self._note)
        self._context.set_default_timeout(1000 * PATIENCE)
        self.page = self._context.new_page()
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("websocket", lambda socket: self._note_address(socket.url))
        self.page.goto(link)
        self.until(f"{ROBOT} && {ARENA}?.frames > 1")

    def close(self) -> None:
        self._context.close()

    def fresh(self) -> None:
        """Put the robot back to its start. What was said before stays."""
        self.evaluate(f"window.__hello = {HELLO}")
        self.page.get_by_role("button", name="Put the robot back").click()
        self.until(f"{HELLO} !== window.__hello && {HELLO}.robots.every(({{link}}) => link.status === 'connected')")

    def say(self, text: str) -> None:
        self.page.get_by_label("Say what it should do").fill(text)
        self.page.keyboard.press("Enter")

    def write(self, code: str) -> None:
        """Write a program instead of the one that is shown."""
        if self.page.get_by_role("button", name="Write one").is_visible():
            self.page.get_by_role("button", name="Write one").click()
        self.page.locator(CODE).click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        for line in code.splitlines():
            self.page.keyboard.insert_text(line.strip())
            self.page.keyboard.press("Enter")

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def until(self, expression: str) -> Any:
        """Wait until the expression is true on the page. (wait_for_function needs eval, which the page forbids.)"""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if value := self.page.evaluate(expression):
                return value
            self.page.wait_for_timeout(15)
        raise AssertionError(f"never: {expression}")

    @property
    def trail(self) -> int:
        """Pieces of the trail that the arena draws."""
        return int(self.evaluate(f"{ARENA}.describe({ROBOT}.info.id).trail"))

    def until_rolling(self) -> None:
        self.until(f"{ROBOT}.state.value.speed > 8")

    def until_stopped(self) -> None:
        """The latch holds, the page says so, and the ball rests."""
        self.page.get_by_text("The robot stands still.").wait_for()
        self.until(f"{ROBOT}.stopped.value && !{ROBOT}.busy.value && {ROBOT}.state.value.speed < 1")

    def release(self) -> None:
        self.page.get_by_role("button", name="Release").click()
        self.until(f"!{ROBOT}.stopped.value")

    def until_rest(self) -> None:
        self.until(f"!{ROBOT}.busy.value && {ROBOT}.state.value.speed < 1")

    def _note(self, request: Any) -> None:
        self._note_address(request.url)

    def _note_address(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("blob", "data") and parts.netloc != self._host:
            self.foreign.append(address)
