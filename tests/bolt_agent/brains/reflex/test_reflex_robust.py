"""Whatever is said: nothing raises, and the code always compiles, runs, and stays within the API."""

import ast
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reflex_stage import perform
from reflex_virtual import cases

from bolt_agent.brains.reflex import ReflexBrain, is_stop
from bolt_agent.brains.reflex.lexicon import languages, load_lexicon
from bolt_agent.brains.reflex.moods import DANCES, MOODS
from bolt_agent.brains.reflex.shapes import is_shape
from bolt_agent.robot.colors import COLOR_NAMES
from bolt_agent.robot.icons import load_icons

PHRASES = {
    language: [
        ("" if not load_lexicon(language).spaced else " ").join(phrase) for phrase in load_lexicon(language).phrases
    ]
    for language in languages()
}
AMOUNTS = ["0", "1", "2", "-3", "0.5", "90", "1000", "1e9", "99999999999999999999"]
SAID = [text for case in cases("reflex_cases.jsonl") for text in case["say"]]
QUICK = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def mixed(language: str) -> st.SearchStrategy[str]:
    joiner = " " if load_lexicon(language).spaced else ""
    words = st.one_of(st.sampled_from(PHRASES[language]), st.sampled_from(PHRASES[language]), st.sampled_from(AMOUNTS))
    return st.lists(words, min_size=1, max_size=12).map(joiner.join)


def check(brain: ReflexBrain, text: str) -> None:
    thought = brain.think(text)
    assert thought.reply
    if thought.code is not None:
        ast.parse(thought.code)
        perform(thought.code)


@QUICK
@given(st.text(max_size=200))
@example("前进%0米1")
def test_any_text_is_answered(text):
    is_stop(text)
    check(ReflexBrain(), text)


@QUICK
@given(st.lists(st.one_of([mixed(language) for language in PHRASES]), min_size=1, max_size=4))
def test_any_mix_of_known_words_gives_code_that_runs(texts):
    brain = ReflexBrain()
    for text in texts:
        check(brain, text)


EDITS = st.lists(st.tuples(st.sampled_from(["cut", "put", "swap", "join"]), st.integers(0, 80), st.text(max_size=3)),
                 min_size=1, max_size=6)  # fmt: skip


def mutilated(text: str, edits: list[tuple[str, int, str]]) -> str:
    for edit, where, piece in edits:
        at = where % (len(text) + 1)
        if edit == "cut":
            text = text[:at] + text[at + 1 :]
        elif edit == "put":
            text = text[:at] + piece + text[at:]
        elif edit == "swap":
            text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        else:
            text = f"{text} {SAID[where % len(SAID)]}"
    return text


@QUICK
@given(st.sampled_from(SAID), EDITS)
@example("记住这个动作叫冲刺:快速前进一秒", [("swap", 3, "")])  # a fact to keep
def test_any_mutilated_command_is_answered_with_code_that_runs_or_none(text, edits):
    check(ReflexBrain(), mutilated(text, edits))


@QUICK
@given(st.text(min_size=200, max_size=10_000))
def test_any_long_text_is_answered_in_no_time(text):
    took = []
    for _ in range(2):  # what is slow only once was the collector of garbage, or the first use of a table
        began = time.process_time()
        check(ReflexBrain(), text)
        took.append(time.process_time() - began)
    assert min(took) < 0.1


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "roll " * 2_000, "转" * 10_000, "((((" * 2_500, "1 " * 5_000, "ü" * 10_000]
)
def test_endless_garbage_is_refused(text):
    assert ReflexBrain().think(text).status == "refused"


@pytest.mark.parametrize("language", languages())
def test_every_picture_colour_mood_and_shape_in_the_lexicon_exists(language):
    lexicon = load_lexicon(language)
    assert {*lexicon.meanings("icon")} <= {*load_icons()}
    assert {*lexicon.meanings("color")} <= {*COLOR_NAMES}
    assert {*lexicon.meanings("mood")} == {*MOODS}
    assert {*lexicon.meanings("dance")} == {*DANCES}
    assert all(map(is_shape, [*lexicon.meanings("shape"), *lexicon.meanings("figure")]))
    assert {mood.icon for mood in (*MOODS.values(), *DANCES.values())} <= {*load_icons()}


@pytest.mark.parametrize("language", languages())
def test_every_language_says_the_same_things(language):
    says = {key for key in load_lexicon(language).says if not key.startswith(("times.", "a."))}
    assert says == {key for key in load_lexicon("en").says if not key.startswith(("times.", "a."))}


NOT_COMMANDS = """
I went to the store yesterday and turned left at the corner.
She rolled the dough for two minutes.
The ball is round.
My brother can spin really fast.
What time is it?
Who won the world cup?
Is it going to rain tomorrow?
The cat sat on the mat.
Left-handed people are rare.
It was a square deal.
How do you bake a star-shaped cake?
I think the right answer is forward.
Python is a programming language.
We drove for three hours to get home.
You are my best friend.
Do you like music?
Why is the sky blue?
He walked back and forth all day.
The stop sign was red.
They danced all night long.
Where can I buy apples?
Tell me about the history of Rome.
Bonjour, comment ça va?
Ich gehe heute nach Hause.
El coche rojo va muy rápido.
lorem ipsum dolor sit amet
我昨天去了学校
他转身离开了
妈妈喜欢红色的花
今天我们去公园玩
为什么天是蓝的
"""


@pytest.mark.parametrize("said", NOT_COMMANDS.strip().splitlines())
def test_what_is_no_command_moves_nothing(said):
    thought = ReflexBrain().think(said)
    moves = perform(thought.code) if thought.code else []
    assert not [line for line in moves if line.startswith(("drive", "go", "spin", "turn", "curve"))]
