"""A session: one person, one robot, and the turns between them.

A turn goes: words -> brain -> speech and code -> worker -> motions -> player -> robot. Everything that happens on the
way is an item of the turn's stream (see `messages`), so that a terminal, a page or a test shows it as it happens.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, suppress
from typing import TypeAlias

from bolt_agent.brains.brain import Brain, Code, Exchange, Note, Recall, Refuse, Say, Situation, Think, Usage, no_facts
from bolt_agent.brains.errors import BrainError
from bolt_agent.brains.reflex import means_stop
from bolt_agent.ghost import operators
from bolt_agent.ghost.context import Context, Surroundings
from bolt_agent.ghost.history.records import Account
from bolt_agent.ghost.history.summary import Past
from bolt_agent.ghost.messages import Item, Line, Turn, TurnBegan, TurnEnded
from bolt_agent.ghost.turns.approval import nobody
from bolt_agent.ghost.turns.body import BodyHost
from bolt_agent.ghost.turns.rounds import Before, Rounds, motion_report, printed_note, what_next
from bolt_agent.ghost.turns.telling import Teller, spaced
from bolt_agent.ghost.turns.writing import Writing
from bolt_agent.logs import log
from bolt_agent.moss.errors import MossError
from bolt_agent.moss.worker.executor import Executor, Outcome
from bolt_agent.robot.errors import Refused, RobotError
from bolt_agent.robot.player import Happening, Player, Progress
from bolt_agent.tracing import turn_span
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

    turns: those taken here so far, the newest last.   happenings: what happened to the robot meanwhile.
    past: what a brain is told of the turns before, those of an earlier run included.
    attended: whether somebody is there to answer an ApprovalAsked; where nobody is, what needs a yes is refused.
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
        past: Past | None = None,
        surroundings: Surroundings | None = None,
        recall: Recall = no_facts,
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
        self._replaced = self._cut_short = self._under_way = False
        self._surroundings = surroundings or Surroundings(player)
        self.past = past or Past()
        self._recall = recall
        self.turns: list[Turn] = []
        self.happenings: list[Happening] = []
        self.attended = False
        self._asked: dict[str, asyncio.Future[bool]] = {}
        body.approvals.ask = self._ask
        player.on_happening(self._note)
        player.on_progress(self._show_line)

    async def close(self) -> None:
        """End the turn that is under way, and everything that still plays."""
        if self._work is not None:
            await self.stop()
        await self._player.close()

    async def say(self, text: str, context: Context | None = None) -> AsyncIterator[Item]:
        """Take one turn and tell what happens, to the TurnEnded. Failures of a turn are in its outcome.

        context: what the ghost should know in this turn besides how its body is.
        """
        self._surroundings.given = context
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

    async def tell(self, text: str) -> AsyncIterator[Item]:
        """Take one turn in which the robot speaks by itself, such as when another ghost has found something."""

        async def speak(turn: Turn) -> None:
            self._speak(turn, text)

        async for item in self._turn(Turn(say="", t_start=self._clock.now()), speak):
            yield item

    async def stop(self) -> None:
        """Emergency stop: the robot first, then the program and the brain. The turn under way ends."""
        stopping = asyncio.create_task(self._player.stop())  # sends before anything else is done
        await asyncio.sleep(0)
        self._give_up()
        with suppress(RobotError):
            await stopping

    def interrupt(self, name: str) -> None:
        """End the turn under way, for another one that takes its place: nothing is latched. name: of the Event."""
        self._replaced = True
        self._player.drop()
        self._teller.happened(name, name)
        self._give_up()

    def overhear(self, text: str) -> None:
        """Something is said in the turn under way that is no turn of its own."""
        self._teller.heard(text)

    @property
    def stopped(self) -> bool:
        """Whether the emergency stop is latched."""
        return self._player.stopped

    def release(self) -> None:
        """Take the latch of the emergency stop off."""
        self._player.release()

    @property
    def asked(self) -> str | None:
        """The id of the ApprovalAsked that waits for an answer."""
        return next(iter(self._asked), None)

    def answer(self, approval_id: str, yes: bool) -> None:
        """Answer an ApprovalAsked. Raises LookupError when nobody waits for it (any more)."""
        asked = self._asked.pop(approval_id, None)
        if asked is None or asked.done():
            raise LookupError(f"nothing waits for an answer to {approval_id}")
        asked.set_result(yes)

    def account(self) -> Account:
        """What the newest turn leaves."""
        return Account(
            turn=self.turns[-1],
            motions=self._body.motions,
            context=self._executor.context,
            stopped=self._cut_short,
            summary=self.past.news(),
        )

    def _give_up(self) -> None:
        self._executor.stop()
        if self._work is not None and self._under_way:
            self._work.cancel()
        elif self._work is not None:  # not before its first step, from which on it takes care to end well
            asyncio.get_running_loop().call_soon(self._work.cancel)

    # ---- a turn -----------------------------------------------------------------------------------------------

    async def _turn(self, turn: Turn, work: Work) -> AsyncIterator[Item]:
        items = self._items = asyncio.Queue[Item]()
        number = self.past.turns + 1
        self._teller = Teller(self._emit, number)
        self._replaced = self._cut_short = self._under_way = False
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
        self._under_way = True
        try:
            with turn_span(say=turn.say):
                await work(turn)
            async with self._clock.timeout(LONGEST_TURN):
                await self._player.wait()
            if turn.status == "ok":
                self._body.succeeded()
        except asyncio.CancelledError:
            self._cut_short = True
            self._teller.end(STOPPED)
            if not (self._replaced and turn.reply):  # who is interrupted does not go on talking
                self._speak(turn, STOPPED)
        except (RobotError, BrainError, MossError) as error:
            self._fail(turn, self._body.account(str(error)))
        except TimeoutError:
            self._fail(turn, f"it was still moving after {LONGEST_TURN / 60:.0f} minutes, so it was stopped")
        except Exception as error:  # a defect of ours must not end the conversation
            self._fail(turn, f"{type(error).__name__}: {error}")
        if not turn.reply.strip():
            self._speak(turn, FAILED if turn.status == "error" else DONE)
        self._teller.end(turn.error)
        turn.t_end = self._clock.now()
        self.turns.append(turn)
        self.past.add(Exchange(turn.say, turn.reply, turn.code, turn.status))
        log("turn", say=turn.say, reply=turn.reply, status=turn.status, error=turn.error, code=turn.code)
        self._emit(TurnEnded(turn=turn))

    async def _answer(self, turn: Turn) -> None:
        if means_stop(turn.say):
            await self._player.stop()
            self._speak(turn, STOPPED)
            return
        rounds = Rounds(self._brain.tries)
        while True:
            before = Before(self._clock.now(), self._player.state(), len(self.happenings))
            outcome = await self._think(turn, rounds)
            match what_next(outcome):
                case operators.Error(why) if rounds.may_fail:
                    rounds.failed(turn.code or "", why)
                case operators.Observe() | operators.Think() as look if outcome is not None and rounds.may_look:
                    rounds.saw(turn.code or "", await self._look(look, before, outcome.output))
                case operator:
                    self._settle(turn, operator)
                    return

    def _settle(self, turn: Turn, operator: operators.Operator | None) -> None:
        """A program's author is done, or has had its rounds."""
        match operator:
            case operators.Error(why):
                self._fail(turn, why)
            case operators.Fail(why):
                self._player.cut()
                turn.status = "refused"
                self._speak(turn, why)
            case operators.Finish(text) | operators.Wait(text) if text:
                self._speak(turn, text)
            case operators.Observe() | operators.Think():
                self._teller.notice("it wanted to look once more, but has looked often enough for one turn")

    async def _look(self, look: operators.Operator, before: Before, output: str) -> str:
        """What came of a program: who observes sees it when the robot has come to rest."""
        trouble = ""
        try:
            if isinstance(look, operators.Observe):
                await self._player.wait()
        except Refused as error:  # a limit that its author can do something about
            trouble = str(error)
            self._player.release()
        notes = trouble, printed_note(output), f"Your note: {look.text}" if look.text else ""
        seen = motion_report(before, self._player.state(), self.happenings, *notes)
        self._teller.happened("observed", seen)
        return seen

    async def _think(self, turn: Turn, rounds: Rounds) -> Outcome | None:
        """Let the brain answer, and perform what it writes while it writes. What came of the last program."""
        situation = Situation(
            self._player.state(),
            tuple(self.past.exchanges),
            tuple(rounds.programs),
            context=self._surroundings.prompt(),
            summary=self.past.summary,
            recall=self._recall,
        )
        last = None
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
                if outcome is not None:
                    last = self._report(outcome, again=rounds.may_fail)
                if what_next(last) is not None or not isinstance(part, Say | Refuse):
                    return last
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
        self._settle(turn, what_next(self._report(await running)))

    def _report(self, outcome: Outcome, *, again: bool = False) -> Outcome:
        """Tell what came of a program; the same, with all that its author should see of an error."""
        error = None
        if outcome.error is not None:
            error = self._body.account(outcome.error, lines=outcome.lines)
            self._player.cut()  # what a broken program has begun is not carried on
        self._teller.result(outcome.output, error, again=again and error is not None)
        return dataclasses.replace(outcome, error=error)

    def _speak(self, turn: Turn, text: str) -> None:
        turn.reply += spaced(turn.reply, text)
        self._teller.grow("text", text)

    def _fail(self, turn: Turn, error: str) -> None:
        self._player.cut()  # nothing goes on moving in a turn that failed
        turn.status = "error"
        turn.error = error

    def _note(self, happening: Happening) -> None:
        self.happenings.append(happening)
        log("happened", name=happening.name, text=happening.text, at=happening.time)
        if self._items is not None:
            self._teller.happened(happening.name, happening.text)

    def _show_line(self, progress: Progress) -> None:
        if progress.phase == "began" and progress.line is not None:
            self._emit(Line(line=progress.line, track=progress.motion.track))

    async def _ask(self, question: str) -> bool:
        """Ask the person, and wait for `answer`; what is under way goes on."""
        if not self.attended:
            return await nobody(question)
        identity = self._teller.ask(question)
        asked = self._asked[identity] = asyncio.get_running_loop().create_future()
        try:
            with self._clock.held():
                yes: bool = await asked
                return yes
        finally:
            self._asked.pop(identity, None)

    def _emit(self, item: Item) -> None:
        if self._items is not None:
            self._items.put_nowait(item)
