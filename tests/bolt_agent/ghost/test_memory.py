"""Facts that outlive a conversation, from words to words."""

import pytest

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.brains.brain import Brain, Say
from bolt_agent.ghost.history.errors import UnknownNumber
from bolt_agent.ghost.history.store import Store
from bolt_agent.ghost.memory import ALWAYS, Facts
from bolt_agent.robot.errors import BadValue
from drivers.clock import Clock


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'history.db'}"


@pytest.fixture
def facts(url):
    return Facts(Store(url))


def texts(found):
    return [fact.text for fact in found]


def test_a_fact_is_kept_changed_and_forgotten(facts):
    fact = facts.add("  the sofa   is to the left ")
    assert texts(facts.all()) == ["the sofa is to the left"]
    facts.edit(fact.id, "the sofa is to the right")
    assert texts(facts.search("where is the sofa?")) == ["the sofa is to the right"]
    facts.delete(fact.id)
    assert facts.all() == []
    assert facts.search("sofa") == []


def test_the_same_fact_is_kept_once(facts):
    facts.add("Mia is six")
    facts.add("mia is SIX")
    assert len(facts.all()) == 1


@pytest.mark.parametrize("full_text", [True, False], ids=["full text", "plain"])
def test_of_many_facts_those_that_fit_are_recalled(facts, full_text):
    facts._store.full_text = full_text
    for number in range(ALWAYS + 5):
        facts.add(f"the number {number} is lucky")
    facts.add("the sofa is to the left")
    facts.add("妈妈喜欢红色")
    assert texts(facts.recall("roll to the sofa"))[:1] == ["the sofa is to the left"] or not full_text
    assert texts(facts.recall("红色")) == ["妈妈喜欢红色"]
    assert len(facts.recall("number")) == 6


def test_a_few_facts_are_always_recalled(facts):
    facts.add("this is Mia's robot")
    assert texts(facts.recall("show a heart")) == ["this is Mia's robot"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_nonsense_is_no_fact(facts, text):
    with pytest.raises(BadValue, match="1 to 500 characters"):
        facts.add(text)


@pytest.mark.parametrize("act", [lambda facts: facts.edit(9, "x"), lambda facts: facts.delete(9)])
def test_a_fact_that_does_not_exist_is_named(facts, act):
    with pytest.raises(UnknownNumber, match="no fact 9"):
        act(facts)


# ---- with a robot ---------------------------------------------------------------------------------------------


def take(url, *texts, brain=None):
    container = assemble(Options(brain="reflex", clock="fast", history=url))
    if brain is not None:
        container.set(Brain, brain)

    async def main():
        async with opened(container) as assembly:
            for text in texts:
                async for _ in assembly.conversation.talk(text):
                    pass
            return assembly.session.turns

    return container.force_fetch(Clock).run(main())


def test_what_the_robot_is_told_it_knows_in_the_next_conversation(url, facts):
    (told,) = take(url, "remember that the sofa is to the left")
    assert (told.reply, told.status) == ("I will remember that.", "ok")
    assert texts(facts.all()) == ["the sofa is to the left"]
    (asked,) = take(url, "what do you remember?")
    assert asked.reply.startswith("I remember: the sofa is to the left (20")


def test_in_chinese_too(url):
    turns = take(url, "请记住，妈妈喜欢红色", "你还记得什么？")
    assert turns[0].reply == "我记住了。"
    assert "妈妈喜欢红色" in turns[1].reply


def test_a_brain_recalls_what_fits_with_its_date(url, facts):
    facts.add("Mia is six")

    class Curious:
        name, tries = "curious", 1

        async def reply(self, text, situation):
            yield Say("; ".join(await situation.recall(text)))

    (turn,) = take(url, "how old is Mia?", brain=Curious())
    assert turn.reply == f"Mia is six ({facts.all()[0].changed[:10]})"


def test_without_a_history_nothing_is_remembered_and_that_is_said():
    (turn,) = take(None, "remember that the sofa is to the left")
    assert turn.status == "error"
    assert "no history is kept here" in turn.error
