"""The chat on a full screen, with a scripted session: what is typed, what is shown, and what stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from chat_script import CODE, Scripted, said, shown, texts, told
from prompt_toolkit.data_structures import Size
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from bolt_agent.cli.chat_history import LazyHistory
from bolt_agent.cli.chat_screen import ChatScreen
from bolt_agent.cli.chat_turns import ChatTurns
from bolt_agent.cli.picture import Scene
from bolt_agent.ghost.messages import TurnBegan
from bolt_agent.ghost.turns.telling import Teller
from drivers.clock import FastClock, RealClock


class Terminal(DummyOutput):
    """A terminal of some size, on which nothing is seen."""

    def __init__(self, columns: int, rows: int) -> None:
        self.size = Size(rows=rows, columns=columns)

    def get_size(self) -> Size:
        return self.size


# ---- the full screen ------------------------------------------------------------------------------------------


@contextmanager
def screen_of(session: Scripted, columns: int = 80, rows: int = 24) -> Iterator[tuple[ChatScreen, PipeInput]]:
    with create_pipe_input() as keys:
        output = Terminal(columns, rows)
        yield ChatScreen(session, RealClock(), history=InMemoryHistory(), input=keys, output=output), keys


def in_chat(
    session: Scripted, act: Callable[[ChatScreen, PipeInput], object], columns: int = 80, rows: int = 24
) -> ChatScreen:
    """Open a chat, do something in it, leave with Ctrl-D."""

    async def play() -> ChatScreen:
        with screen_of(session, columns, rows) as (screen, keys):
            chatting = asyncio.create_task(screen.run())
            async with asyncio.timeout(10):
                await act(screen, keys)  # type: ignore[misc]
                keys.send_text("\x04")
                await chatting
            return screen

    return asyncio.run(play())


async def until(condition: Callable[[], object]) -> None:
    """Let the others work until it is so."""
    while not condition():
        await asyncio.sleep(0)


def test_what_is_typed_is_said_and_the_answer_is_shown():
    def answer(teller: Teller) -> None:
        for piece in ("Spin", "ning."):
            teller.grow("text", piece)
        teller.grow("code", CODE)
        teller.result("hi\n")

    session = Scripted(told(answer))

    async def act(screen: ChatScreen, keys: PipeInput) -> None:
        keys.send_text("  spin   once\r")
        await until(lambda: session.heard and not screen.turns.busy)

    screen = in_chat(session, act)
    assert session.heard == ["spin once"]
    assert shown(screen.turns.log) == [
        ("speech", "Hello, I am a ball."),
        ("person", "spin once"),
        ("speech", "Spinning."),
        ("code", CODE.rstrip()),
        ("output", "hi"),
    ]


def test_a_line_entered_during_a_turn_waits_for_it():
    session = Scripted(None, [])

    async def act(screen: ChatScreen, keys: PipeInput) -> None:
        keys.send_text("roll\r")
        await session.rolling.wait()
        keys.send_text("spin\r")
        await until(lambda: screen.turns.log.waiting)
        assert session.heard == ["roll"]
        session.stopping.set()
        await until(lambda: len(session.heard) == 2)

    assert not in_chat(session, act).turns.log.waiting
    assert session.heard == ["roll", "spin"]


@pytest.mark.parametrize("key", ["\x1b", "\x03", "stop\r"], ids=["Esc", "Ctrl-C", "stop"])
def test_stopping_does_not_wait_and_drops_what_waits(key: str):
    session = Scripted(None)

    async def act(screen: ChatScreen, keys: PipeInput) -> None:
        keys.send_text("roll\r")
        await session.rolling.wait()
        keys.send_text("spin\r")
        await until(lambda: screen.turns.log.waiting)
        keys.send_text(key)
        await until(lambda: not screen.turns.busy)

    screen = in_chat(session, act)
    assert session.heard == ["roll"]
    assert session.stops == 1
    assert texts(screen.turns.log, "notice") == ["1 waiting message dropped"]


def test_a_conversation_that_goes_on_shows_what_was_said():
    session = Scripted()
    for item in (TurnBegan(turn=1, say="roll"), *said("Rolling.")):
        session.conversation.transcript.add(item)

    async def act(_: ChatScreen, __: PipeInput) -> None:
        pass

    assert shown(in_chat(session, act).turns.log) == [
        ("person", "roll"),
        ("speech", "Rolling."),
        ("speech", "Hello, I am a ball."),
    ]


def test_what_somebody_else_says_is_shown_too():
    session = Scripted(said("Spinning."))

    async def act(screen: ChatScreen, _: PipeInput) -> None:
        await until(lambda: screen.app.render_counter)
        async for _ in session.conversation.talk("spin"):  # from a page, or a microphone
            pass

    assert shown(in_chat(session, act).turns.log)[1:] == [("person", "spin"), ("speech", "Spinning.")]


def test_ctrl_c_at_rest_says_how_to_leave():
    async def act(screen: ChatScreen, keys: PipeInput) -> None:
        keys.send_text("\x03")
        await until(lambda: texts(screen.turns.log, "notice"))

    assert texts(in_chat(Scripted(), act).turns.log, "notice") == ["press Ctrl-D to quit"]


def test_a_stop_at_rest_gets_the_simulated_time_it_needs():
    """Between turns simulated time stands still, but a robot at rest may still be playing something endless."""
    clock = FastClock()

    class Slow(Scripted):
        async def stop(self) -> None:
            await clock.sleep(1)
            await super().stop()

    async def play() -> None:
        session = Slow([], clock=clock)
        with ChatTurns(session, clock, lambda: None) as turns:
            turns.enter("dance")
            await until(lambda: session.heard and not turns.busy)
            turns.stop()
            await turns.settled()
        assert session.stops == 1

    clock.run(play())


def test_leaving_stops_a_rolling_robot():
    session = Scripted(None)

    async def act(_: ChatScreen, keys: PipeInput) -> None:
        keys.send_text("roll\r")
        await session.rolling.wait()

    in_chat(session, act)
    assert session.stops == 1


def test_a_turn_that_breaks_is_one_red_line_and_the_next_one_works():
    session = Scripted([RuntimeError("the [red]motor[/red]\nfell off")], said("Fine."))

    async def act(screen: ChatScreen, keys: PipeInput) -> None:
        keys.send_text("roll\rspin\r")
        await until(lambda: len(session.heard) == 2 and not screen.turns.busy)

    conversation = in_chat(session, act).turns.log
    assert texts(conversation, "failed") == ["RuntimeError: the [red]motor[/red] fell off"]
    assert shown(conversation)[-1] == ("speech", "Fine.")


def test_the_up_key_brings_back_what_was_said():
    session = Scripted()

    async def act(screen: ChatScreen, keys: PipeInput) -> None:
        keys.send_text("spin\r")
        await until(lambda: session.heard and not screen.turns.busy)
        while screen.line.text != "spin":  # the history is read in the background
            keys.send_text("\x1b[A")
            await asyncio.sleep(0)
        keys.send_text("\r")
        await until(lambda: len(session.heard) == 2)

    in_chat(session, act)
    assert session.heard == ["spin", "spin"]


def test_pasted_lines_become_one():
    session = Scripted()

    async def act(_: ChatScreen, keys: PipeInput) -> None:
        keys.send_text("\x1b[200~roll\n  and spin\x1b[201~\r")
        await until(lambda: session.heard)

    in_chat(session, act)
    assert session.heard == ["roll and spin"]


def test_the_conversation_scrolls_back_and_returns_to_the_newest():
    async def act(screen: ChatScreen, keys: PipeInput) -> None:
        for number in range(100):
            screen.turns.log.note("speech", f"line {number}")
        screen.app.invalidate()
        await until(lambda: "line 99" in visible(screen))
        keys.send_text("\x1b[5~")
        await until(lambda: screen.pane.scrolled)
        assert "line 99" not in visible(screen)
        keys.send_text("\x1b[6~")
        await until(lambda: not screen.pane.scrolled)
        assert "line 99" in visible(screen)

    in_chat(Scripted(), act)


def visible(screen: ChatScreen, columns: int = 46, rows: int = 21) -> str:
    content = screen.pane.create_content(columns, rows)
    return "\n".join("".join(text for _, text, *_ in content.get_line(row)) for row in range(content.line_count))


@pytest.mark.parametrize(("columns", "rows", "beside", "above"), [(80, 24, 1, 0), (60, 20, 0, 1), (80, 11, 0, 0)])
def test_the_picture_goes_where_there_is_room(columns: int, rows: int, beside: int, above: int):
    """Seen from outside: how much of the screen the conversation gets."""

    async def act(screen: ChatScreen, _: PipeInput) -> None:
        await until(lambda: screen.app.render_counter)
        window = next(w for w in screen.app.layout.find_all_windows() if w.content is screen.pane)
        info = window.render_info
        assert info is not None
        assert (info.window_width < columns - 10) == bool(beside)
        assert (info.window_height < rows - 3) == bool(above)

    in_chat(Scripted(), act, columns, rows)


def test_a_scene_that_fails_does_not_end_the_chat():
    class Blind(Scripted):
        def scene(self) -> Scene:
            raise RuntimeError("no camera")

    session = Blind(said("Still here."))

    async def act(screen: ChatScreen, keys: PipeInput) -> None:
        keys.send_text("hello\r")
        await until(lambda: session.heard and not screen.turns.busy)

    assert texts(in_chat(session, act).turns.log, "speech")[-1] == "Still here."


def test_the_history_file_is_made_with_the_first_line(tmp_path: Path):
    history = LazyHistory(tmp_path / "data" / "history")
    assert list(history.load_history_strings()) == []
    assert not history.path.parent.exists()
    history.append_string("spin")
    assert list(LazyHistory(history.path).load_history_strings()) == ["spin"]


def test_a_history_that_cannot_be_kept_is_no_reason_to_fail(tmp_path: Path):
    (tmp_path / "file").write_text("")
    LazyHistory(tmp_path / "file" / "history").append_string("spin")
