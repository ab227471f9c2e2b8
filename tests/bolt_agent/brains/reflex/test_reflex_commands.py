"""What is said in English, and what the robot would do: judged by the motions that the code composes."""

# ruff: noqa: E501  # what is said and what is done stand side by side

import pytest
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain

MOVES = """
roll forward for two seconds                        | drive 0 speed 90 for 2
go backwards for 1 second                           | drive 0 speed -90 for 1
roll to the right for 3 seconds at speed 60         | drive 90 speed 60 for 3
roll at heading 45 with speed 100 for 1.5 seconds   | drive 45 speed 100 for 1.5
drive left                                          | drive 270 speed 90 for 1.5
move forward slowly for four seconds                | drive 0 speed 50 for 4
zoom forward as fast as you can for one second      | drive 0 speed 255 for 2.8
in two seconds, roll forward                        | pause 2 / drive 0 speed 90 for 1.5
go forward a little                                 | drive 0 speed 90 for 0.75
Could you please roll north for half a second?      | drive 0 speed 90 for 0.5
roll south east for one second                      | drive 135 speed 90 for 1
roll backward slowly for three seconds              | drive 0 speed -50 for 3
go forward at 50 percent speed for 2 seconds        | drive 0 speed 128 for 2
roll diagonally forward and to the right for 2 seconds | drive 45 speed 90 for 2
move diagonally left                                | drive 315 speed 90 for 1.5
go toward 3 o'clock for two seconds                 | drive 90 speed 90 for 2
drive at a 30 degree angle for 2 seconds            | drive 30 speed 90 for 2
roll forward for one and a half seconds             | drive 0 speed 90 for 1.5
roll forward for a couple of seconds                | drive 0 speed 90 for 2
sneak forward for 3 seconds                         | drive 0 speed 50 for 3
for three seconds, roll forward                     | drive 0 speed 90 for 3
slowly roll to the left for two seconds             | drive 270 speed 50 for 2
waddle forward for 2 seconds                        | drive 0 speed 90 for 2 waddling
go forward 50 centimeters                           | go 0 50 cm
move one meter to the left                          | go 270 100 cm
back up 30 cm                                       | go 0 -30 cm
roll forward two feet                               | go 0 60.96 cm
move forward 1.5 meters                             | go 0 150 cm
go forward 20 inches                                | go 0 50.8 cm
take three steps forward                            | go 0 60 cm
drive forward a quarter of a meter                  | go 0 25 cm
roll right 80 cm fast                               | go 90 80 cm speed 160
go forward at 30 cm per second for 2 seconds        | drive 0 speed 60 for 2
"""

TURNS = """
turn right                                          | turn 90
turn around                                         | spin 180 in 0.5
rotate 45 degrees to the left                       | turn 315
turn to the right by 30 degrees                     | turn 30
turn to heading 270                                 | turn 270
turn to 90 degrees                                  | turn 90
face east                                           | turn 90
turn to face south                                  | turn 180
look left                                           | turn 270
take a left                                         | turn 270
make a quarter turn to the left                     | turn 270
spin around three times                             | spin 1080 in 3
do a full spin in two seconds                       | spin 360 in 2
do a 360                                            | spin 360 in 1
do two full turns to the left                       | spin -720 in 2
spin counterclockwise three times                   | spin -1080 in 3
spin for three seconds                              | spin 1080 in 3
turn right twice                                    | turn 90 / turn 180
turn 180 degrees and go forward for one second      | spin 180 in 0.5 / drive 180 speed 90 for 1
"""

SHAPES = """
drive in a square                   | go 0 30 cm / go 90 30 cm / go 180 30 cm / go 270 30 cm
drive a square with 40 cm sides     | go 0 40 cm / go 90 40 cm / go 180 40 cm / go 270 40 cm
go in a small square                | go 0 15 cm / go 90 15 cm / go 180 15 cm / go 270 15 cm
make a triangle with your body      | go 0 40 cm / go 120 40 cm / go 240 40 cm
make a rectangle 60 by 30 cm        | go 0 60 cm / go 90 30 cm / go 180 60 cm / go 270 30 cm
roll a star shape                   | go 18 45 cm / go 162 45 cm / go 306 45 cm / go 90 45 cm / go 234 45 cm
zigzag forward                      | go 45 25 cm / go 315 25 cm / go 45 25 cm / go 315 25 cm / go 45 25 cm / go 315 25 cm
"""

SEQUENCES = """
go forward for 1 second then turn right and go forward for 1 second | drive 0 speed 90 for 1 / turn 90 / drive 90 speed 90 for 1
roll forward for two seconds, wait one second, then come back | drive 0 speed 90 for 2 / rest 1 / drive 0 speed -90 for 2
go left for one second, then go right for two seconds | drive 270 speed 90 for 1 / drive 90 speed 90 for 2
first spin twice, then roll forward for a second, and finally say hello on your face | spin 720 in 2 / drive 0 speed 90 for 1 / until rest / write hello white
wait 2 seconds and then go          | pause 2 / drive 0 speed 90 for 1.5
after two seconds roll forward      | pause 2 / drive 0 speed 90 for 1.5
before you spin, show a star        | show star / spin 360 in 1
roll forward after showing a heart  | show heart / drive 0 speed 90 for 1.5
turn left, then right, then spin    | turn 270 / turn 0 / spin 360 in 1
roll forward and back twice         | drive 0 speed 90 for 1.5 / drive 0 speed -90 for 1.5 / drive 0 speed 90 for 1.5 / drive 0 speed -90 for 1.5
go forward 20 cm and turn right, twice | go 0 20 cm / turn 90 / go 90 20 cm / turn 180
do this twice: spin and wait one second | spin 360 in 1 / rest 1 / spin 360 in 1 / rest 1
when you get there show a star: go forward 50 cm | go 0 50 cm / until rest / show star
go forward turn right               | drive 0 speed 90 for 1.5 / turn 90
go forward for 1 second, turn right, go forward for 1 second, then come back | drive 0 speed 90 for 1 / turn 90 / drive 90 speed 90 for 1 / drive 90 speed -90 for 1 / drive 0 speed -90 for 1
"""

FACES = """
show a green heart                  | show heart green
smile                               | show smile
look sad                            | show sad
make a happy face                   | show smile
write HELLO in yellow               | write HELLO yellow
write "Rock and roll, baby" in red  | write Rock and roll, baby red
display the letter A in blue        | letter A blue
show the number 7                   | letter 7 white
make your whole face green          | fill green
turn red                            | fill red
clear your screen                   | clear
turn your front light red           | front red
set the back led to blue and the front led to white | back blue / front white
turn off the lights                 | clear / front black / back black
show a heart for three seconds      | show heart / sleep 3 / clear
show red, then green, then blue     | fill red / sleep 1 / fill green / sleep 1 / fill blue
show a heart, wait two seconds, then clear your face | show heart / pause 2 / clear
count down from 2                   | letter 2 white / sleep 1 / letter 1 white / sleep 1
blink your front light red once     | front red / sleep 0.4 / front black / sleep 0.4
"""

BOTH = """
show a heart while you spin twice   | show heart / spin 720 in 2
roll forward for two seconds with a green face | fill green / drive 0 speed 90 for 2
roll forward for two seconds while your face is blue | fill blue / drive 0 speed 90 for 2
spin and at the same time show a star | show star / spin 360 in 1
spin with red lights                | front red / back red / spin 360 in 1
while rolling forward, blink your front light once | drive 0 speed 90 for 1.5 / front white / sleep 0.4 / front black / sleep 0.4
"""

EVENTS = """
go forward until you hit something, then turn around and roll away for one second | on collision: spin 180 in 0.5; drive 180 speed 90 for 1 / drive 0 speed 90 for 8
if you bump into something, show a red face: roll forward for 3 seconds | on collision: fill red / drive 0 speed 90 for 3
go forward and turn around if you hit something | on collision: spin 180 in 0.5 / drive 0 speed 90 for 8
roll forward until you bump into a wall then come back | on collision:  / drive 0 speed 90 for 8 / until rest / go 0 0 cm
"""

NOISY = """
rol forwrd for too seconds                          | drive 0 speed 90 for 2
uh roll um forward for like two seconds please      | drive 0 speed 90 for 2
roll four word for to seconds                       | drive 0 speed 90 for 2
rollforward for 2 secs                              | drive 0 speed 90 for 2
hey robot, can you please go a head for 2 seconds thanks | drive 0 speed 90 for 2
could you maybe like turn write please              | turn 90
spinn arround 2 times                               | spin 720 in 2
Roll   FORWARD!!! for 2s.                           | drive 0 speed 90 for 2
shwo a hart                                         | show heart
"""


def table(text: str) -> list[tuple[str, str]]:
    """(what is said, what is composed) of every line."""
    return [(said.strip(), done.strip()) for said, _, done in _rows(text)]


def _rows(text: str) -> list[tuple[str, str, str]]:
    return [line.partition("|") for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(("said", "done"), table(MOVES + TURNS + SHAPES + SEQUENCES + FACES + BOTH + EVENTS + NOISY))
def test_a_command_composes_what_was_asked(said, done):
    thought = ReflexBrain().think(said)
    assert thought.status == "ok", thought.reply
    assert " / ".join(perform(thought.code)) == done


@pytest.mark.parametrize(
    ("said", "degrees"),
    [
        ("roll in a circle", 355),
        ("drive in a circle to the left", -355),
        ("do two circles", 710),
        ("do a figure eight", 0),
    ],
)
def test_round_shapes_turn_all_the_way(said, degrees):
    (curve,) = perform(ReflexBrain().think(said).code)
    kind, turned, *_ = curve.split()
    assert kind == "curve"
    assert float(turned) == pytest.approx(degrees, abs=15)


@pytest.mark.parametrize("mood", ["happy", "sad", "scared", "angry", "excited", "surprised", "silly"])
def test_a_mood_is_movement_face_and_light_together(mood):
    done = perform(ReflexBrain().think(f"do a {mood} dance").code)
    assert done[0].startswith("show ")
    assert any(line.startswith("front ") for line in done)
    assert any(line.startswith(("drive", "spin")) for line in done)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        (["dance"], "drive 90 speed 90 for 0.7"),
        (["do a fast dance"], "drive 90 speed 160 for 0.39"),
        (["dance slowly"], "drive 90 speed 50 for 1.26"),
        (["dance at half speed"], "drive 90 speed 45 for 1.4"),
        (["do a happy dance at full speed"], "drive 90 speed 180 for 0.35"),
        (["write hello", "dance and then show a heart", "faster"], "drive 90 speed 135 for 0.47"),
        (["dance", "slower", "slower"], "drive 90 speed 40 for 1.57"),
    ],
)
def test_a_dance_is_as_fast_as_it_is_asked_to_be(said, first):
    brain = ReflexBrain()
    code = [brain.think(sentence).code for sentence in said][-1]
    assert next(line for line in perform(code) if line.startswith("drive")) == first


@pytest.mark.parametrize(
    ("said", "times"), [("blink three times", 3), ("flash your lights 5 times", 5), ("blink a heart twice", 2)]
)
def test_blinking_goes_off_and_on_as_often_as_asked(said, times):
    done = perform(ReflexBrain().think(said).code)
    assert sum(line.startswith(("show", "fill", "front white")) for line in done) == times
