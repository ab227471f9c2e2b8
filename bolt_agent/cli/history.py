"""`bolt-agent history`: what was said and done; N is always the number of a turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bolt_agent.ghost.history.store import Store

__all__ = ["Place", "app", "opened_store"]

app = typer.Typer(
    name="history",
    help="See, search, fork, undo, delete and export what was said and done. N is the number of a turn.",
    invoke_without_command=True,
    rich_markup_mode=None,
)

Place = Annotated[
    str, typer.Option("--store", envvar="BOLT_AGENT_STORE", help="Where it is kept: on (as usual), a file, a URL.")
]
Number = Annotated[int, typer.Argument(metavar="N", help="The number of a turn.")]
Json = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@app.callback()
def history(
    context: typer.Context,
    store: Place = "on",
    last: Annotated[int, typer.Option("--last", min=1, max=1000, help="How many conversations.")] = 3,
    json: Json = False,
) -> int:
    """List the latest conversations with their turns."""
    if context.invoked_subcommand is not None:
        return 0
    from bolt_agent.cli.history_views import list_turns

    with opened_store(store) as kept:
        return list_turns(kept, last, as_json=json)


@app.command(name="threads")
def list_threads(
    store: Place = "on",
    most: Annotated[int, typer.Option("--most", min=1, max=1000, help="How many.")] = 20,
    json: Json = False,
) -> int:
    """List the conversations; `bolt-agent chat --thread N` goes on with one."""
    from bolt_agent.cli.history_views import list_threads

    with opened_store(store) as kept:
        return list_threads(kept, most, as_json=json)


@app.command()
def show(
    number: Number,
    timing: Annotated[bool, typer.Option("--timing", help="When its first word, code and packet came.")] = False,
    json: Json = False,
    store: Place = "on",
) -> int:
    """Show a turn: what was said, written, printed and done."""
    from bolt_agent.cli.history_views import show_turn

    with opened_store(store) as kept:
        return show_turn(kept.turn(number), timing=timing, as_json=json)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    most: Annotated[int, typer.Option("--most", min=1, max=1000, help="How many.")] = 20,
    json: Json = False,
    store: Place = "on",
) -> int:
    """Find turns by words that were said, answered or written."""
    from bolt_agent.cli.history_views import list_found

    with opened_store(store) as kept:
        return list_found(kept.search(" ".join(words), most), as_json=json)


@app.command()
def fork(number: Number, store: Place = "on") -> int:
    """Begin a conversation that goes on after a turn; the one it is from stays as it is."""
    with opened_store(store) as kept:
        thread = kept.fork(number)
    print(f"Conversation {thread} goes on after turn {number}: bolt-agent chat --thread {thread}")
    return 0


@app.command()
def undo(
    thread: Annotated[int | None, typer.Argument(metavar="THREAD", help="A conversation; the latest.")] = None,
    store: Place = "on",
) -> int:
    """Take the latest turn of a conversation back: it goes on from before it."""
    with opened_store(store) as kept:
        found = kept.thread(thread)
        turn = kept.undo(found.id) if found is not None else None
    if found is None or turn is None:
        print("There is nothing to take back.")
        return 0
    print(f"Taken back in conversation {found.id}: turn {turn.id}, {turn.say or 'a program'!r}.")
    return 0


@app.command()
def delete(number: Number, store: Place = "on") -> int:
    """Erase a turn for good. What came after it stays."""
    with opened_store(store) as kept:
        kept.delete(number)
    print(f"Turn {number} is erased.")
    return 0


@app.command()
def export(
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="NAME.chat.yml", help="The file to write.")],
    store: Place = "on",
) -> int:
    """Write the conversation up to a turn into a file; `bolt-agent replay` runs it again."""
    from bolt_agent.ghost.history.export import chat_of, write_chat

    with opened_store(store) as kept:
        turns = kept.conversation(kept.turn(number).id)
        about = kept.thread(turns[-1].thread)
    write_chat(chat_of(turns, about.about if about is not None else {}), file)
    print(f"{file}: {len(turns)} turn{'s' * (len(turns) != 1)}. Run it again with: bolt-agent replay {file}")
    return 0


@contextmanager
def opened_store(choice: str) -> Iterator[Store]:
    """The history that a person names. Raises HistoryError."""
    from bolt_agent.ghost.history.errors import HistoryError
    from bolt_agent.ghost.history.place import history_url
    from bolt_agent.ghost.history.store import Store

    url = history_url(choice)
    if url is None:
        raise HistoryError("no history is kept (history is off): say which with --store FILE")
    store = Store(url)
    try:
        yield store
    finally:
        store.close()
