"""Long conversations: what a brain is told stays bounded, and keeps what people said of themselves."""

import asyncio

import pytest

from bolt_agent.brains.brain import Exchange
from bolt_agent.ghost.history.summary import MOST, Past


def past_of(*texts, status="ok"):
    past = Past()
    for text in texts:
        past.add(Exchange(text, "Yes.", None, status))
    return past


ROLLS = [f"roll {number}" for number in range(500)]


@pytest.mark.parametrize(
    "fact",
    ["my name is Mia", "the sofa is to the left", "I am six years old", "always use blue", "我叫小明", "我喜欢红色"],
)
def test_facts_outlive_hundreds_of_commands(fact):
    assert fact in past_of("hello", fact, *ROLLS).summary


def test_what_a_brain_is_told_is_bounded():
    past = past_of(*(f"my number is {number}, and I want you to roll very far" for number in range(2000)))
    assert past.turns == 2000
    assert len(past.exchanges) < MOST
    assert len(past.summary) < 4000


def test_the_latest_turns_are_told_word_for_word():
    past = past_of(*ROLLS)
    assert [exchange.say for exchange in past.exchanges] == ROLLS[-len(past.exchanges) :]
    assert "Asked for: roll 479" in past.summary


def test_what_failed_is_remembered_as_failed():
    assert "fly (error)" in past_of("fly", *ROLLS[:40], status="error").summary


def test_what_a_model_reads_changes_only_now_and_then():
    past, beginnings = Past(), []
    for text in ROLLS[:100]:
        past.add(Exchange(text, "Yes.", None, "ok"))
        beginnings.append((past.summary, past.exchanges[0].say))
    assert len(set(beginnings)) <= 9


def test_a_model_may_write_the_summary():
    async def summarize(summary, turns):
        return f"{summary}+{len(turns)}"

    past = past_of(*ROLLS[:30])
    assert past.rough
    asyncio.run(past.improve(summarize))
    assert past.summary == "+10"
    for text in ROLLS[30:50]:
        past.add(Exchange(text, "Yes.", None, "ok"))
    asyncio.run(past.improve(summarize))
    assert past.summary == "+10+20"
    assert not past.rough


def test_a_summary_that_comes_too_late_or_empty_changes_nothing():
    past = past_of(*ROLLS[:30])
    before = past.summary

    async def nothing(summary, turns):
        return "  "

    asyncio.run(past.improve(nothing))
    assert past.summary == before
    assert past.rough  # tried again with the next


def test_news_is_told_once():
    past = past_of(*ROLLS[:30])
    assert past.news().covers == 10
    assert past.news() is None
