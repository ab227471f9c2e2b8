"""The brain behind an endpoint, against a real server on loopback."""

import asyncio

import pytest
from scripted_endpoint import endpoint, tool_call, words

from bolt_agent.brains.brain import Attempt, Code, Exchange, Say, Situation
from bolt_agent.brains.errors import BrainError, MissingKey, Unreachable
from bolt_agent.brains.openai import OpenAIBrain

PROGRAM = 'def run(moss):\n    moss.face.show("heart", "red")  # ♥\n'


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "BOLT_AGENT_MODEL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def ask(text="hi", situation=None):
    async def collect():
        return [
            part async for part in OpenAIBrain("you are a ball", model="tiny").reply(text, situation or Situation())
        ]

    return asyncio.run(collect())


def code_of(parts):
    return "".join(part.text for part in parts if isinstance(part, Code))


def test_an_answer_streams_as_speech_and_code(no_settings):
    with endpoint(words(f"Look!\n```python\n{PROGRAM}```")) as (url, requests):
        no_settings.setenv("OPENAI_BASE_URL", url)
        parts = ask("show a heart")
    assert "".join(part.text for part in parts if isinstance(part, Say)).strip() == "Look!"
    assert code_of(parts) == PROGRAM
    assert len(parts) > 5
    assert requests[0]["model"] == "tiny"
    assert requests[0]["messages"][0] == {"role": "system", "content": "you are a ball"}


def test_the_code_of_a_tool_call_streams_too(no_settings):
    with endpoint(tool_call(PROGRAM)) as (url, _):
        no_settings.setenv("OPENAI_BASE_URL", url)
        parts = ask()
    assert code_of(parts) == PROGRAM
    assert len(parts) > 3


def test_the_model_is_shown_the_talk_so_far_and_the_program_that_failed(no_settings):
    situation = Situation(
        history=[Exchange("hello", "Hi!", None, "ok"), Exchange("spin", "Wheee", "def run(moss): ...", "ok")],
        attempts=[Attempt("def run(moss): boom", "NameError: boom")],
    )
    with endpoint(words("ok")) as (url, requests):
        no_settings.setenv("OPENAI_BASE_URL", url)
        ask("again", situation)
    contents = [message["content"] for message in requests[0]["messages"]]
    assert contents[1:3] == ["hello", "Hi!"]
    assert "def run(moss): ..." in contents[4]
    assert contents[5].startswith("again")
    assert "NameError: boom" in contents[-1]


def test_without_key_and_endpoint_it_says_what_to_do():
    with pytest.raises(MissingKey, match=r"OPENAI_API_KEY.*--brain reflex"):
        ask()


def test_an_endpoint_that_is_not_there_is_named(no_settings):
    no_settings.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:9.*server running"):
        ask()


@pytest.mark.parametrize(("status", "error"), [(401, MissingKey), (400, BrainError), (500, Unreachable)])
def test_an_endpoint_that_refuses_is_an_error_in_one_line(no_settings, status, error):
    with endpoint(status) as (url, _):
        no_settings.setenv("OPENAI_BASE_URL", url)
        with pytest.raises(error) as caught:
            ask()
    assert "\n" not in str(caught.value)
