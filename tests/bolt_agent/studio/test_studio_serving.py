"""The studio as it is really served: a port, a link, and pages over the network's own stack."""

import asyncio
import json
import socket

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from bolt_agent.assembly import Options, UnknownChoice
from bolt_agent.studio.serving import LONGEST_MESSAGE, Place, PortTaken, serve
from simulator import UnknownWorld

LOOPBACK = Place(port=0)


def served(test, place=LOOPBACK, report=None, **options):
    """Serve a studio, and run a test with the link to its page."""

    async def main():
        outcome = []

        async def started(link):
            outcome.append(link)
            ready.set()

        ready = asyncio.Event()
        serving = asyncio.create_task(serve(Options(brain="reflex", **options), place, report=report, started=started))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if serving.done():
            await serving
        try:
            return await test(outcome[0])
        finally:
            serving.cancel()
            await asyncio.wait({serving})

    return asyncio.run(main())


async def all_of(page):
    """Hear what a page is told, until its connection ends."""
    while True:
        await page.recv()


def test_pages_talk_with_it_and_a_huge_message_ends_only_the_page_that_sent_it():
    async def test(link):
        address = link.replace("http", "ws") + "ws"
        async with connect(address) as good, connect(address) as bad:
            assert json.loads(await good.recv())["type"] == "hello"
            await bad.send("x" * (LONGEST_MESSAGE + 1))
            with pytest.raises(ConnectionClosed) as closed:
                await all_of(bad)
            assert closed.value.rcvd.code == 1009
            await good.send("{")
            while (message := json.loads(await good.recv()))["type"] != "failed":
                pass
            assert "no JSON" in message["text"]

    served(test)


def test_what_the_robot_did_is_written_at_the_end(tmp_path):
    async def test(link):
        async with connect(link.replace("http", "ws") + "ws") as page:
            while json.loads(await page.recv()).get("link", {}).get("status") != "connected":
                pass

    served(test, report=tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["schema"] == "bolt-report/1"


def test_a_port_that_is_taken_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} is taken.*--port"):
            served(None, Place(port=port))


def test_an_address_that_is_not_ours_is_told():
    with pytest.raises(PortTaken, match="cannot listen on 203"):
        served(None, Place("203.0.113.1", 0))


def test_what_cannot_be_shown_is_told_before_anything_starts():
    with pytest.raises(UnknownWorld):
        served(None, world="nowhere")
    with pytest.raises(UnknownChoice, match="--clock real"):
        served(None, clock="fast")


def test_beyond_this_machine_the_link_has_a_token():
    async def test(link):
        port, token = link.partition(":")[2].rpartition(":")[2].split("/?token=")
        async with connect(f"ws://127.0.0.1:{port}/ws?token={token}") as page:
            assert json.loads(await page.recv())["type"] == "hello"
        async with connect(f"ws://127.0.0.1:{port}/ws") as page:
            with pytest.raises(ConnectionClosed, match="token"):
                await page.recv()

    served(test, Place("0.0.0.0", 0))
