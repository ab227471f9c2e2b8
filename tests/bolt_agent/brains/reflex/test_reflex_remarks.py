"""Parts of a sentence that ask for nothing are left out; what is asked for beside them is done."""

import pytest
from reflex_stage import assert_means, rows

from bolt_agent.brains.reflex import ReflexBrain

REMARKS = """
go slower, you'll crash                                        | go slower
dim your lights, the baby's asleep                             | dim your lights
show a heart, it's raining cats and dogs                       | show a heart
show two, then four, i'm learning my two times table           | show two, then four
show a pink heart for mother's day                             | show a pink heart
shine pink for amy, then blue for jack                         | shine pink, then blue
spin once for amelia and twice for zac                         | spin once and twice
let me test you, turn ninety degrees                           | turn ninety degrees
let's test the brakes, go fast for two seconds                 | go fast for two seconds
grandad says roll slowly                                       | roll slowly
magic wand says go pink                                        | go pink
reverse, you're stuck                                          | reverse
come back, supper's ready                                      | come back
it's hide and seek, count down from twenty for us              | count down from twenty
the song's getting quick, spin                                 | spin
moon, it's night time                                          | show a moon
careful, slow down                                             | slow down
tidying is done, so roll back to where you started             | roll back to where you started
then the dragon woke up, so flash red and orange               | flash red and orange
once upon a time a little star got lost, so twinkle            | twinkle
and the princess said yes, so show a pink heart                | show a pink heart
today we do sums, so show eight                                | show eight
glow blue while i fall asleep, then spin                       | glow blue, then spin
flash rainbow while we sing happy birthday                     | flash rainbow
put your front light on while i read my book                   | put your front light on
"""


@pytest.mark.parametrize(("said", "plain"), rows(REMARKS))
def test_a_remark_changes_nothing(said: str, plain: str) -> None:
    assert_means(said, plain, after="turn red and roll forward")


@pytest.mark.parametrize(
    "talk",
    [
        "i'm learning my two times table, it's hard",
        "the baby's asleep, we must be quiet",
        "grandad says he is tired",
        "it's raining cats and dogs",
        "you'll crash, he said",
        "once upon a time a little star got lost",
        "he turned red, so we laughed",
        "we sing while they dance",
        "my sister's in the garden, she's fine",
        "that's for amy",
    ],
)
def test_remarks_alone_move_nothing(talk: str) -> None:
    assert ReflexBrain().think(talk).code is None


def test_what_it_reacts_to_is_no_remark() -> None:
    assert "if I bump" in ReflexBrain().think("if you bump into something, turn left and roll").reply
