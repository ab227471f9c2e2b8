"""A session: one person, one robot, and the turns between them.

A turn goes: words -> brain -> speech and code -> worker -> motions -> player -> robot. Everything that happens on the
way is an item of the turn's stream (see `messages`), so that a terminal, a page or a test shows it as it happens.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, suppress
from typing import TypeAlias

from bolt_agent.brains.brain import Attempt, Brain, Code, Exchange, Note, Refuse, Say, Situation, Think, Usage
from bolt_agent.brains.errors import BrainError
from bolt_agent.brains.reflex import is_stop
from bolt_agent.ghost.body import BodyHost
from bolt_agent.ghost.messages import Item, Turn, TurnBegan, TurnEnded
from bolt_agent.ghost.telling import Teller, spaced
from bolt_agent.ghost.writing import Writing
from bolt_agent.moss.errors import MossError
from bolt_agent.moss.worker.executor import Executor, Outcome
from bolt_agent.robot.errors import RobotError
from bolt_agent.robot.player import Happening, Player
from drivers.clock import Clock

__all__ = ["Session"]

Work: TypeAlias = Callable[[Turn], Awaitable[None]]
Running: TypeAlias = Awaitable[Outcome]

LONGEST_TURN = 600.0
"""Seconds of the clock that a turn may go on moving after its program has ended."""

DONE, STOPPED, FAILED = "Done.", "Stopped.", "That did not work."
"""What the robot says when its brain has said nothing: every turn gets an answer."""


class Session:
    """Takes turns, one at a time. streamed: a program is performed while its brain is still writing it.

    turns: those taken so far, the newest last.   happenings: what happened to the robot meanwhile.
    """

    def __init__(
        self,
        brain: Brain,
        executor: Executor,
        body: BodyHost,
        player: Player,
        clock: Clock,
        *,
        streamed: bool = True,
    ) -> None:
        self._brain = brain
        self._executor = executor
        self._body = body
        self._player = player
        self._clock = clock
        self._streamed = streamed
        self._items: asyncio.Queue[Item] | None = None
        self._teller = Teller(self._emit, 0)
        self._work: asyncio.Task[None] | None = None
        self.turns: list[Turn] = []
        self.happenings: list[Happening] = []
        player.on_happening(self._note)

    async def close(self) -> None:
        """End the turn that is under way, and everything that still plays."""
        if self._work is not None:
            await self.stop()
        await self._player.close()

    async def say(self, text: str) -> AsyncIterator[Item]:
        """Take one turn and tell what happens, to the TurnEnded. Failures of a turn are in its outcome."""
        async for item in self._turn(Turn(say=text, t_start=self._clock.now()), self._answer):
            yield item

    async def run(self, code: str) -> AsyncIterator[Item]:
        """Take one turn with a program instead of words."""
        turn = Turn(say="", code=code, t_start=self._clock.now())
        self._body.note_program(code)
        async for item in self._turn(turn, lambda of: self._program(of, self._executor.run(code), code)):
            yield item

    async def call(self, function: str, args: list[str]) -> AsyncIterator[Item]:
        """Take one turn with a function of the MOSS file."""
        turn = Turn(say="", t_start=self._clock.now())
        written = f"{function}({', '.join(['moss', *args])})"
        async for item in self._turn(
            turn, lambda turn: self._program(turn, self._executor.call(function, args), written)
        ):
            yield item

    async def stop(self) -> None:
        """Emergency stop: the robot first, then the program and the brain. The turn under way ends."""
        stopping = asyncio.create_task(self._player.stop())  # sends before anything else is done
        await asyncio.sleep(0)
        self._executor.stop()
        if self._work is not None:
            self._work.cancel()
        with suppress(RobotError):
            await stopping

    # ---- a turn -----------------------------------------------------------------------------------------------

    async def _turn(self, turn: Turn, work: Work) -> AsyncIterator[Item]:
        items = self._items = asyncio.Queue[Item]()
        number = len(self.turns) + 1
        self._teller = Teller(self._emit, number)
        self._player.release()
        self._body.begin()
        yield TurnBegan(turn=number, say=turn.say)
        self._work = asyncio.create_task(self._finish(turn, work))
        while not isinstance(item := await items.get(), TurnEnded):
            yield item
        self._work = self._items = None
        yield item

    async def _finish(self, turn: Turn, work: Work) -> None:
        """Do a turn's work and settle how it ended, whatever goes wrong."""
        try:
            await work(turn)
            async with self._clock.timeout(LONGEST_TURN):
                await self._player.wait()
            if turn.status == "ok":
                self._body.succeeded()
        except asyncio.CancelledError:
            self._teller.end(STOPPED)
            self._speak(turn, STOPPED)
        except (RobotError, BrainError, MossError) as error:
            self._fail(turn, str(error))
        except TimeoutError:
            self._fail(turn, f"it was still moving after {LONGEST_TURN / 60:.0f} minutes, so it was stopped")
        except Exception as error:  # a defect of ours must not end the conversation
            self._fail(turn, f"{type(error).__name__}: {error}")
        if not turn.reply.strip():
            self._speak(turn, FAILED if turn.status == "error" else DONE)
        self._teller.end(turn.error)
        turn.t_end = self._clock.now()
        self.turns.append(turn)
        self._emit(TurnEnded(turn=turn))

    async def _answer(self, turn: Turn) -> None:
        if is_stop(turn.say):
            await self._player.stop()
            self._speak(turn, STOPPED)
            return
        attempts: list[Attempt] = []
        while True:
            again = len(attempts) + 1 < self._brain.tries
            error = await self._think(turn, attempts, again=again)
            if error is None:
                return
            if not again:
                self._fail(turn, error)
                return
            attempts.append(Attempt(turn.code or "", error))

    async def _think(self, turn: Turn, attempts: list[Attempt], *, again: bool) -> str | None:
        """Let the brain answer, and perform what it writes while it writes. The error of a program, if there is one."""
        history = [Exchange(past.say, past.reply, past.code, past.status) for past in self.turns]
        situation = Situation(self._player.state(), history, attempts)
        answer = aclosing(self._brain.reply(turn.say, situation))
        async with answer as parts, Writing(self._executor, streamed=self._streamed) as writing:
            while True:
                with self._clock.held():
                    part = await writing.unless_it_failed(anext(parts, None))
                if isinstance(part, Code):
                    writing.add(part.text)
                    turn.code = writing.text
                    self._body.note_program(writing.text)
                    self._teller.grow("code", part.text)
                    continue
                if isinstance(part, Think | Note | Usage):
                    self._aside(turn, part)
                    continue
                outcome = await writing.finish()
                error = self._report(outcome, again=again) if outcome is not None else None
                if error is not None or not isinstance(part, Say | Refuse):
                    return error
                if isinstance(part, Refuse):
                    turn.status = "refused"
                self._speak(turn, part.text)

    def _aside(self, turn: Turn, part: Think | Note | Usage) -> None:
        """What comes with an answer and is no part of it."""
        match part:
            case Think(text=text):
                self._teller.grow("reasoning", text)
            case Note(text=text):
                self._teller.notice(text)
            case Usage():
                turn.model = part.model
                turn.tokens_in += part.tokens_in
                turn.tokens_out += part.tokens_out
                turn.cost += part.cost

    async def _program(self, turn: Turn, running: Running, written: str) -> None:
        self._teller.program(written)
        error = self._report(await running)
        if error is not None:
            self._fail(turn, error)

    def _report(self, outcome: Outcome, *, again: bool = False) -> str | None:
        if outcome.error is not None:
            self._player.cut()  # what a broken program has begun is not carried on
        self._teller.result(outcome.output, outcome.error, again=again and outcome.error is not None)
        return outcome.error

    def _speak(self, turn: Turn, text: str) -> None:
        turn.reply += spaced(turn.reply, text)
        self._teller.grow("text", text)

    def _fail(self, turn: Turn, error: str) -> None:
        self._player.cut()  # nothing goes on moving in a turn that failed
        turn.status = "error"
        turn.error = error

    def _note(self, happening: Happening) -> None:
        self.happenings.append(happening)
        if self._items is not None:
            self._teller.happened(happening.name, happening.text)

    def _emit(self, item: Item) -> None:
        if self._items is not None:
            self._items.put_nowait(item)
