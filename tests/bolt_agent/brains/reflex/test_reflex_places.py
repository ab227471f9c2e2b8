"""Places that it cannot see: it rolls as it is told, and says that it cannot see where to."""

import pytest
from reflex_stage import rows

from bolt_agent.brains.reflex import ReflexBrain

PLACES = """
roll to the fridge                                        | the fridge          | roll forward
dash to the door                                          | the door            | dash forward
drive gently past the cat                                 | the cat             | roll forward slowly
zoom under the table                                      | the table           | dash forward
drive to grandma's chair                                  | grandma's chair     | roll forward
roll to your basket                                       | my basket           | roll forward
roll towards my bed                                       | your bed            | roll forward
can you roll towards the sofa for three seconds           | the sofa            | roll forward for three seconds
race me to the back door, top speed                       | the back door       | race forward, top speed
please drive very carefully between the chairs for half a metre | the chairs    | roll forward carefully half a metre
run to the table leg and back again                       | the table leg       | roll forward and come back
race to the end of the rug, then spin                     | the end of the rug  | dash forward, then spin
spin twice, then drive backwards past the sofa            | the sofa            | spin twice, then drive backwards
it's gone dark in here, so put your front light on and drive to the sofa | the sofa | front light on and drive forward
go round the chair in a circle                            | the chair           | roll a circle
drive round the table twice                               | the table           | roll a circle twice
roll a figure eight round the two cups                    | the two cups        | roll a figure eight
zigzag between the cones                                  | the cones           | zigzag
up the ramp, quickly                                      | the ramp            | roll forward quickly
through the puddle, fast                                  | the puddle          | roll forward fast
roll off the rug                                          | the rug             | roll forward
go to mommy                                               | mommy               | roll forward
go to the kitchen                                         | the kitchen         | roll forward
chase that pigeon                                         | that pigeon         | dash forward
chase molly for five seconds                              | molly               | dash forward for five seconds
run away from leo                                         | leo                 | roll away
"""


@pytest.mark.parametrize(("said", "place", "plain"), rows(PLACES))
def test_it_rolls_as_it_is_told_and_says_what_it_cannot_see(said: str, place: str, plain: str) -> None:
    thought = ReflexBrain().think(said)

    assert thought.code == ReflexBrain().think(plain).code
    assert f"I cannot see {place}" in thought.reply


@pytest.mark.parametrize(
    "talk",
    [
        "he went to the fridge",
        "we go to the store",
        "the run to the fridge",
        "going to the fridge",
        "if you go to the shops bring milk",
        "go to school",
        "i left it under the table",
        "under the table",
        "put the cups on the shelf",
    ],
)
def test_talk_about_places_moves_nothing(talk: str) -> None:
    assert ReflexBrain().think(talk).code is None


@pytest.mark.parametrize("said", ["drive down the stairs", "roll off the table", "go to the edge of the bed"])
def test_where_it_could_fall_it_does_not_go_unseen(said: str) -> None:
    assert ReflexBrain().think(said).code is None


def test_the_room_that_it_is_in_needs_no_eyes() -> None:
    assert "see" not in ReflexBrain().think("zigzag across the kitchen floor").reply
