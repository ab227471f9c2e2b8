"""The database of a history: threads, turns, messages. Every method is one transaction, and raises HistoryError."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row, ScalarSelect, Select, func, literal, select

from bolt_agent.ghost.history.connecting import connect, explained
from bolt_agent.ghost.history.errors import UnknownNumber
from bolt_agent.ghost.history.records import Account, ThreadRecord, TurnRecord, now
from bolt_agent.ghost.history.schema import messages, threads, turn_words, turns
from bolt_agent.ghost.history.words import matching, written
from bolt_agent.ghost.messages import Message

__all__ = ["Store"]

WHOLE = 1_000_000
"""More turns than any conversation has."""


class Store:
    """A history that is open. It may be used from any thread, and by several processes at once.

    url: as SQLAlchemy has it, such as sqlite:///history.db. Raises HistoryError when it cannot be used.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine: Engine = connect(url)
        self.full_text = self._engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it happens, or none."""
        with explained(self.url), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that locks nobody out."""
        with explained(self.url), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    # ---- threads ----------------------------------------------------------------------------------------------

    def begin_thread(self, about: Mapping[str, Any], head: int | None = None) -> int:
        """A new thread, which goes on from a turn or from nothing; its number."""
        with self.writing() as connection:
            if head is not None:
                _must_exist(connection, head)
            return _new_thread(connection, about, head)

    def thread(self, number: int | None = None) -> ThreadRecord | None:
        """A thread, or the newest one that has turns; None where there is none. Raises UnknownNumber."""
        found = self.threads(1, number)
        if number is not None and not found:
            raise UnknownNumber(f"no thread {number} in the history; `bolt-agent history threads` lists them")
        return found[0] if found else None

    def threads(self, most: int = 20, number: int | None = None) -> list[ThreadRecord]:
        """The threads that were used last, the newest first."""
        wanted = (
            select(threads, turns.c.number.label("turns"), turns.c.say)
            .join(turns, turns.c.id == threads.c.head, isouter=True)
            .order_by(threads.c.used.desc(), threads.c.id.desc())
            .limit(most)
        )
        wanted = wanted.where(threads.c.head.is_not(None)) if number is None else wanted.where(threads.c.id == number)
        with self.reading() as connection:
            rows = [dict(row._mapping) for row in connection.execute(wanted)]
        return [ThreadRecord.model_validate({k: v for k, v in row.items() if v is not None}) for row in rows]

    # ---- turns ------------------------------------------------------------------------------------------------

    def begin_turn(self, thread: int, parent: int | None, number: int, say: str, began: str) -> tuple[int, int]:
        """A turn begins; its id, and its thread.

        That is another one than the thread asked for when somebody else has gone on there: it then forks.
        """
        row = {"thread": thread, "parent": parent, "number": number, "say": say, "began": began, "status": "running"}
        with self.writing() as connection:
            turn = _inserted(connection.execute(turns.insert().values(**row)))
            moved = connection.execute(
                threads.update()
                .where(threads.c.id == thread, threads.c.head.is_not_distinct_from(parent))
                .values(head=turn, used=_next_use())
            )
            if moved.rowcount == 0:
                about = connection.execute(select(threads.c.about).where(threads.c.id == thread)).scalar() or {}
                thread = _new_thread(connection, about, turn)
                connection.execute(turns.update().where(turns.c.id == turn).values(thread=thread))
        return turn, thread

    def add_message(self, turn: int, message: Message) -> None:
        """A message of a turn is whole."""
        with self.writing() as connection:
            connection.execute(messages.insert().values(turn=turn, body=message.model_dump(mode="json")))

    def end_turn(self, turn: int, account: Account, timing: Mapping[str, float]) -> None:
        """A turn is over; from here on it survives whatever happens to the process."""
        done = account.turn
        row = done.model_dump(include={"reply", "code", "status", "error", "model", "tokens_in", "tokens_out", "cost"})
        if account.stopped and done.status == "ok":
            row["status"] = "stopped"
        row |= account.model_dump(mode="json", include={"motions", "context", "summary"}) | {"timing": dict(timing)}
        spoken = written(" ".join((done.say, done.reply, done.code or "")))
        with self.writing() as connection:
            connection.execute(turns.update().where(turns.c.id == turn).values(**row))
            connection.execute(turn_words.insert().values(rowid=turn, words=spoken))

    def turn(self, turn: int) -> TurnRecord:
        """A turn with its messages. Raises UnknownNumber."""
        with self.reading() as connection:
            row = connection.execute(select(turns).where(turns.c.id == turn)).one_or_none()
            if row is None:
                raise _unknown(turn)
            return _with_messages(connection, [row])[0]

    def conversation(self, turn: int | None, most: int = WHOLE) -> list[TurnRecord]:
        """A turn and those before it, the oldest first, at most so many, with their messages."""
        if turn is None:
            return []
        with self.reading() as connection:
            return _with_messages(connection, connection.execute(_chain(turn, most)).all())

    def search(self, text: str, most: int = 20) -> list[TurnRecord]:
        """Turns in which all these words were said, answered or written, the best match first."""
        wanted = matching(turn_words, text, full_text=self.full_text)
        if wanted is None:
            return []
        found = select(turns).join(turn_words, turn_words.c.rowid == turns.c.id).where(wanted)
        ranked = found.order_by(func.bm25(turn_words.table_valued()) if self.full_text else turns.c.id.desc())
        with self.reading() as connection:
            return [_record(row) for row in connection.execute(ranked.limit(most))]

    # ---- changing what was ------------------------------------------------------------------------------------

    def fork(self, turn: int) -> int:
        """A new thread that goes on after a turn; its number. Raises UnknownNumber."""
        with self.writing() as connection:
            came = _must_exist(connection, turn)
            about = connection.execute(select(threads.c.about).where(threads.c.id == came.thread)).scalar() or {}
            return _new_thread(connection, about, turn)

    def undo(self, thread: int) -> TurnRecord | None:
        """Take a thread's newest turn back: the next one goes on from before it. None when there is none."""
        with self.writing() as connection:
            row = connection.execute(
                select(turns).join(threads, threads.c.head == turns.c.id).where(threads.c.id == thread)
            ).one_or_none()
            if row is None:
                return None
            back = threads.update().where(threads.c.id == thread)
            connection.execute(back.values(head=row.parent, used=_next_use()))
            return _record(row)

    def delete(self, turn: int) -> None:
        """Erase a turn for good; what came after it stays, and follows what was before it. Raises UnknownNumber."""
        with self.writing() as connection:
            parent = _must_exist(connection, turn).parent
            connection.execute(turns.update().where(turns.c.parent == turn).values(parent=parent))
            connection.execute(threads.update().where(threads.c.head == turn).values(head=parent))
            connection.execute(messages.delete().where(messages.c.turn == turn))
            connection.execute(turn_words.delete().where(turn_words.c.rowid == turn))
            connection.execute(turns.delete().where(turns.c.id == turn))


def _chain(turn: int, most: int) -> Select[Any]:
    """A turn and its forebears, the oldest first."""
    chain = select(turns.c.id, turns.c.parent, literal(1).label("back")).where(turns.c.id == turn).cte(recursive=True)
    before = select(turns.c.id, turns.c.parent, chain.c.back + 1).join(chain, turns.c.id == chain.c.parent)
    chain = chain.union_all(before.where(chain.c.back < most))
    return select(turns).join(chain, chain.c.id == turns.c.id).order_by(chain.c.back.desc())


def _with_messages(connection: Connection, rows: Sequence[Row[Any]]) -> list[TurnRecord]:
    said: dict[int, list[Any]] = {row.id: [] for row in rows}
    kept = select(messages.c.turn, messages.c.body).where(messages.c.turn.in_(said)).order_by(messages.c.id)
    for turn, body in connection.execute(kept):
        said[turn].append(body)
    return [_record(row, said[row.id]) for row in rows]


def _record(row: Row[Any], said: Sequence[Any] = ()) -> TurnRecord:
    return TurnRecord.model_validate({**row._mapping, "messages": list(said)})


def _new_thread(connection: Connection, about: Mapping[str, Any], head: int | None) -> int:
    row = {"began": now(), "about": dict(about), "head": head, "used": _next_use()}
    return _inserted(connection.execute(threads.insert().values(**row)))


def _next_use() -> ScalarSelect[Any]:
    """Which thread was used last must not depend on the computer's clock."""
    return select(func.coalesce(func.max(threads.c.used), 0) + 1).scalar_subquery()


def _inserted(result: Any) -> int:
    (key,) = result.inserted_primary_key
    return int(key)


def _must_exist(connection: Connection, turn: int) -> Row[Any]:
    row = connection.execute(select(turns).where(turns.c.id == turn)).one_or_none()
    if row is None:
        raise _unknown(turn)
    return row


def _unknown(turn: int) -> UnknownNumber:
    return UnknownNumber(f"no turn {turn} in the history; `bolt-agent history` lists them")
