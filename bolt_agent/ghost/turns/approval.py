"""What a program may only do when a person has said yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Literal, TypeAlias, cast, get_args

from bolt_agent.ghost.turns.deeds import describe
from bolt_agent.robot import motions as m
from bolt_agent.robot.errors import BadValue, Refused, did_you_mean
from bolt_agent.robot.limits import SafetyLimits

__all__ = ["Approvals", "Approve", "Ask", "nobody", "read_answer", "read_approve"]

Approve: TypeAlias = Literal["never", "risky", "always"]
"""When a person is asked: never; for what is risky (above the soft limits; losing a kept move); for everything."""

Ask: TypeAlias = Callable[[str], Awaitable[bool]]
"""Asks a person, and waits for the answer."""


async def nobody(question: str) -> bool:
    """Where no person can be asked, nothing that needs a yes is done. Raises Refused."""
    raise Refused(
        f"{question} Nobody can be asked here, so no: chat with the robot instead, or set --approve never",
        limit="approve",
    )


class Approvals:
    """Asks a person for what needs a yes. A yes holds for the same thing until the turn ends.

    when: what needs one.   limits: the soft ones among them.   ask: how a person is asked.
    """

    def __init__(self, when: Approve = "risky", limits: SafetyLimits | None = None, ask: Ask = nobody) -> None:
        self.ask = ask
        self._when = when
        self._limits = limits or SafetyLimits()
        self._allowed: set[str] = set()

    def clear(self) -> None:
        """A new turn begins."""
        self._allowed.clear()

    async def perform(self, motion: m.Motion) -> None:
        """Go on if this motion may be performed. Raises Refused."""
        if self._when == "never":
            return
        reason = next(self._risks(motion), None)
        if reason is not None or self._when == "always":
            await self._want(describe(motion) + (f", which {reason}" if reason else ""))

    async def lose(self, what: str) -> None:
        """Go on if a kept move may be lost. Raises Refused."""
        if self._when != "never":
            await self._want(what)

    async def keep(self, what: str) -> None:
        """Go on if something may be kept that was not there before. Raises Refused."""
        if self._when == "always":
            await self._want(what)

    async def _want(self, what: str) -> None:
        if what in self._allowed:
            return
        if not await self.ask(f"Allow this: {what}?"):
            raise Refused(f"the person said no to this: {what}", limit="approve")
        self._allowed.add(what)

    def _risks(self, motion: m.Motion) -> Iterator[str]:
        """Why a motion is above the soft limits."""
        if isinstance(motion, m.React):
            for reaction in motion.motions:
                yield from self._risks(reaction)
        speeds = [abs(speed) for _, _, speed in motion.points] if isinstance(motion, m.Curve) else []
        if isinstance(motion, m.Drive | m.Go):
            speeds.append(abs(motion.speed))
        if max(speeds, default=0) > self._limits.ask_speed:
            yield f"is faster than {self._limits.ask_speed}"
        if isinstance(motion, m.Drive | m.Curve | m.Spin) and motion.duration > self._limits.ask_seconds:
            yield f"goes on for more than {self._limits.ask_seconds:g} s"


def read_approve(setting: str) -> Approve:
    """When to ask, as written in settings. Raises BadValue."""
    if setting in get_args(Approve):
        return cast(Approve, setting)
    raise BadValue(f"approve cannot be {setting!r}: {did_you_mean(setting, get_args(Approve))}")


def read_answer(text: str) -> bool | None:
    """What a person's words say to a question; None when they are no answer.

    >>> read_answer("Yes, please!"), read_answer("不要"), read_answer("roll")
    (True, False, None)
    """
    words = " ".join("".join(sign if sign.isalnum() or sign == "'" else " " for sign in text.lower()).split())
    return _ANSWERS.get(words.removesuffix(" please"))


_ANSWERS = {
    **dict.fromkeys(("y", "yes", "yeah", "yep", "ok", "okay", "sure", "do it", "go ahead", "allow it"), True),
    **dict.fromkeys(("是", "是的", "好", "好的", "可以", "行", "同意"), True),
    **dict.fromkeys(("n", "no", "nope", "don't", "no don't", "do not", "never", "refuse it"), False),
    **dict.fromkeys(("不", "不是", "不要", "不行", "不可以", "不好", "不同意"), False),
}
