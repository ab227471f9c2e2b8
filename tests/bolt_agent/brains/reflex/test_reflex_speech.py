"""Commands as people speak them: names without a colon, repeats at the end, comparisons, words that mean stop."""

# ruff: noqa: E501  # what is said and what is done stand side by side

import pytest
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain, is_stop

ROUND = " / ".join(f"go {-90 * n} 20 cm / turn {-90 * n - 90}" for n in range(4))

REPEATS = f"""
go forward twenty centimeters turn left and repeat that four times   | {ROUND}
go forward twenty centimeters, turn left, and do that four times     | {ROUND}
go forward twenty centimeters turn left do it four times             | {ROUND}
go forward twenty centimeters turn left repeat four times            | {ROUND}
go forward twenty centimeters then turn left and do the whole thing four times | {ROUND}
spin, wait one second and do it all twice    | spin 360 in 1 / rest 1 / spin 360 in 1 / rest 1
spin and repeat that                         | spin 360 in 1 / spin 360 in 1
spin and do that again twice                 | spin 360 in 1 / spin 360 in 1 / spin 360 in 1
spin and do that two more times              | spin 360 in 1 / spin 360 in 1 / spin 360 in 1
spin then roll left for half a second twice  | spin 360 in 1 / drive 270 speed 90 for 0.5 / drive 270 speed 90 for 0.5
向前走一秒,左转,这样做两次                     | drive 0 speed 90 for 1 / turn -90 / drive -90 speed 90 for 1 / turn -180
"""

EVENTS = """
if you touch something, blink, roll forward for three seconds    | on collision: show smile / drive 0 speed 90 for 3
when you bump into a wall, turn right and go for a second, drive ahead | on collision: turn 90; drive 90 speed 90 for 1 / drive 0 speed 90 for 8
whenever you hit something, show a sad face, go left for two seconds   | on collision: show sad / drive 270 speed 90 for 2
如果撞到墙,显示红色,向前走四秒                    | on collision: fill red / drive 0 speed 90 for 4
"""

TURNS = """
set your heading to one hundred and twenty degrees | turn 120
change the direction to east         | turn 90
adjust your course to the left       | turn 270
set heading to two seventy then roll for a second | turn 270 / drive 270 speed 90 for 1
把方向设为九十度                       | turn 90
turn a quarter turn to the right     | turn 90
do a quarter turn left               | turn 270
turn a half turn                     | spin 180 in 0.5
take a sharp left                    | turn 270
make a hard right turn               | turn 90
make a slight left turn              | turn 315
spin to the left for one second then to the right for two seconds | spin -360 in 1 / spin 720 in 2
spin right, then forward             | spin 360 in 1 / drive 0 speed 90 for 1.5
twirl like a tornado                 | spin 360 in 1
go back one meter                    | go 0 -100 cm
roll back one hundred centimeters    | go 0 -100 cm
back up one and a half meters        | go 0 -150 cm
roll like a bowling ball for two seconds | drive 0 speed 90 for 2
"""

FACES = """
glow green                           | fill green
make your lights glow blue           | front blue / back blue
shine purple for two seconds         | fill purple / sleep 2 / clear
roll forward glowing a nice warm red | fill red / drive 0 speed 90 for 1.5
set your front to white and your back to green | front white / back green
make the front one red and the back one blue | front red / back blue
turn off the back one                | back black
turn your front light red, then blue | front red / sleep 1 / front blue
write good day in big pink letters   | write good day pink
write hello in large letters then spin | write hello white / spin 360 in 1
show a cat and then a dog            | show cat / sleep 1 / show dog
show a heart, then clear your face   | show heart / sleep 1 / clear
show a heart, then a star and repeat that twice | show heart / sleep 1 / show star / sleep 1 / show heart / sleep 1 / show star / sleep 1
显示太阳,然后显示月亮                  | show sun / sleep 1 / show moon
play a heart animation               | show heart
show a count down from two and then spin | letter 2 white / sleep 1 / letter 1 white / sleep 1 / spin 360 in 1
spin and end with a smile            | spin 360 in 1 / until rest / show smile
"""

SHAPES = """
do a star quickly                    | go 18 45 cm speed 160 / go 162 45 cm speed 160 / go 306 45 cm speed 160 / go 90 45 cm speed 160 / go 234 45 cm speed 160
show a star as fast as you can       | show star
roll forward and then come all the way back | drive 0 speed 90 for 1.5 / drive 0 speed -90 for 1.5
drive back and forth between two places | drive 0 speed 90 for 1.5 / drive 0 speed -90 for 1.5
"""


def table(text):
    return [tuple(part.strip() for part in line.split("|", 1)) for line in text.splitlines() if line]


@pytest.mark.parametrize(("said", "done"), table(REPEATS + EVENTS + TURNS + FACES + SHAPES))
def test_a_spoken_command_composes_what_was_meant(said, done):
    thought = ReflexBrain().think(said)
    assert thought.status == "ok", thought.reply
    assert " / ".join(perform(thought.code)) == done


@pytest.mark.parametrize(
    ("taught", "name", "done"),
    [
        ("call it jolt turn right then left", "jolt", "turn 90 / turn 0"),
        ("call this move zippy go left, go right", "zippy", "drive 270 speed 90 for 1.5 / drive 90 speed 90 for 1.5"),
        ("let me teach you something call it whirly spin twice", "whirly", "spin 720 in 2"),
        ("let me teach you a trick, it's called whirly: spin twice", "whirly", "spin 720 in 2"),
        ("i will teach you a new move called comet dash forward", "comet", "drive 0 speed 160 for 1.5"),
        ("call it double spin, spin twice", "double spin", "spin 720 in 2"),
        ("call it victory dance spin twice", "victory dance", "spin 720 in 2"),
        ("call it the stomp do a spin", "stomp", "spin 360 in 1"),
        ("call it rocky roll 3 seconds", "rocky", "drive 0 speed 90 for 3"),
        ("call it boomy turn around", "boomy", "spin 180 in 0.5"),
        ("call it snaky zigzag forward", "snaky", None),
        ("name this jitter shake then spin", "jitter", None),
    ],
)  # fmt: skip
def test_a_name_ends_where_the_command_begins(taught, name, done):
    brain = ReflexBrain()
    learned = brain.think(taught)
    assert (learned.code, learned.status) == (None, "ok")
    assert f"the move {name}." in learned.reply
    code = brain.think(f"do the {name}").code
    assert code is not None
    if done:
        assert " / ".join(perform(code)) == done


@pytest.mark.parametrize("said", ["call that super spin", "call that super spin please", "call it the super spin"])
def test_a_verb_with_nothing_after_it_belongs_to_the_name(said):
    brain = ReflexBrain()
    brain.think("spin twice")
    assert "the move super spin." in brain.think(said).reply
    assert perform(brain.think("super spin").code) == ["spin 720 in 2"]


def test_what_was_just_said_can_be_done_and_named_at_once():
    brain = ReflexBrain()
    assert perform(brain.think("spin twice and call it dizzy").code) == ["spin 720 in 2"]
    assert perform(brain.think("dizzy").code) == ["spin 720 in 2"]


@pytest.mark.parametrize(
    "said",
    [
        "if you hit a wall, turn around, and go forward for two seconds",
        "if you hit a wall, back off for one second, slowly",
        "if you hit a wall, drive forward",
        "if you bump into something, back up, then drive a square",
        "when you hit something, turn left, turn right",
        "if you hit a wall, stop, roll back for one second",
    ],
)
def test_a_reaction_alone_waits_for_what_is_asked_later(said):
    thought = ReflexBrain().think(said)
    assert (thought.code, thought.status) == (None, "ok")
    assert "from now on" in thought.reply


@pytest.mark.parametrize(
    "said", ["stand still please", "hold still", "that's enough now", "okay, that is enough", "that’ll do", "够了"]
)
def test_a_phrase_can_mean_stop(said):
    assert is_stop(said)


@pytest.mark.parametrize("said", ["stand still for two seconds", "do you have enough battery", "that's a star"])
def test_a_phrase_for_stopping_within_more_does_not_stop(said):
    assert not is_stop(said)


@pytest.mark.parametrize(
    ("said", "turned", "seconds"),
    [
        ("draw a circle that takes eight seconds", 360, 8),
        ("drive a circle, taking five seconds", 360, 5),
        ("roll in circles for ten seconds", 720, 10),
        ("走一个圆,用六秒", 360, 6),
    ],
)
def test_a_circle_takes_as_long_as_is_said(said, turned, seconds):
    (curve,) = perform(ReflexBrain().think(said).code)
    _, angle, _, duration = curve.split()
    assert float(angle) == pytest.approx(turned, abs=15)
    assert float(duration) == pytest.approx(seconds, rel=0.08)


@pytest.mark.parametrize(
    "said", ["do the tango", "show me a happy dance", "do something fun", "do a silly dance for him", "来点有趣的"]
)
def test_a_dance_by_any_name_moves_and_shows(said):
    done = perform(ReflexBrain().think(said).code)
    assert done[0].startswith("show ")
    assert any(line.startswith(("drive", "spin")) for line in done)


@pytest.mark.parametrize("said", ["it takes two seconds", "that takes too long", "this lasts, lasting two seconds"])
def test_a_statement_about_time_moves_nothing(said):
    assert ReflexBrain().think(said).code is None


@pytest.mark.parametrize("said", ["how far have you traveled so far", "tell me how far you have gone"])
def test_how_far_it_went_is_answered(said):
    assert "from where I started" in ReflexBrain().think(said).reply
