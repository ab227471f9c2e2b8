"""Speech and what children type has no punctuation: a sentence without its marks means what it means with them."""

# ruff: noqa: E501  # one sentence a line

import re

import pytest

from bolt_agent.brains.reflex import ReflexBrain

SENTENCES = """
forward 30 cm, back 30 cm, forward 30 cm
left 30 degrees, forward one second
forward for a second; left for a second; back for a second; right for a second
drive one yard north, two yards east, one yard south, and two yards west
go leftward two feet, rightward two feet, and then stop rolling
forward, nineteen centimeters, left, fourteen degrees, forward, sixteen centimeters
heading zero, speed one hundred, two seconds, heading ninety, speed one hundred, two seconds
red one second, green one second
turn your face magenta for one second, peach for one second, then grey
front blue, back red
forward, forward, forward
spin twice, forward two seconds
roll, wait three seconds, then roll back
roll, spin
show a heart, wait two seconds, clear it
set the led matrix to cyan, wait two secs, then set it to teal
make your face blue, wait one second, make it green
show a puppy, a kitty, a bird, and a fish
draw a red heart, a blue star
make an enormous circle, a gigantic square, and a mini triangle
trace three small squares, pause three seconds, and then trace three tiny circles
make a little loop to the right, go forward, and repeat that twice
take three steps forward, make a half turn, and take three steps forward
turn on the headlight, roll two seconds, turn off the headlight
clear off your face, blank the screen, and shut off the lights please
look left, look right, and turn around
look north, wait a moment, look south, wait a moment, look east
roll ahead a tad, stop, roll ahead a wee bit, stop, and smile
go forward, stop, then go back
stop, come back
act excited, spin three times, blink your lights
be mad, flash red twice, and angrily shake your head
pretend you are scared, shiver, roll backwards quickly, and turn around
imagine you are in love, show a pink heart, and twirl around twice
feel sad, roll slowly backwards
be disappointed for a second, then be glad and dance
you won, celebrate
hooray, we won, so cheer, spin around three times, and flash gold
sleep, little robot
walk forward for five seconds, little robot
goodnight robot, go to sleep now
never mind, just go back home
forget it, just show a heart
wow, nice
wonderful, thank you
no, turn to the left instead
not left, turn to the right
this is forward, now roll one meter
in yellow, write hello
say the word banana, please
say tick, wait one second, say tock, wait one second, and repeat that five times
say i am lost in blue, look left, look right, and turn around
before you roll, spin
after you roll, blink
while rolling, blink your front light
when you are rolling, show green
during the circle, show a happy face, and afterwards show a wink
wear a smile while you come home, and when you get there laugh
roll forward, turn right, and repeat four times
three times, roll forward and back
do this three times: go forward 20 cm, go back 20 cm
repeat five times: turn left, roll forward
repeat the following three times: show a wink, wait one second, show a grin
do the following twice, roll and turn
do five rounds of this: turn left, turn right, blink green
if you bump into something, turn around: go forward
if you hit a wall, show a red face: go forward for 4 seconds
if you collide with something, say ouch: race forward for three seconds
when you get to a wall, stop, turn around, and come home
create a move called hop: roll, stop, roll
call this trick magic: turn off the lights, spin twice, and show a golden star
call this sequence traffic light: green two seconds, yellow one second, red three seconds
call it the corner: forward forty centimeters, turn right ninety degrees, forward forty centimeters
""".strip().splitlines()


def columns(rows):
    return [tuple(cell.strip() for cell in row.split("|")) for row in rows.strip().splitlines()]


def meaning(said):
    """The code; or the reply, where there is nothing to do."""
    thought = ReflexBrain().think(said)
    return thought.status, thought.code or thought.reply


@pytest.mark.parametrize("said", SENTENCES)
def test_a_sentence_without_its_marks_means_the_same(said):
    unmarked = " ".join(re.sub(r"[,;:.!?](?!\d)", " ", said).lower().split())
    assert meaning(said)[0] == "ok"
    assert meaning(unmarked) == meaning(said)


SAME = """
navy blue                            | turn your face navy
make your face lime green            | make your face lime
blink mint green                     | blink mint
roll forward without turning         | roll forward
spin without stopping                | spin
go to the right side                 | go to the right
i want a star                        | show a star
do two spins                         | spin twice
write hello three times              | write hello, three times
type the word yes                    | write yes
write an f                           | write f
write bolt in capital letters        | write bolt
write HELLO turn left                | write HELLO, turn left
say help and make your lights red    | say help, make your lights red
roll ahead, two meters, speed one hundred | roll ahead two meters at speed one hundred
turn, ninety degrees, left           | turn left 90 degrees
turn one third of a turn left        | turn left 120 degrees
drive a third of a meter             | drive 33.33 cm
take three big steps forward         | forward 96 cm
circle with radius fifty             | circle with a radius of fifty centimeters
march left and right                 | march
weave left and right                 | weave
march north                          | roll north
turn the lights on                   | turn on the lights
front light on, back light off       | turn on the front light, turn off the back light
set both lights to amber, flash them twice, then turn them off | set both lights to amber, flash both lights amber twice, then turn off the lights
show a ghost and roll forward at the same time for four seconds | show a ghost while rolling forward for four seconds
if i drop you cry                    | if you fall cry
when you are blocked turn around     | if you hit something turn around
after hitting the wall turn around   | if you hit something turn around
stop at the wall                     | stop if you hit something
hello robot                          | hello
thanks bolt                          | thanks
good dog                             | good robot
forget the move called wiggle        | forget wiggle
change your color to red             | turn your face red
let your lights blink                | blink your lights
set speed to sixty                   | roll at speed sixty
"""


@pytest.mark.parametrize(("said", "plainly"), columns(SAME))
def test_what_is_said_freely_means_what_is_said_plainly(said, plainly):
    assert meaning(said)[0] == "ok"
    assert meaning(said) == meaning(plainly)


AGAIN = """
blink red              | blink again            | blink red
roll a small circle    | circle again           | roll a small circle
spin twice             | repeat                 | spin twice
spin twice             | another one            | spin twice
spin twice             | continue               | spin twice
spin twice             | don't stop             | spin twice
show a heart           | same again in green    | show a green heart
go forward             | go forward two more seconds | go forward two seconds
spin                   | do two more spins      | spin twice
"""


@pytest.mark.parametrize(("first", "then", "means"), columns(AGAIN))
def test_again_is_right_after_the_thing(first, then, means):
    brain = ReflexBrain()
    brain.think(first)
    assert brain.think(then).code == meaning(means)[1]


@pytest.mark.parametrize("said", ["great, do it again", "nice do it again", "that was fun, do it again"])
def test_again_with_nothing_before_says_so(said):
    assert "nothing to repeat" in meaning(said)[1]


@pytest.mark.parametrize(
    "said", ["wait until i say go", "spin until i say stop", "don't be sad", "hi there", "hey there"]
)
def test_talk_moves_nothing(said):
    thought = ReflexBrain().think(said)
    assert (thought.status, thought.code) == ("ok", None)


@pytest.mark.parametrize("word", ["moonlight", "sunroof", "housecoat", "starfish"])
def test_a_word_is_not_taken_apart(word):
    assert f'"{word}"' in ReflexBrain().think(f"show a {word}").reply


@pytest.mark.parametrize(("said", "shown"), [("show the battery icon in green", 'show("battery", "green")'), ("show a p", '"p"'),
                                             ("show the battery sign", 'show("battery")'), ("glow", '"white"'),
                                             ("stop blinking", "clear_matrix"), ("stop smiling", "clear_matrix"),
                                             ("light up your face", 'fill("white")')])  # fmt: skip
def test_the_face_shows_what_was_asked(said, shown):
    assert shown in meaning(said)[1]
