"""`bolt-agent memory`: what the robot remembers, for the person to see and to change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bolt_agent.cli.history import Place, opened_store

if TYPE_CHECKING:
    from bolt_agent.ghost.memory import Facts

__all__ = ["app"]

app = typer.Typer(
    name="memory",
    help="See and change what the robot remembers of people and places.",
    invoke_without_command=True,
    rich_markup_mode=None,
)

Number = Annotated[int, typer.Argument(metavar="N", help="The number of a fact.")]


@app.callback()
def memory(
    context: typer.Context,
    store: Place = "on",
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> int:
    """List what the robot remembers."""
    if context.invoked_subcommand is not None:
        return 0
    with _facts(store) as facts:
        known = facts.all()
    if json:
        from json import dumps

        print(dumps([fact.model_dump() for fact in known], ensure_ascii=False, indent=1))
    elif not known:
        print('Nothing is remembered yet. Tell the robot: "remember that the sofa is to the left".')
    for fact in () if json else known:
        print(f"{fact.id:5}  {fact.changed[:10]}  {fact.text}")
    return 0


@app.command()
def add(text: Annotated[str, typer.Argument(help="The fact.")], store: Place = "on") -> int:
    """Remember something."""
    with _facts(store) as facts:
        print(f"Remembered as {facts.add(text).id}.")
    return 0


@app.command()
def edit(number: Number, text: Annotated[str, typer.Argument(help="The fact.")], store: Place = "on") -> int:
    """Change a fact."""
    with _facts(store) as facts:
        facts.edit(number, text)
    print(f"Fact {number} is changed.")
    return 0


@app.command()
def delete(number: Number, store: Place = "on") -> int:
    """Forget a fact."""
    with _facts(store) as facts:
        facts.delete(number)
    print(f"Fact {number} is forgotten.")
    return 0


@app.command()
def search(words: Annotated[list[str], typer.Argument(help="What to look for.")], store: Place = "on") -> int:
    """Find facts by their words."""
    with _facts(store) as facts:
        found = facts.search(" ".join(words), 20)
    for fact in found:
        print(f"{fact.id:5}  {fact.changed[:10]}  {fact.text}")
    if not found:
        print("Nothing of that is remembered.")
    return 0


@contextmanager
def _facts(choice: str) -> Iterator[Facts]:
    from bolt_agent.ghost.memory import Facts

    with opened_store(choice) as store:
        yield Facts(store)
