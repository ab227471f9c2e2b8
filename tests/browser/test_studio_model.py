"""The emergency stop while a model streams and the ball rolls: three ways to it."""

import urllib.request

import pytest
from browsing import ROBOT, studio
from scripted_endpoint import endpoint, words

PROGRAM = """\
Rolling.
```python
def run(moss):
    moss.body.new_move(run=True).roll(0, 40, 30)
"""
TALKATIVE = [*words(PROGRAM), *(piece for _ in range(400) for piece in (0.05, {"content": "    # more\n"}))]
"""A program that rolls for half a minute, and a model that goes on writing for twenty seconds."""


@pytest.fixture(scope="module")
def streaming(tmp_path_factory, chromium):
    with endpoint(TALKATIVE) as (url, _):
        keys = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "a key"}
        with studio(tmp_path_factory.mktemp("kept"), "--brain", "openai", **keys) as link:
            yield link


def by_button(page, _):
    page.page.locator("#stop").click()


def by_key(page, _):
    page.page.keyboard.press("Escape")


def by_post(_, link):
    with urllib.request.urlopen(urllib.request.Request(f"{link}/stop", method="POST")) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("stop", [by_button, by_key, by_post])
def test_stop_ends_model_and_motion(visit, streaming, stop):
    page = visit(streaming)
    page.fresh()
    page.say("roll until I say stop")
    page.until_rolling()
    assert page.evaluate(f"{ROBOT}.busy.value")
    stop(page, streaming)
    page.until_stopped()
    page.release()
