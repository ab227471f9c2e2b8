"""A brain whose programs are rehearsed before they may be performed."""

import asyncio

import pytest

from bolt_agent.assembly import Options
from bolt_agent.authoring.foreseeing import NOT_DONE, ForeseeingBrain
from bolt_agent.brains.brain import Code, Refuse, Say, Situation
from bolt_agent.robot.limits import SafetyLimits
from bolt_agent.robot.stage import BodyState

ROLL = "def run(moss):\n    moss.body.new_move(run=True).go({distance}, {heading})\n"


class Scripted:
    """Answers with these parts."""

    name, tries = "scripted", 2

    def __init__(self, *parts):
        self.parts = parts

    async def reply(self, text, situation):
        for part in self.parts:
            yield part


def answer(*parts, state=None, yes=True, **options):
    """What the brain answers, and what was foreseen."""
    foreseen = []

    async def accept(what):
        foreseen.append(what)
        return yes

    async def main():
        brain = ForeseeingBrain(Scripted(*parts), Options(**options), accept)
        return [part async for part in brain.reply("go", Situation(state=state or BodyState()))]

    return asyncio.run(main()), foreseen


def pieces(distance, heading=0):
    program = ROLL.format(distance=distance, heading=heading)
    return Code(program[:20]), Code(program[20:])


def test_an_accepted_answer_comes_whole_and_in_its_order():
    parts, foreseen = answer(Say("Here I go."), *pieces(60), Say("There."))
    assert [type(part) for part in parts] == [Say, Code, Say]
    assert parts[1].text == ROLL.format(distance=60, heading=0)
    assert foreseen[0].rehearsal.report["pose"]["y"] == pytest.approx(60, abs=2)


def test_what_is_not_accepted_is_not_done():
    parts, _ = answer(Say("Here I go."), *pieces(60), yes=False)
    assert parts == [Refuse(NOT_DONE)]


def test_an_answer_without_a_program_is_let_through():
    assert answer(Say("Hello.")) == ([Say("Hello.")], [])


@pytest.mark.parametrize(("distance", "large"), [(60, False), (150, True)])
def test_what_goes_far_is_large(distance, large):
    _, (foreseen,) = answer(*pieces(distance))
    assert foreseen.large is large


def test_it_begins_where_the_robot_is_and_the_walls_of_its_world_stand():
    here = BodyState(x=20, y=50, heading=90)
    _, (foreseen,) = answer(*pieces(30), state=here, safety=SafetyLimits(fence=100))
    assert foreseen.rehearsal.report["pose"]["y"] == pytest.approx(30, abs=2)
    assert any("from the fence" in sentence for sentence in foreseen.words())
    _, (foreseen,) = answer(*pieces(150), state=BodyState(y=50), world="walled")
    assert any("Collision" in sentence for sentence in foreseen.words())
    assert foreseen.rehearsal.report["pose"]["y"] < 75  # the wall is 1.2 m from where it began


def test_a_program_that_would_fail_is_foreseen_to_fail():
    _, (foreseen,) = answer(Code("def run(moss):\n    moss.face.show('nonsense')\n"))
    assert list(foreseen.words())[-1].startswith("Then it would fail")
