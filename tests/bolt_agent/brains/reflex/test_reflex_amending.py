"""What is taken back: another amount, another direction, another color is meant."""

import pytest
from reflex_stage import assert_means, rows

from bolt_agent.brains.reflex import ReflexBrain

WITHIN = """
go forward one metre, no, make that two                          | go forward two metres
turn ninety degrees, make that sixty                             | turn sixty degrees
turn right ninety degrees, make that sixty, and then drive back  | turn right sixty degrees, then drive back
two metres, no, one and a half                                   | one and a half metres
spin three times, no, four                                       | spin four times
roll for two seconds, i mean three                               | roll for three seconds
roll for two seconds, no, one metre                              | roll one metre
turn right, no, not that much, just thirty degrees               | turn right thirty degrees
red, no hold on, dark green                                      | dark green
be blue, no, not that blue, a darker blue                        | a darker blue
show a star, no wait, a heart                                    | show a heart
"""

AFTERWARDS = """
roll forward for two seconds | make that three             | roll forward for three seconds
roll forward for two seconds | no, make that three         | roll forward for three seconds
go forward one metre         | make it two                 | go forward two metres
go forward fifty centimeters | make it six, not five       | go forward six centimeters
roll forward for two seconds | no, three                   | roll forward for three seconds
spin twice                   | make that four              | spin four times
drive a square               | make it three               | drive a square three times
flash red five times         | make it six, not five       | flash red six times
roll forward for two seconds | i mean left                 | roll left for two seconds
turn right ninety degrees    | make that sixty             | turn left thirty degrees
show a five                  | make it six                 | show a six
"""


@pytest.mark.parametrize(("said", "plain"), rows(WITHIN))
def test_what_is_meant_is_done(said: str, plain: str) -> None:
    code = ReflexBrain().think(said).code

    assert code is not None
    assert code == ReflexBrain().think(plain).code


@pytest.mark.parametrize(("first", "said", "plain"), rows(AFTERWARDS))
def test_the_last_command_is_amended(first: str, said: str, plain: str) -> None:
    assert_means(said, plain, after=first)


@pytest.mark.parametrize(
    "talk", ["make that two", "no, sixty", "i mean it", "make it six, he said", "i mean two of them"]
)
def test_with_nothing_before_nothing_is_amended(talk: str) -> None:
    assert ReflexBrain().think(talk).code is None
