"""What pages ask for over the WebSocket: each kind of message, and what is done about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from bolt_agent.studio import protocol as p

if TYPE_CHECKING:
    from bolt_agent.studio.pages import Page

__all__ = ["answer_page"]

Handler: TypeAlias = Callable[["Page", Any], Awaitable[None]]


async def answer_page(page: Page, text: str) -> None:
    """Do what a page asks for with a message, or tell it why not."""
    try:
        message = p.ClientMessageAdapter.validate_json(text)
    except ValidationError as error:
        page.client.fail(_complaint(error))
        return
    await page.told(HANDLERS[type(message)](page, message), message.id)


async def _say(page: Page, message: p.Say) -> None:
    page.stage.robot(message.robot).say(message.text)


async def _run(page: Page, message: p.Run) -> None:
    page.stage.robot(message.robot).run(message.code)


async def _stop(page: Page, message: p.Stop) -> None:
    page.apart(page.stage.stop(message.robot), message.id)


async def _release(page: Page, message: p.Release) -> None:
    page.stage.release(message.robot)


async def _answer(page: Page, message: p.Answer) -> None:
    page.stage.robot(message.robot).answer(message.approval, message.yes)


async def _perform(page: Page, message: p.Perform) -> None:
    page.stage.robot(message.robot).run(page.gallery.program(message.kind, message.name))


async def _preview(page: Page, message: p.Preview) -> None:
    page.stage.robot(message.robot).preview(message.animation)


async def _preview_end(page: Page, message: p.PreviewEnd) -> None:
    page.stage.robot(message.robot).preview(None)


async def _world(page: Page, message: p.SetWorld) -> None:
    page.apart(page.stage.change_world(message.name), message.id)


async def _reset(page: Page, message: p.Reset) -> None:
    page.apart(page.stage.reset(), message.id)


async def _connect(page: Page, message: p.Connect) -> None:
    page.apart(page.stage.connect(page.stage.robot(message.robot)), message.id)


async def _clear_trail(page: Page, message: p.ClearTrail) -> None:
    robot = page.stage.robot(message.robot)
    robot.watcher.clear_trail()
    page.hub.tell(p.TrailChanged(robot=robot.name, trail=list(robot.watcher.trail)))


async def _pace(page: Page, message: p.SetPace) -> None:
    page.stage.change_pace(message.rate, message.paused)


async def _step(page: Page, message: p.Step) -> None:
    page.stage.step(message.seconds)


async def _faults(page: Page, message: p.SetFaults) -> None:
    robot = page.stage.robot(message.robot)
    robot.spoil(message.faults)
    page.hub.tell(p.FaultsChanged(robot=robot.name, faults=message.faults))


async def _listen(page: Page, message: p.Listen) -> None:
    page.spoken_to = page.stage.robot(message.robot).name
    await page.microphone.switch(on=message.on)


HANDLERS: Mapping[type[Any], Handler] = {
    p.Answer: _answer,
    p.ClearTrail: _clear_trail,
    p.Connect: _connect,
    p.Listen: _listen,
    p.Perform: _perform,
    p.Preview: _preview,
    p.PreviewEnd: _preview_end,
    p.Release: _release,
    p.Reset: _reset,
    p.Run: _run,
    p.Say: _say,
    p.SetFaults: _faults,
    p.SetPace: _pace,
    p.SetWorld: _world,
    p.Step: _step,
    p.Stop: _stop,
}


def _complaint(error: ValidationError) -> str:
    """What is wrong with a message, in one line."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return "that is no JSON"
    where = ".".join(str(part) for part in first["loc"]) or "type"
    return f"a message of {p.PROTOCOL} cannot have this: {where}: {first['msg']}"
