"""A robot that only a link reaches: the page shows what it was told to show."""

import asyncio
import threading

import pytest
from studio_pages import opened

from simulator import VirtualWorld
from simulator.server import SimServer

LIT = "def run(moss):\n    moss.face.fill('red')\n    moss.face.set_front_led('blue')\n    moss.body.wait()\n"
DARK = "def run(moss):\n    moss.face.clear_matrix()\n"


@pytest.fixture
def far_away():
    """The port of a simulator that is reached over TCP only."""
    loop, ports = asyncio.new_event_loop(), []
    listening = threading.Event()

    async def serve():
        server = SimServer(VirtualWorld("open"), port=0)
        await server.start()
        ports.append(server.port)
        listening.set()
        try:
            await asyncio.Event().wait()
        finally:
            await server.close()

    work = loop.create_task(serve())
    thread = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait({work})))
    thread.start()
    listening.wait()
    yield ports[0]
    loop.call_soon_threadsafe(work.cancel)
    thread.join()


def test_the_face_and_the_lights_of_a_robot_that_is_far_away_are_shown_as_it_was_told(far_away):
    with opened(driver=f"tcp://127.0.0.1:{far_away}") as studio:
        page = studio.page()
        page.send("run", code=LIT)
        page.until_state(lambda robot: robot["face"] == "ff0000" * 64)
        page.until_state(lambda robot: robot["front"] == "#0000ff")
        assert studio.page().hello["robots"][0]["state"]["face"] == "ff0000" * 64  # who comes late sees it, too
        page.send("run", code=DARK)
        page.until_state(lambda robot: robot["face"] == "000000" * 64)
