"""The chat in a terminal, with a scripted session: what is typed, what is shown, and what stops."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bolt_agent.cli.chat import plain_chat, show_turn
from bolt_agent.cli.chat_conversation import ChatLog, Entry, entry_lines
from bolt_agent.cli.chat_history import LazyHistory
from bolt_agent.cli.chat_screen import ChatScreen
from bolt_agent.cli.chat_turns import ChatTurns
from bolt_agent.cli.picture import Scene
from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.history.records import Account
from bolt_agent.ghost.history.summary import Past
from bolt_agent.ghost.messages import Item, Turn, TurnBegan, TurnEnded
from bolt_agent.ghost.turns.telling import Teller
from drivers.clock import Clock, FastClock, RealClock

CODE = "def run(moss):\n    moss.body.new_move(run=True).spin(360, 1)\n"
FAILED = TurnEnded(turn=Turn(say="", status="error", error="no answer from the model"))


def told(tell: Callable[[Teller], object]) -> list[Item]:
    """The stream that comes of telling this."""
    items: list[Item] = []
    teller = Teller(items.append, 1)
    tell(teller)
    teller.end()
    return items


def said(*pieces: str) -> list[Item]:
    """The robot says this."""
    return told(lambda teller: [teller.grow("text", piece) for piece in pieces])


class Scripted:
    """A robot whose turns are written down, in a real conversation; a turn that is `None` rolls until it is stopped."""

    greeting = "Hello, I am a ball."

    def __init__(self, *turns: list[Item] | list[Exception] | None, clock: Clock | None = None) -> None:
        self.script = list(turns)
        self.heard: list[str] = []
        self.stops = 0
        self.rolling = asyncio.Event()
        self.stopping = asyncio.Event()
        self.stopped = False
        self.past = Past()
        self._teller = Teller(lambda item: self._meanwhile.append(item), 9)
        self._meanwhile: list[Item] = []
        self.conversation = Conversation(self, clock or RealClock())  # type: ignore[arg-type]

    async def say(self, text: str, _: object = None) -> AsyncIterator[Item]:
        self.heard.append(text)
        yield TurnBegan(turn=len(self.heard), say=text)
        turn = self.script.pop(0) if self.script else []
        if turn is None:
            for item in said("Rolling."):
                yield item
            self.rolling.set()
            await self.stopping.wait()
            turn = [*self._meanwhile, *said("Stopped.")]
        for item in turn:
            if isinstance(item, Exception):
                raise item
            yield item
        if not (turn and isinstance(turn[-1], TurnEnded)):
            yield TurnEnded(turn=Turn(say=text))

    async def stop(self) -> None:
        self.stops += 1
        self.stopping.set()

    def interrupt(self, _: str) -> None:
        self.stopping.set()

    def overhear(self, text: str) -> None:
        self._teller.heard(text)

    def account(self) -> Account:
        return Account(turn=Turn(say=""))

    def scene(self) -> Scene:
        return Scene(trail=[(0, 0), (0, 50)], y=50)


def shown(conversation: ChatLog) -> list[tuple[str, str]]:
    return [(entry.kind, entry.text.rstrip()) for entry in conversation.entries]


def texts(conversation: Conversation, kind: str) -> list[str]:
    return [text for its, text in shown(conversation) if its == kind]


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


# ---- what an entry looks like ---------------------------------------------------------------------------------


def test_chinese_is_wrapped_by_its_width_on_the_screen():
    lines = entry_lines(Entry("speech", "好的，我会滚一个正方形，然后给你看一颗红色的心。"), 25)
    assert all(line.cell_len <= 25 for line in lines)
    assert "".join(line.plain.strip().removeprefix("bolt ") for line in lines).startswith("好的，我会滚一个正方形")


def test_code_that_is_too_wide_keeps_its_indent():
    lines = entry_lines(Entry("code", "    move.roll(0, 100, 1.0).turn_to('right', 90)"), 44)
    assert [line.plain for line in lines] == [
        "   │     move.roll(0, 100, ",
        "   │         1.0).turn_to('right', 90)",
    ]


def test_code_is_coloured():
    assert any(span.style for span in entry_lines(Entry("code", CODE), 80)[0].spans[1:])


def test_words_from_outside_cannot_drive_the_terminal():
    conversation = ChatLog()
    for item in told(lambda teller: (teller.program(CODE), teller.result("\x1b[2Jgone\x07\u202e"))):
        conversation.add(item)
    assert texts(conversation, "output") == ["[2Jgone"]


def test_sentences_do_not_run_into_each_other():
    conversation = ChatLog()
    for item in said("Rolling.", "Stopped.", " It is 3", ".", "5 m."):
        conversation.add(item)
    assert texts(conversation, "speech") == ["Rolling. Stopped. It is 3.5 m."]


def test_an_error_is_shown_once():
    conversation = ChatLog()
    conversation.note("person", "roll")
    failing = told(lambda teller: (teller.program(CODE), teller.result(error="no answer from the model")))
    for item in (*failing, *said("That did not work."), FAILED):
        conversation.add(item)
    assert texts(conversation, "failed") == ["no answer from the model"]


def test_a_long_afternoon_does_not_fill_the_memory():
    conversation = ChatLog()
    for number in range(2000):
        conversation.note("speech", f"line {number}")
    assert len(conversation.entries) == 500
    assert conversation.entries[-1].text == "line 1999"


# ---- without a screen -----------------------------------------------------------------------------------------


def spin(teller: Teller) -> None:
    teller.grow("text", "I [b]spin[/b].")
    teller.grow("code", CODE[:20])
    teller.grow("code", CODE[20:])
    teller.happened("collision", "I bumped into something.")
    teller.result("one\ntwo\n", "line 2: no")


TURN = told(spin)
PLAIN = """\
I [b]spin[/b].
    def run(moss):
        moss.body.new_move(run=True).spin(360, 1)
* I bumped into something.
output: one
output: two
error: line 2: no
"""


def printed(session: Scripted, lines: str) -> str:
    out = io.StringIO()
    asyncio.run(plain_chat(session, io.StringIO(lines), Console(file=out, width=40)))
    return out.getvalue()


def test_in_a_pipe_everything_is_plain_lines():
    assert printed(Scripted(TURN), "spin\n") == f"Hello, I am a ball.\n> spin\n{PLAIN}"


def test_empty_lines_are_no_turns():
    session = Scripted()
    printed(session, "\n   \n")
    assert session.heard == []


def test_the_last_line_needs_no_end():
    session = Scripted()
    printed(session, "spin\nroll")
    assert session.heard == ["spin", "roll"]


def test_a_broken_turn_is_one_line_and_the_next_one_is_taken():
    out = printed(Scripted([RuntimeError("fell\noff")], said("Fine.")), "roll\nspin\n")
    assert out.endswith("> roll\nerror: RuntimeError: fell off\n> spin\nFine.\n")


def test_why_a_turn_failed_is_told():
    assert printed(Scripted([FAILED]), "roll\n").endswith("error: no answer from the model\n")


def test_a_script_is_taken_in_order_even_where_it_says_stop():
    session = Scripted()
    printed(session, "roll\nstop\nspin\n")
    assert session.heard == ["roll", "stop", "spin"]
    assert session.stops == 0


def test_stop_typed_while_a_turn_runs_acts_at_once():
    async def play() -> str:
        session = Scripted(None)

        async def typed() -> AsyncIterator[str]:
            yield "roll\n"
            await session.rolling.wait()
            yield "stop\n"

        out = io.StringIO()
        async with asyncio.timeout(10):
            await plain_chat(session, typed(), Console(file=out), live_after=0.0)
        assert session.heard == ["roll"]
        return out.getvalue()

    assert asyncio.run(play()) == "Hello, I am a ball.\n> roll\nRolling.\n> stop\nStopped.\n"


def shown_turn(console: Console, *, scene: bool) -> None:
    session = Scripted(TURN)
    asyncio.run(show_turn(session.say("spin"), console, session.scene if scene else None))


def test_a_turn_in_a_pipe_has_neither_colours_nor_a_picture():
    out = io.StringIO()
    shown_turn(Console(file=out, width=80), scene=True)
    assert out.getvalue() == PLAIN


def test_a_turn_on_a_terminal_has_colours_and_a_picture_below():
    out = io.StringIO()
    shown_turn(Console(file=out, width=80, height=24, force_terminal=True, color_system="truecolor"), scene=True)
    text = out.getvalue()
    assert "\x1b[" in text
    assert text.rindex("▀▀▀▀") > text.rindex("line 2: no")
    assert "[b]spin[/b]" in text


def test_a_turn_on_a_terminal_without_a_scene_has_no_picture():
    out = io.StringIO()
    shown_turn(Console(file=out, width=80, height=24, force_terminal=True), scene=False)
    assert "▀" not in out.getvalue()
    assert "I bumped into something." in out.getvalue()


def test_a_single_turn_does_not_import_what_is_heavy():
    heavy = "{'mujoco', 'openai', 'prompt_toolkit'}"
    code = f"import sys, bolt_agent.cli.chat; print({heavy} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
