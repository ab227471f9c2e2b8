"""A chat, and single turns, without a screen: plain lines, or colours and a picture below them."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from collections.abc import AsyncIterator

from chat_script import CODE, FAILED, Scripted, said, told
from rich.console import Console

from bolt_agent.cli.chat import plain_chat, show_turn
from bolt_agent.ghost.turns.telling import Teller


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
