"""Numbers are spoken as words and written as one would type them."""

import pytest

from bolt_agent.voice.hearing.numerals import spelled, written

SPELLED = {
    "go 1.5 m": "go one point five meters",
    "turn 120°": "turn one hundred twenty degrees",
    "at speed 1000": "at speed one thousand",
    "50% for 2,5 s": "fifty percent for two point five seconds",
    "½ a turn": "half a turn",
    "in 3d": "in 3d",
}

WRITTEN = {
    "two seconds": "two seconds",
    "thirteen": "13",
    "twenty five degrees": "25 degrees",
    "one hundred and twenty": "120",
    "one thousand two hundred": "1200",
    "zero point five": "0.5",
    "one point two five seconds": "1.25 seconds",
    "five five": "five five",
    "twenty thirty": "20 30",
    "three and a half": "three and a half",
}


@pytest.mark.parametrize("text", SPELLED)
def test_numerals_become_words(text):
    assert spelled(text) == SPELLED[text]


@pytest.mark.parametrize("words", WRITTEN)
def test_words_become_numerals(words):
    assert " ".join(written(words.split())) == WRITTEN[words]


@pytest.mark.parametrize("number", [0, 7, 13, 20, 21, 99, 100, 101, 120, 255, 360, 999, 1000, 1500])
def test_every_number_survives_being_spoken(number):
    assert written([*spelled(f"speed {number}").split(), "now"])[1] in (str(number), spelled(str(number)))
