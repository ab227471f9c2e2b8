"""What of a history is printed, and how."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bolt_agent.cli.chat_conversation import printable
from bolt_agent.cli.chat_display import PlainDisplay, print_line
from bolt_agent.ghost.history.records import ThreadRecord, TurnRecord
from bolt_agent.ghost.history.store import Store
from bolt_agent.ghost.messages import Tail

__all__ = ["list_found", "list_threads", "list_turns", "show_turn"]

TURNS = 20
"""Of each conversation that are listed."""

MARKS = {"ok": "", "running": "cut off", "error": "failed"}
"""How a turn ended, where that is said otherwise than in its status."""

TIMINGS = {
    "first_item": "the first word or line",
    "first_code": "the first line of code",
    "first_packet": "the robot begins to do it",
    "end": "everything is done and kept",
}

WIDTH = 200
"""Columns where the output is no terminal."""


def list_turns(store: Store, most: int, *, as_json: bool) -> int:
    """The latest conversations, the newest last, each with its latest turns."""
    threads = store.threads(most)[::-1]
    turns = {thread.id: store.conversation(thread.head, TURNS) for thread in threads}
    if as_json:
        return _print_json([{**thread.model_dump(), "turns": _plain(turns[thread.id])} for thread in threads])
    if not threads:
        print('Nothing is kept yet. Begin with: bolt-agent say "roll in a square"')
    for thread in threads:
        print(_headline(thread))
        _print_turns(turns[thread.id])
    return 0


def list_threads(store: Store, most: int, *, as_json: bool) -> int:
    """The conversations, the one used last first."""
    threads = store.threads(most)
    if as_json:
        return _print_json([thread.model_dump() for thread in threads])
    for thread in threads:
        print(_headline(thread))
    return 0


def list_found(turns: Sequence[TurnRecord], *, as_json: bool) -> int:
    """What a search has found, the best match first. 1 where that is nothing."""
    if as_json:
        _print_json(_plain(turns))
    elif turns:
        _print_turns(turns)
    else:
        print("Nothing of that was said.")
    return 0 if turns else 1


def show_turn(turn: TurnRecord, *, timing: bool, as_json: bool) -> int:
    """All there is to know of a turn."""
    if as_json:
        return _print_json(_plain([turn])[0])
    console = _console()
    ended = MARKS.get(turn.status, turn.status) or "done"
    print(f"Turn {turn.id}, the {turn.number}. of conversation {turn.thread} · {_local(turn.began)} · {ended}")
    if turn.say:
        print_line(console, f"> {printable(turn.say)}")
    with PlainDisplay(console) as display:
        for message in turn.messages:
            display.add(Tail(message=message))
    if turn.error:
        print_line(console, f"error: {printable(turn.error)}")
    for line in _figures(turn):
        print(line)
    if timing:
        for name, meaning in TIMINGS.items():
            if turn.timing is not None and name in turn.timing:
                print(f"{turn.timing[name] * 1000:10.1f} ms  {meaning}")
    return 0


def _figures(turn: TurnRecord) -> list[str]:
    lines = []
    if turn.motions:
        counted = Counter(str(motion.get("kind")) for motion in turn.motions)
        lines.append("Asked of the robot: " + ", ".join(f"{count} {kind}" for kind, count in counted.items()))
    if turn.model:
        cost = f", {turn.cost:.4g}" if turn.cost else ""
        lines.append(f"Model {turn.model}: {turn.tokens_in} tokens in, {turn.tokens_out} out{cost}")
    return lines


def _print_turns(turns: Sequence[TurnRecord]) -> None:
    table = Table.grid(padding=(0, 2))
    for column in ("number", "say", "reply", "status"):
        table.add_column(column, justify="right" if column == "number" else "left", no_wrap=True, overflow="ellipsis")
    for turn in turns:
        said = turn.say or (turn.code or "(by itself)").strip().splitlines()[-1].strip()
        cells = (said, turn.reply, MARKS.get(turn.status, turn.status))
        table.add_row(f"{turn.id:5}", *(Text(" ".join(printable(cell).split())) for cell in cells))
    _console().print(table)


def _headline(thread: ThreadRecord) -> str:
    about = ", ".join(str(thread.about[name]) for name in ("world", "brain") if name in thread.about)
    turns = f"{thread.turns} turn{'s' * (thread.turns != 1)}"
    return f"Conversation {thread.id} · {_local(thread.began)} · {turns}" + f" · {about}" * bool(about)


def _local(when: str) -> str:
    try:
        return datetime.fromisoformat(when).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return when


def _console() -> Console:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    return console


def _plain(records: Sequence[BaseModel]) -> list[dict[str, object]]:
    return [record.model_dump(mode="json") for record in records]


def _print_json(data: object) -> int:
    print(json.dumps(data, ensure_ascii=False, indent=1))
    return 0
