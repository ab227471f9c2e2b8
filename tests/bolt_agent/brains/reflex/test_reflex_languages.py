"""The lexicon: one line adds a word, one folder adds a language."""

import shutil

import pytest
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain, emergency, is_stop, lexicon
from bolt_agent.brains.reflex.lexicon import language_of, load_lexicon

CACHES = (lexicon.languages, load_lexicon, emergency._words)

SPANISH = {
    "language.txt": "[language]\nscript = latin\nspacing = spaces\n",
    "stop.txt": "[stop]\nstop = alto, para\n\n[around]\naround = ya, ahora\n",
    "words.txt": """
[move]
roll = rueda, avanza, muévete
[turn]
turn = gira
[show]
show = muestra
[figure]
heart = corazón
[color]
blue = azul
[direction]
forward = adelante, hacia adelante
left = izquierda, a la izquierda
[number]
2 = dos
[time]
1 = segundos, segundo
[article]
a = un, una
[filler]
filler = por favor, durante, la, el
[then]
then = luego
""",
}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A copy of the lexicon that a test may add to."""
    folder = tmp_path / "lexicon"
    shutil.copytree(str(lexicon.HOME), folder)
    monkeypatch.setattr(lexicon, "HOME", folder)
    for cache in CACHES:
        cache.cache_clear()
    yield folder
    for cache in CACHES:
        cache.cache_clear()


@pytest.fixture
def spanish(home):
    folder = home / "es"
    folder.mkdir()
    for name, text in SPANISH.items():
        (folder / name).write_text(text, encoding="utf-8")
    phrases = (home / "en" / "phrases.txt").read_text(encoding="utf-8")
    (folder / "phrases.txt").write_text(phrases.replace("turning {side}", "giro a la {side}"), encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("rueda hacia adelante durante dos segundos", "drive 0 speed 90 for 2"),
        ("gira a la izquierda", "turn 270"),
        ("muestra un corazón azul, luego avanza", "show heart blue / drive 0 speed 90 for 1.5"),
    ],
)
def test_a_third_language_is_a_folder(spanish, said, done):
    thought = ReflexBrain().think(said)
    assert thought.language == "es"
    assert " / ".join(perform(thought.code)) == done


def test_a_third_language_has_its_own_replies_and_emergency_word(spanish):
    assert ReflexBrain().think("gira a la izquierda").reply.startswith("Giro a la")
    assert is_stop("¡alto ya!")


def test_the_other_languages_stay_what_they_were(spanish):
    assert language_of("turn left") == "en"
    assert language_of("向左转") == "zh"
    assert perform(ReflexBrain().think("show a green heart").code) == ["show heart green"]


def test_a_new_verb_a_new_name_for_an_icon_and_a_new_colour_are_one_line_each(home):
    (home / "en" / "more.txt").write_text("[move]\nroll = trundle\n[icon]\ncat = mouser\n[color]\nteal = duckegg\n")
    brain = ReflexBrain()
    assert perform(brain.think("trundle backwards for 2 seconds").code) == ["drive 0 speed -90 for 2"]
    assert perform(brain.think("show a mouser").code) == ["show cat"]
    assert brain.think("make your face duckegg").code == 'def run(moss):\n    moss.face.fill("teal")\n'
