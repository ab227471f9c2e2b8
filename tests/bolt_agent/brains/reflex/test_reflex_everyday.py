"""Commands as people say them every day: what comes when, what a thing is called, and what goes without saying."""

# ruff: noqa: E501  # what is said and what is done stand side by side

import pytest
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain

ORDERS = """
roll forward four seconds but turn your face blue after one second | drive 0 speed 90 for 4 / sleep 1 / fill blue
go forward then show a ghost after two seconds      | drive 0 speed 90 for 1.5 / rest 2 / until rest / show ghost
spin and after two seconds roll                     | spin 360 in 1 / rest 2 / drive 0 speed 90 for 1.5
roll forward and after two seconds turn left        | drive 0 speed 90 for 2 / turn 270
spin and after turning left show a heart            | spin 360 in 1 / turn 270 / until rest / show heart
spin twice and after you show a heart               | spin 720 in 2 / until rest / show heart
when you are done spinning show a star              | show star
spin and when you are finished spinning show a star | spin 360 in 1 / until rest / show star
go in front for two seconds                         | drive 0 speed 90 for 2
"""

LIGHTS = """
turn your back light red, wait one second and then turn it off | back red / pause 1 / clear / front black / back black
turn it off                                         | clear / front black / back black
stop the light                                      | clear / front black / back black
"""

SAME = """
roll to the wall and stop there              | roll until you hit something
race to a wall at top speed                  | race at top speed until you hit something
show a ghost for grandma                     | show a ghost
show my sister a rocket                      | show a rocket
could you dance for my son please            | dance
smile at the camera                          | smile
creep like a baby                            | creep
it is late, turn off your lights             | turn off your lights
sneak to the left, the baby is asleep        | sneak to the left
drive a square while your back light is red  | drive a square with your back light red
the back light should be red                 | make the back light red
i want your face to be pink                  | make your face pink
can i have a skull                           | show a skull
main light red                               | make your face red
become green                                 | make your face green
flash between red and blue                   | flash red and blue
drive a big square and then a small one      | drive a big square and then a small square
make a square with long sides                | make a big square
turn around, then roll the other way         | turn around and roll forward
go as slow as a turtle                       | go like a snail
drive an s curve                             | drive a zigzag
play a silly dance with red lights           | do a silly dance with your lights red
write my name mia on your face               | write mia
write my name, mia                           | write mia
scroll hello across your face in red         | scroll hello in red
make a t                                     | show the letter t
can you show o                               | show the letter o
put a green z on your face                   | show a green letter z
show the letters d e f one after another     | show the letters d e f
do some tricks                               | dance
do the wave                                  | wiggle
show me the wiggle move                      | wiggle
spin and when it is over show a note         | spin and then show a note
waddle for two seconds and blink             | waddle for two seconds then blink
roll only one meter                          | roll one meter
hey buddy, swerve left                       | turn left
hurray, you won                              | hooray, you won
"""

REFUSED = """
draw the letter k with your path             | path
go to mommy                                  | mommy
i want to go home                            | i want to
dim your front light a lot                    | only one brightness
"""

CHANGES = """
go right for 1 second | too slow, go faster           | drive 90 speed 135 for 1
go forward 10 cm      | three times as far            | go 0 30 cm
go forward 10 cm      | do the same thing three times | go 0 10 cm / go 0 10 cm / go 0 10 cm
"""


def table(text):
    return [tuple(part.strip() for part in line.split("|")) for line in text.splitlines() if line]


@pytest.mark.parametrize(("said", "done"), table(ORDERS + LIGHTS))
def test_an_everyday_command_does_what_was_meant(said, done):
    thought = ReflexBrain().think(said)
    assert thought.status == "ok", thought.reply
    assert " / ".join(perform(thought.code)) == done


@pytest.mark.parametrize(
    ("taught", "name", "done"),
    [
        ("define a move called wag that turns left thirty degrees and then right thirty degrees", "wag", "turn 330 / turn 0"),
        ("learn a trick called hop which rolls forward one second and spins", "hop", "drive 0 speed 90 for 1 / spin 360 in 1"),
    ],
)  # fmt: skip
def test_a_name_ends_where_it_is_told_what_the_move_does(taught, name, done):
    brain = ReflexBrain()
    assert f"the move {name}." in brain.think(taught).reply
    assert " / ".join(perform(brain.think(f"do the {name}").code)) == done


@pytest.mark.parametrize(("said", "plainly"), table(SAME))
def test_what_is_said_every_day_means_what_is_said_plainly(said, plainly):
    thought, plain = ReflexBrain().think(said), ReflexBrain().think(plainly)
    assert thought.status == "ok", thought.reply
    assert thought.code == plain.code


@pytest.mark.parametrize(("said", "reason"), table(REFUSED))
def test_what_it_cannot_do_is_refused_with_the_reason(said, reason):
    thought = ReflexBrain().think(said)
    assert (thought.code, thought.status) == (None, "refused")
    assert reason in thought.reply


@pytest.mark.parametrize(("first", "then", "done"), table(CHANGES))
def test_the_last_command_is_changed_as_people_say_it(first, then, done):
    brain = ReflexBrain()
    brain.think(first)
    assert " / ".join(perform(brain.think(then).code)) == done


def test_what_is_worn_while_it_dances_is_not_taken_off_by_the_dance():
    done = perform(ReflexBrain().think("dance while wearing a crown").code)
    assert done.index("show crown") > done.index("show smile")


def test_coming_back_slowly_is_slow():
    assert "speed=50" in (ReflexBrain().think("roll forward for two seconds then come back slowly").code or "")
