"""What is done on each side of a shape or at each round, rows of letters and numbers, sums, and small words."""

import pytest
from reflex_stage import assert_means, rows

from bolt_agent.brains.reflex import ReflexBrain

SAME = """
do a square but stop at every corner              | drive 30 cm, turn right, wait one second, four times
drive a hexagon and blink white at every corner   | 6 times: drive 20 cm, turn right 60 degrees, blink white once
three, two, one, go                               | count down from three then go
count us in, three, two, one, then dance          | count down from three then dance
show what's four times four                       | show 16
show the answer to six times seven                | show 42
twelve times twelve, put the answer on your face  | show 144
show the even numbers up to ten                   | write 2 4 6 8 10
show the odd numbers up to nine                   | write 1 3 5 7 9
show the three times table                        | write 3 6 9 12 15 18 21 24 27 30
show the numbers one to four                      | count from one to four
letter a, then b, then c                          | show the letter a, then show the letter b, then show the letter c
show two, then four                               | show two then show four
top speed, one second                             | one second at top speed
a quick burst forward                             | forward fast
diagonal, forward and right                       | diagonally forward and right
hold heading 330 for one hundred centimetres      | roll at heading 330 for one hundred centimetres
hold heading three thirty for two seconds         | roll at heading 330 for two seconds
veer off to the left                              | turn left
travel fifty centimetres at a steady pace         | travel fifty centimetres
turn two right angles                             | turn right 180 degrees
count down, twenty to zero                        | count down from twenty to zero
left half red and right half green                | half red and half green
red on the left half and green on the right half  | half red and half green
can you drive a shape with four equal sides       | drive a square
five sides this time                              | drive a pentagon
go up and down the hallway                        | go up and down
wave to the kids                                  | wiggle
roll with changing colours                        | roll while showing a rainbow
go left two seconds, then right two seconds, so you end in the middle | go left two seconds, then right two seconds
"""

AFTERWARDS = """
turn red and roll forward        | quit blinking           | stop blinking
roll forward for two seconds     | now a bigger one        | bigger
roll forward for two seconds     | smaller, much smaller   | smaller
roll forward for two seconds     | quicker, quicker        | quicker
roll forward for two seconds     | forget that last bit    | undo that
drive a square                   | do it in slow motion    | do it slowly
"""


@pytest.mark.parametrize(("said", "plain"), rows(SAME))
def test_it_means_the_same(said: str, plain: str) -> None:
    thought, other = ReflexBrain().think(said), ReflexBrain().think(plain)

    assert thought.code is not None, thought.reply
    assert thought.code == other.code


@pytest.mark.parametrize(("first", "said", "plain"), rows(AFTERWARDS))
def test_it_means_the_same_afterwards(first: str, said: str, plain: str) -> None:
    assert_means(said, plain, after=first)


@pytest.mark.parametrize(
    "said",
    [
        "roll in a square and be a different colour on every side",
        "make each side of the square a different colour",
        "drive a square and change colour at every corner",
        "drive a square, each side a different colour",
    ],
)
def test_each_side_has_a_color_of_its_own(said: str) -> None:
    code = ReflexBrain().think(said).code or ""

    assert [code.count(f'fill("{color}")') for color in ("red", "yellow", "green", "blue")] == [1, 1, 1, 1]
    assert code.count("go(distance=30") == 4


def test_it_blinks_faster() -> None:
    assert "sleep(0.27)" in (ReflexBrain().think("blink faster").code or "")


def test_each_round_is_quicker_than_the_one_before() -> None:
    intents = ReflexBrain().think("do the triangle three times, each time faster").intents
    speeds = [intent.speed or 70 for intent in intents]

    assert speeds == sorted(set(speeds))
    assert len(speeds) == 3


@pytest.mark.parametrize(
    "talk",
    ["six times seven is 42", "what is six times seven", "he turned at every corner", "the even numbers up to ten"],
)
def test_talk_about_numbers_and_corners_does_nothing(talk: str) -> None:
    assert ReflexBrain().think(talk).code is None
