"""The brain behind an endpoint, against a real server on loopback."""

import asyncio

import pytest
from scripted_endpoint import CUT, USAGE, endpoint, tool_call, words

from bolt_agent.brains.brain import Attempt, Code, Exchange, Say, Situation, Think, Usage
from bolt_agent.brains.budget import Ledger
from bolt_agent.brains.errors import BrainError, MissingKey, NoAnswer, OverBudget, Unreachable
from bolt_agent.brains.models import Budget, Model
from bolt_agent.brains.openai import OpenAIBrain

PROGRAM = 'def run(moss):\n    moss.face.show("heart", "red")  # ♥\n'


@pytest.fixture(autouse=True)
def no_key(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture
def ledger(tmp_path):
    return Ledger(Budget(), tmp_path / "usage.db")


def brain_at(url, ledger, **model):
    return OpenAIBrain("you are a ball", Model(model="tiny", base_url=url, **{"retries": 0, **model}), ledger=ledger)


def ask(brain, text="hi", situation=None):
    async def collect():
        return [part async for part in brain.reply(text, situation or Situation())]

    return asyncio.run(collect())


def text_of(parts, kind):
    return "".join(part.text for part in parts if isinstance(part, kind))


def test_an_answer_streams_as_speech_and_code(ledger):
    with endpoint(words(f"Look!\n```python\n{PROGRAM}```")) as (url, requests):
        parts = ask(brain_at(url, ledger, temperature=0.2), "show a heart")
    assert text_of(parts, Say).strip() == "Look!"
    assert text_of(parts, Code) == PROGRAM
    assert len(parts) > 5
    assert (requests[0]["model"], requests[0]["temperature"]) == ("tiny", 0.2)
    assert requests[0]["messages"][0] == {"role": "system", "content": "you are a ball"}


def test_the_code_of_a_tool_call_streams_too(ledger):
    with endpoint(tool_call(PROGRAM)) as (url, _):
        parts = ask(brain_at(url, ledger))
    assert text_of(parts, Code) == PROGRAM
    assert len(parts) > 3


def test_a_model_without_tools_is_asked_again_without_them(ledger):
    with endpoint((400, "tiny does not support tools"), words("Hello!")) as (url, requests):
        brain = brain_at(url, ledger)
        assert text_of(ask(brain), Say) == "Hello!"
        ask(brain)
    assert ["tools" in request for request in requests] == [True, False, False]


@pytest.mark.parametrize(
    "answer",
    [
        [{"reasoning_content": "A heart "}, {"reasoning_content": "is red."}, {"content": "Look!"}],
        [{"reasoning": "A heart is red."}, {"content": "Look!"}],
        words("<think>A heart is red.</think>Look!"),
    ],
)
def test_what_a_model_thinks_is_kept_apart(ledger, answer):
    with endpoint(answer) as (url, _):
        parts = ask(brain_at(url, ledger))
    assert (text_of(parts, Think), text_of(parts, Say)) == ("A heart is red.", "Look!")


def test_the_model_is_shown_the_talk_so_far_and_the_program_that_failed(ledger):
    situation = Situation(
        history=[Exchange("hello", "Hi!", None, "ok"), Exchange("spin", "Wheee", "def run(moss): ...", "ok")],
        attempts=[Attempt("def run(moss): boom", "NameError: boom")],
    )
    with endpoint(words("ok")) as (url, requests):
        ask(brain_at(url, ledger), "again", situation)
    contents = [message["content"] for message in requests[0]["messages"]]
    assert contents[1:3] == ["hello", "Hi!"]
    assert "def run(moss): ..." in contents[4]
    assert contents[5].startswith("again")
    assert "NameError: boom" in contents[-1]


def test_what_the_robot_said_by_itself_answers_no_empty_message(ledger):
    situation = Situation(history=[Exchange("", "Thinker has finished. Go left.", None, "ok")])
    with endpoint(words("ok")) as (url, requests):
        ask(brain_at(url, ledger), "so?", situation)
    contents = [message["content"] for message in requests[0]["messages"]]
    assert contents[1:3] == ["(Nobody spoke; the robot said this by itself.)", "Thinker has finished. Go left."]


# ---- what it takes --------------------------------------------------------------------------------------------


def test_an_answer_is_counted_as_the_endpoint_counts_it(ledger):
    with endpoint([*words("Hello!"), USAGE]) as (url, _):
        *_, usage = ask(brain_at(url, ledger, price_in=1.0, price_out=5.0))
    assert usage == Usage("tiny", 100, 20, pytest.approx(0.0002))
    assert ledger.spent() == (120, pytest.approx(0.0002))


def test_an_endpoint_that_does_not_count_is_counted_by_length(ledger):
    with endpoint(words("four" * 10)) as (url, _):
        *_, usage = ask(brain_at(url, ledger))
    assert usage.tokens_out == 10
    assert usage.tokens_in > 5


def test_a_day_has_its_budget(tmp_path):
    ledger = Ledger(Budget(tokens=100), tmp_path / "usage.db")
    with endpoint([*words("Hello!"), USAGE]) as (url, requests):
        ask(brain_at(url, ledger))
        with pytest.raises(OverBudget, match=r"100 tokens.*config\.toml"):
            ask(brain_at(url, ledger))
    assert len(requests) == 1


def test_more_requests_a_minute_than_wanted_are_refused(ledger):
    with endpoint(words("Hello!")) as (url, _):
        brain = brain_at(url, ledger, requests_per_minute=2)
        ask(brain)
        ask(brain)
        with pytest.raises(BrainError, match="2 requests a minute"):
            ask(brain)


# ---- what can go wrong ----------------------------------------------------------------------------------------


def test_without_a_key_it_says_where_to_put_it(ledger):
    with pytest.raises(MissingKey, match="OPENAI_API_KEY"):
        ask(brain_at(None, ledger))


def test_an_endpoint_that_is_not_there_is_named(ledger):
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:9.*server running"):
        ask(brain_at("http://127.0.0.1:9/v1", ledger))


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, MissingKey), (404, BrainError), (400, BrainError), (429, Unreachable), (500, Unreachable)],
)
def test_an_endpoint_that_refuses_is_an_error_in_one_line(ledger, status, error):
    with endpoint(status) as (url, _), pytest.raises(error) as caught:
        ask(brain_at(url, ledger))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_endpoint_that_is_busy_is_asked_again(ledger, status):
    with endpoint(status, words("Here.")) as (url, requests):
        assert text_of(ask(brain_at(url, ledger, retries=1)), Say) == "Here."
    assert len(requests) == 2


@pytest.mark.parametrize("answer", [[], [{"content": "  "}], [{"reasoning": "Hm."}]])
def test_a_model_that_answers_nothing_is_told_of(ledger, answer):
    with endpoint(answer) as (url, _), pytest.raises(NoAnswer, match="tiny answered nothing"):
        ask(brain_at(url, ledger))


@pytest.mark.parametrize("junk", ["{not json", '"a string"', "[]", '{"choices": 7}', '{"choices": [{"delta": null}]}'])
def test_junk_between_the_pieces_is_an_error_in_one_line(ledger, junk):
    with endpoint([*words("Hello"), junk]) as (url, _), pytest.raises(BrainError) as caught:
        ask(brain_at(url, ledger))
    assert "\n" not in str(caught.value)


def test_an_answer_without_an_end_is_cut(ledger):
    with endpoint(words("la " * 5000, size=300)) as (url, _), pytest.raises(NoAnswer, match="no end"):
        ask(brain_at(url, ledger, max_tokens=100))


def test_a_silence_has_an_end(ledger):
    with endpoint([*words("Hello"), 30, *words("?")]) as (url, _), pytest.raises(Unreachable):
        ask(brain_at(url, ledger, silence=0.2))


def test_a_connection_that_breaks_gives_what_had_come(ledger):
    with endpoint([*words("Hello there"), CUT]) as (url, _):
        parts = ask(brain_at(url, ledger))
    assert text_of(parts, Say) == "Hello there"
