"""What asks nothing of the robot moves nothing."""

import pytest
from reflex_small_talk import small_talk
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain

MOVES = ("drive", "go", "spin", "turn", "curve")


@pytest.mark.parametrize("seed", [0, 1])
def test_of_a_thousand_sentences_that_are_no_commands_fewer_than_five_move_it(seed):
    moving = []
    for text in small_talk(1000, seed):
        thought = ReflexBrain().think(text)
        if thought.code and any(line.startswith(MOVES) for line in perform(thought.code)):
            moving.append((text, thought.reply))
    assert len(moving) < 5, moving
