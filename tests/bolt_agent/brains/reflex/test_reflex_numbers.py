"""Numbers in words mean what they mean in digits, wherever they stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain

WORDS = """
zero one two three four five six seven eight nine
ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
zero ten twenty thirty forty fifty sixty seventy eighty ninety
"""
*ONES_LINES, TENS_LINE = WORDS.strip().splitlines()
ONES, TENS = " ".join(ONES_LINES).split(), TENS_LINE.split()

SENTENCES = """
roll forward for {seconds} seconds
roll backward at speed {speed} for {seconds} seconds
can you roll at a speed of {speed} for about {seconds} seconds
at speed {speed}, {seconds} seconds to the left
roll at heading {degrees} for {seconds} seconds
drive heading {degrees} for {seconds} seconds
drive at heading {degrees} with speed {speed} for {seconds} seconds
roll right at {speed} for {seconds} seconds
go left in {seconds} seconds
in {seconds} seconds, roll forward
wait {seconds} seconds
spin for {seconds} seconds
spin {times} times
spin {times} times in {seconds} seconds
turn right {degrees} degrees
turn to {degrees} degrees
set your heading to {degrees} degrees
turn left {degrees} degrees and go {cm} centimeters
go forward {cm} centimeters at speed {speed}
go back {seconds} meters
drive a square with sides of {cm} centimeters
show a heart for {seconds} seconds
blink {times} times
show the number {times}
turn right {degrees} degrees, roll for {seconds} seconds, {times} times
"""


def words(number: float, *, joined: str = " ") -> str:
    """A number as it is said; joined: what stands after the hundreds."""
    whole, point, decimals = f"{number:g}".partition(".")
    value = int(whole)
    if value < 20:
        said = ONES[value]
    elif value < 100:
        said = TENS[value // 10] + (f" {ONES[value % 10]}" if value % 10 else "")
    elif value < 1000:
        rest = value % 100
        said = f"{ONES[value // 100]} hundred" + (joined + words(rest) if rest else "")
    else:
        rest = value % 1000
        said = f"{words(value // 1000)} thousand" + (" " + words(rest, joined=joined) if rest else "")
    return f"{said} point {' '.join(ONES[int(digit)] for digit in decimals)}" if point else said


AMOUNTS = st.fixed_dictionaries(
    {
        "seconds": st.integers(1, 99).map(lambda tenths: tenths / 10) | st.integers(1, 30) | st.just(2.25),
        "speed": st.integers(20, 255),
        "degrees": st.integers(1, 359),
        "cm": st.integers(5, 250),
        "times": st.integers(1, 20),
    }
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SENTENCES.strip().splitlines()), AMOUNTS, st.sampled_from([" ", " and "]))
def test_words_and_digits_are_the_same_command(sentence, amounts, joined):
    in_digits = sentence.format(**{name: f"{amount:g}" for name, amount in amounts.items()})
    in_words = sentence.format(**{name: words(amount, joined=joined) for name, amount in amounts.items()})
    digits, said = ReflexBrain().think(in_digits), ReflexBrain().think(in_words)
    assert (said.code, said.reply) == (digits.code, digits.reply), in_words
    assert "understand" not in digits.reply, in_digits


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("roll at speed sixty two seconds", "drive 0 speed 60 for 2"),
        ("roll at that speed for twenty two seconds", "drive 0 speed 90 for 19.6"),
        ("go forward for point five seconds", "drive 0 speed 90 for 0.5"),
        ("wait three point seventy five seconds", "pause 3.75"),
        ("wait one dot five seconds", "pause 1.5"),
        ("roll for one and three quarters of a second", "drive 0 speed 90 for 1.75"),
        ("roll for half of a second", "drive 0 speed 90 for 0.5"),
        ("roll at speed eighty for half a second", "drive 0 speed 80 for 0.5"),
        ("wait one thousand five hundred milliseconds", "pause 1.5"),
        ("roll for twenty uh five seconds at thirty", "drive 0 speed 30 for 25"),
        ("point ninety degrees to the right", "turn 90"),
        ("以速度六十滚四秒", "drive 0 speed 60 for 4"),
        ("朝九十度方向走两秒", "drive 90 speed 90 for 2"),
    ],
)
def test_where_a_number_ends(said, done):
    thought = ReflexBrain().think(said)
    assert (" / ".join(perform(thought.code)) if thought.code else None) == done
