"""Facts that outlive a conversation: "this is Mia's robot", "the sofa is to the left"; people can change them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict

from bolt_agent.ghost.history.errors import HistoryError, UnknownNumber
from bolt_agent.ghost.history.keeper import Keeper
from bolt_agent.ghost.history.records import now
from bolt_agent.robot.errors import BadValue
from drivers.clock import Clock

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bolt_agent.ghost.history.store import Store

__all__ = ["Fact", "Facts", "Memories", "MemoryHost"]

T = TypeVar("T")

LONGEST, MOST = 500, 1000
"""Characters of a fact, and facts in all: it is a memory, not an archive."""

RECALLED, ALWAYS = 6, 12
"""Facts that a brain is reminded of; with no more than ALWAYS there is nothing to choose."""


class Fact(BaseModel):
    """Something to remember. since, changed: ISO 8601, UTC."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: int
    text: str
    since: str
    changed: str

    def __str__(self) -> str:
        return f"{self.text} ({self.changed[:10]})"


class Facts:
    """The facts in a store. Every method raises HistoryError; a fact that does not exist is an UnknownNumber."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Fact]:
        """Every fact, the oldest first."""
        from sqlalchemy import select

        from bolt_agent.ghost.history.schema import facts

        with self._store.reading() as connection:
            rows = connection.execute(select(facts).order_by(facts.c.id).limit(MOST)).mappings()
            return [Fact.model_validate(dict(row)) for row in rows]

    def add(self, text: str) -> Fact:
        """Keep a fact; one that is kept already is only dated anew. Raises BadValue."""
        from sqlalchemy import func, select

        from bolt_agent.ghost.history.schema import facts

        text, when = _checked(text), now()
        with self._store.writing() as connection:
            known = connection.execute(select(facts.c.id).where(func.lower(facts.c.text) == text.lower())).scalar()
            if known is not None:
                connection.execute(facts.update().where(facts.c.id == known).values(changed=when))
                return Fact(id=known, text=text, since=when, changed=when)
            if connection.execute(select(func.count()).select_from(facts)).scalar_one() >= MOST:
                raise BadValue(f"{MOST} facts are kept already: forget some first")
            inserted = connection.execute(facts.insert().values(text=text, since=when, changed=when))
            (key,) = inserted.inserted_primary_key or (0,)
            _index(connection, key, text)
            return Fact(id=key, text=text, since=when, changed=when)

    def edit(self, fact: int, text: str) -> None:
        """Change a fact's text. Raises BadValue."""
        from bolt_agent.ghost.history.schema import facts

        text = _checked(text)
        with self._store.writing() as connection:
            changed = connection.execute(facts.update().where(facts.c.id == fact).values(text=text, changed=now()))
            _must_have(changed.rowcount, fact)
            _index(connection, fact, text)

    def delete(self, fact: int) -> None:
        """Forget a fact."""
        from bolt_agent.ghost.history.schema import facts

        with self._store.writing() as connection:
            _must_have(connection.execute(facts.delete().where(facts.c.id == fact)).rowcount, fact)
            _index(connection, fact, None)

    def search(self, text: str, most: int = RECALLED) -> list[Fact]:
        """Facts in which any of these words is, the best match first."""
        from sqlalchemy import func, select

        from bolt_agent.ghost.history.schema import fact_words, facts
        from bolt_agent.ghost.history.words import any_of

        wanted = any_of(fact_words, text, full_text=self._store.full_text)
        if wanted is None:
            return []
        ranked = func.bm25(fact_words.table_valued()) if self._store.full_text else facts.c.changed.desc()
        found = select(facts).join(fact_words, fact_words.c.rowid == facts.c.id).where(wanted).order_by(ranked)
        with self._store.reading() as connection:
            return [Fact.model_validate(dict(row)) for row in connection.execute(found.limit(most)).mappings()]

    def recall(self, text: str) -> list[Fact]:
        """What somebody who is told this should be reminded of: all facts where they are few, else those that fit."""
        known = self.all()
        return known if len(known) <= ALWAYS else self.search(text)


class Memories:
    """The facts, for those who may not block. Simulated time stands still meanwhile."""

    def __init__(self, keeper: Keeper, clock: Clock) -> None:
        self._keeper = keeper
        self._clock = clock

    async def recall(self, text: str) -> Sequence[str]:
        """The facts that have to do with some words, with their dates; none where none can be had."""
        try:
            return [str(fact) for fact in await self._ask(lambda facts: facts.recall(text))]
        except HistoryError:
            return ()

    async def keep(self, text: str) -> None:
        """Remember a fact. Raises HistoryError and BadValue."""
        await self._ask(lambda facts: facts.add(text))

    async def forget(self, text: str) -> int:
        """Forget the fact that fits these words best; how many were forgotten. Raises HistoryError."""

        def forget(facts: Facts) -> int:
            found = facts.search(text, 1)
            for fact in found:
                facts.delete(fact.id)
            return len(found)

        return await self._ask(forget)

    async def _ask(self, question: Callable[[Facts], T]) -> T:
        with self._clock.held():
            return await self._keeper.ask(lambda store: question(Facts(store)))


class MemoryHost:
    """Answers what code asks of `moss.memory`."""

    def __init__(self, memories: Memories) -> None:
        self._memories = memories

    async def answer(self, what: str, args: dict[str, Any]) -> Any:
        """Keep, recall or forget. Raises BadValue, also where there is no memory."""
        text = str(args.get("text", ""))
        try:
            match args.get("do"):
                case "keep":
                    return await self._memories.keep(text)
                case "recall":
                    return list(await self._memories.recall(text))
                case "forget":
                    return await self._memories.forget(text)
        except HistoryError as error:
            raise BadValue(str(error)) from None
        raise BadValue(f"no request {what!r} of that kind")


def _checked(text: str) -> str:
    text = " ".join(str(text).split())
    if not text or len(text) > LONGEST:
        raise BadValue(f"a fact has 1 to {LONGEST} characters")
    return text


def _must_have(rows: int, fact: int) -> None:
    if rows == 0:
        raise UnknownNumber(f"no fact {fact} in the history; `bolt-agent memory` lists them")


def _index(connection: Connection, fact: int, text: str | None) -> None:
    from bolt_agent.ghost.history.schema import fact_words
    from bolt_agent.ghost.history.words import written

    connection.execute(fact_words.delete().where(fact_words.c.rowid == fact))
    if text is not None:
        connection.execute(fact_words.insert().values(rowid=fact, words=written(text)))
