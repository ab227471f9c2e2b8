"""Several brains in a row: who answers, and what the person is told."""

import asyncio

import pytest

from bolt_agent.brains.brain import Note, Say, Situation
from bolt_agent.brains.errors import BrainError, OverBudget, Unreachable
from bolt_agent.brains.fallback import FallbackBrain


class Scripted:
    name, tries = "scripted", 2

    def __init__(self, *parts):
        self.parts = parts

    async def reply(self, text, situation):
        for part in self.parts:
            if isinstance(part, Exception):
                raise part
            yield part


def answer(**brains):
    async def collect():
        return [part async for part in FallbackBrain(brains).reply("hi", Situation())]

    return asyncio.run(collect())


def test_the_first_that_answers_is_the_only_one():
    assert answer(quick=Scripted(Say("Hi.")), clever=Scripted(Say("Good day."))) == [Say("Hi.")]


def test_the_next_one_stands_in_and_the_person_is_told():
    parts = answer(
        quick=Scripted(Unreachable("no answer from the server")),
        clever=Scripted(OverBudget("today's tokens are used up")),
        reflex=Scripted(Say("Hi.")),
    )
    assert parts == [
        Note("quick has no answer (no answer from the server), so clever answers"),
        Note("clever has no answer (today's tokens are used up), so reflex answers"),
        Say("Hi."),
    ]


def test_an_answer_that_has_begun_is_not_begun_again():
    with pytest.raises(Unreachable, match="cut"):
        answer(quick=Scripted(Say("Rol"), Unreachable("cut")), clever=Scripted(Say("Hi.")))


def test_when_nobody_answers_the_last_one_says_why():
    with pytest.raises(BrainError, match="second"):
        answer(quick=Scripted(Unreachable("first")), clever=Scripted(BrainError("second")))
