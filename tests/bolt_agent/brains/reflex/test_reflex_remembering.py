"""What the offline mind takes for a fact to remember, and what for a move to keep."""

import asyncio

import pytest

from bolt_agent.brains.brain import Exchange, Say, Situation
from bolt_agent.brains.reflex import ReflexBrain


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("remember that the sofa is to the left", "the sofa is to the left"),
        ("Please remember my name is Mia!", "my name is Mia"),
        ("don't forget that we never go under the table.", "we never go under the table"),
        ("记住，沙发在左边", "沙发在左边"),
        ("请你记住妈妈喜欢红色。", "妈妈喜欢红色"),
    ],
)
def test_a_fact_is_kept_in_the_person_s_words(text, fact):
    assert ReflexBrain().think(text).code == f"def run(moss):\n    moss.memory.keep({fact!r})\n"


MOVES = ["remember this as zigzag", "remember that as zigzag", "call this zigzag", "记住这个动作"]


@pytest.mark.parametrize("text", MOVES)
def test_a_move_is_still_a_move(text):
    brain = ReflexBrain()
    brain.think("roll left, then roll right")
    assert "memory.keep" not in (brain.think(text).code or "")


def answer(text, facts):
    async def recall(_):
        return facts

    async def main():
        return [part async for part in ReflexBrain().reply(text, Situation(recall=recall))]

    return asyncio.run(main())


@pytest.mark.parametrize("text", ["what do you remember?", "What do you know about me", "你还记得什么？"])
def test_what_is_remembered_is_told(text):
    (said,) = answer(text, ["Mia is six (2026-11-21)"])
    assert isinstance(said, Say)
    assert "Mia is six (2026-11-21)" in said.text


def test_a_conversation_of_another_day_goes_on():
    brain, before = ReflexBrain(), ReflexBrain()
    code = before.think("show a red heart").code
    history = [Exchange("show a red heart", "Showing a red heart.", code, "ok")]

    async def main():
        return [part async for part in brain.reply("again", Situation(history=history))]

    assert asyncio.run(main())[1].text == code


def test_what_another_brain_did_is_not_repeated_as_one_s_own():
    history = [Exchange("show a red heart", "Here.", "def run(moss): moss.face.fill('red')", "ok")]
    brain = ReflexBrain()

    async def main():
        return [part async for part in brain.reply("again", Situation(history=history))]

    assert len(asyncio.run(main())) == 1
