"""Conversation: what was before, named moves, questions, limits, and what is not understood."""

import pytest
from reflex_stage import perform

from bolt_agent.brains.brain import Code, Exchange, Refuse, Say, Situation
from bolt_agent.brains.reflex import ReflexBrain, explain, is_stop
from bolt_agent.robot import BodyState


def talk(*said: str) -> str:
    """What the last thing said comes to."""
    brain = ReflexBrain()
    for text in said:
        thought = brain.think(text)
    return " / ".join(perform(thought.code)) if thought.code else thought.reply


@pytest.mark.parametrize(
    ("first", "then", "done"),
    [
        ("roll forward for one second", "do it again", "drive 0 speed 90 for 1"),
        ("spin twice", "again", "spin 720 in 2"),
        ("go forward 10 cm", "again two more times", "go 0 10 cm / go 0 10 cm"),
        ("roll forward for one second", "now the other way", "drive 0 speed -90 for 1"),
        ("go right for 1 second", "twice as fast", "drive 90 speed 180 for 1"),
        ("go right for 1 second", "slower", "drive 90 speed 60 for 1"),
        ("go forward 30 cm", "twice as far", "go 0 60 cm"),
        ("drive a square", "bigger", "go 0 45 cm / go 90 45 cm / go 180 45 cm / go 270 45 cm"),
        ("show a heart", "make it blue", "show heart blue"),
        ("roll right for one second", "no, left", "drive 270 speed 90 for 1"),
        ("roll right for one second", "undo", "drive 270 speed 90 for 1"),
        ("roll right for one second", "come back", "drive 90 speed -90 for 1"),
        ("turn left", "go forward for 1 second", "drive 270 speed 90 for 1"),
        ("go left for one second", "go forward for one second", "drive 0 speed 90 for 1"),
    ],
)
def test_it_knows_what_was_before(first, then, done):
    assert talk(first, then) == done


def test_a_named_move_is_learned_without_moving_and_done_later():
    brain = ReflexBrain()
    learned = brain.think("call this move wiggle: turn left 30 degrees, turn right 60 degrees, turn left 30 degrees")
    assert (learned.code, learned.status) == (None, "ok")
    done = perform(brain.think("do the wiggle three times").code)
    assert done == ["turn 330", "turn 30", "turn 0"] * 3


def test_the_last_command_can_be_named_listed_and_forgotten():
    brain = ReflexBrain()
    brain.think("spin twice")
    brain.think("call that wheelie")
    assert "wheelie" in brain.think("what moves do you know?").reply
    assert perform(brain.think("do wheelie").code) == ["spin 720 in 2"]
    brain.think("forget wheelie")
    assert brain.think("do wheelie").status == "refused"


def test_a_standing_reaction_is_armed_in_the_moves_that_follow():
    assert talk("if you hit something, turn around", "roll forward for 2 seconds") == (
        "on collision: spin 180 in 0.5 / drive 0 speed 90 for 2"
    )


def test_after_another_brain_has_moved_the_ball_forward_is_where_it_faces():
    brain = ReflexBrain()
    other = Exchange(say="something clever", reply="Done.", code="def run(moss): ...", status="ok")
    thought = brain.think("go forward for 1 second", Situation(state=BodyState(heading=120), history=[other]))
    assert perform(thought.code) == ["drive 120 speed 90 for 1"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("how much battery do you have left?", "87 %"),
        ("where are you now?", "57 cm to the right"),
        ("which way are you facing?", "90"),
        ("what can you do?", "roll"),
        ("who are you?", "BOLT"),
        ("hello", "Hello"),
        ("thank you!", "welcome"),
        ("how are you?", "fine"),
        ("what did you do?", "not done anything"),
        ("你在哪里", "右边57厘米"),
        ("还有多少电", "87 %"),
    ],
)
def test_it_answers_questions_about_itself(said, answer):
    situation = Situation(state=BodyState(x=57.2, y=-3.4, heading=90, battery=87))
    thought = ReflexBrain().think(said, situation)
    assert answer in thought.reply
    assert (thought.code, thought.status) == (None, "ok")


@pytest.mark.parametrize(
    "said",
    [
        "what is the capital of France?",
        "asdf qwer zxcv",
        "I like turtles",
        "my cat rolled over",
        "can you swim",
        "roll forward and jump",
        "fly to the moon",
        "how do I make pasta",
        "roll for minus three seconds",
        "roll for zero seconds",
        "go 500 meters",
        "wait for 3 hours",
        "spin while rolling forward",
        "do it again",
        "display the letter in blue",
        "写你好",
        "",
    ],
)
def test_what_it_does_not_do_is_refused_with_a_reason(said):
    thought = ReflexBrain().think(said)
    assert (thought.code, thought.status) == (None, "refused")
    assert thought.reply


def test_a_part_that_is_not_understood_is_named():
    assert '"jump"' in ReflexBrain().think("roll forward and jump").reply


@pytest.mark.parametrize(
    "said", ["don't move", "do not turn left", "never mind", "stop", "freeze", "don't go anywhere"]
)
def test_what_asks_for_nothing_moves_nothing(said):
    thought = ReflexBrain().think(said)
    assert (thought.code, thought.status) == (None, "ok")


@pytest.mark.parametrize(
    ("said", "done", "note"),
    [
        ("go forward 20 meters", "go 0 1000 cm", "10 meters"),
        ("roll at speed 900 for 1 second", "drive 0 speed 255 for 1", "255"),
        ("roll forward for 100 seconds", "drive 0 speed 90 for 19.6", "shorter"),
    ],
)
def test_too_much_is_cut_down_and_said(said, done, note):
    thought = ReflexBrain().think(said)
    assert perform(thought.code) == [done]
    assert note in thought.reply


@pytest.mark.parametrize(
    "said",
    [
        "stop",
        "Stop!",
        "STOP NOW",
        "freeze",
        "please stop moving",
        "forget it stop everything",
        "never mind, stop the music",
        "stop what you are doing",
        "stop or you will fall",
        "stop before you hit my foot",
        "stop you are going too fast",
        "stop the cat is in the way",
        "watch out, stop!",
        "i said stop",
        "can you make it stop please",
        "that is enough, thanks",
        "停",
        "停下",
        "别动了",
        "快停下!",
    ],
)
def test_the_emergency_word_is_recognised(said):
    assert is_stop(said)


@pytest.mark.parametrize(
    "said",
    [
        "stop after two seconds",
        "don't stop",
        "go until you hit something then stop",
        "roll",
        "stopwatch",
        "stop in two seconds",
        "stop at the wall",
        "stop if you hit a wall",
        "stop blinking",
        "stop and smile",
        "stop, come back",
        "don't ever stop",
        "no, don't stop",
        "show a stop sign",
        "where is the bus stop",
        "",
        "你好",
        "停两秒",
    ],
)
def test_the_emergency_word_does_not_fire_by_accident(said):
    assert not is_stop(said)


@pytest.mark.parametrize("said", ["my poor foot is there stop", "stop turning left you fool"])
def test_a_stop_among_words_that_are_not_understood_stops(said):
    thought = ReflexBrain().think(said)
    assert (thought.code, thought.status, thought.reply) == (None, "ok", "Stopped.")


@pytest.mark.parametrize("said", ["stop if you see my aunt", "where is the bus stop"])
def test_a_stop_that_is_not_asked_for_now_is_no_stop(said):
    assert ReflexBrain().think(said).status == "refused"


async def parts(text: str) -> list[object]:
    return [part async for part in ReflexBrain().reply(text, Situation())]


def test_a_reply_says_what_it_does_and_then_does_it():
    import asyncio

    assert asyncio.run(parts("turn right")) == [
        Say("Turning right 90 degrees."),
        Code("def run(moss):\n    moss.body.new_move(run=True).turn_to(90)\n"),
    ]
    (refused,) = asyncio.run(parts("asdf"))
    assert isinstance(refused, Refuse)


def test_the_code_reads_as_a_programmer_would_write_it():
    thought = ReflexBrain().think("go forward until you hit something, then turn around and roll away for one second")
    assert thought.code == (
        "def run(moss):\n"
        "    def bumped(move):\n"
        "        move.spin(angle=180, duration=0.5)\n"
        "        move.roll(heading=180, speed=90, duration=1)\n"
        "\n"
        "    move = moss.body.new_move(run=True)\n"
        "    move.on_collision(bumped)\n"
        "    move.roll(heading=0, speed=90, duration=8)\n"
    )


def test_a_round_that_turns_on_keeps_its_heading_in_a_variable():
    thought = ReflexBrain().think("go forward 30 cm and turn right, four times")
    assert thought.code == (
        "def run(moss):\n"
        "    move = moss.body.new_move(run=True)\n"
        "    heading = 0\n"
        "    for _ in range(4):\n"
        "        move.go(distance=30, heading=heading)\n"
        "        heading += 90\n"
        "        move.turn_to(heading)\n"
    )


def test_each_step_from_words_to_code_can_be_seen():
    thought = ReflexBrain().think("turn left")
    assert [token.kind for token in thought.tokens] == ["turn", "direction"]
    assert [type(intent).__name__ for intent in thought.intents] == ["Turn"]


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("turn left, no wait, right", "turn 90"),
        ("don't turn left, turn right", "turn 90"),
        ("roll forward for 1 second, slowly", "drive 0 speed 50 for 1"),
        ("go forward for two seconds at 100", "drive 0 speed 100 for 2"),
        ("rollforwardfortwoseconds", "drive 0 speed 90 for 2"),
    ],
)
def test_what_is_taken_back_added_or_run_together_is_understood(said, done):
    assert talk(said) == done


def test_coming_back_from_a_curve_measures_where_it_is():
    assert "moss.body.position" in (ReflexBrain().think("roll in a zigzag then come back").code or "")


@pytest.mark.parametrize("said", ["go back to the start", "come back", "go home", "回到起点"])
def test_where_it_is_already_it_does_not_go(said):
    thought = ReflexBrain().think(said)
    assert (thought.code, thought.status) == (None, "ok")
    assert thought.reply in ("I am already there.", "我已经在那里了。")


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("roll forward and jump", 'Try "do a happy dance" instead.'),
        ("fly to the moon", 'Try "roll forward" instead.'),
        ("bumble", None),
        ("dancer", '"dance"'),
    ],
)
def test_only_what_is_really_near_is_offered(said, hint):
    reply = ReflexBrain().think(said).reply
    assert hint in reply if hint else "Did you mean" not in reply


def test_a_short_dash_at_full_speed_has_a_run_up_that_the_program_names():
    thought = ReflexBrain().think("roll at full speed for one second")
    assert thought.code == (
        "def run(moss):\n"
        "    run_up = 1.8  # seconds to gather full speed\n"
        "    moss.body.new_move(run=True).roll(heading=0, speed=255, duration=run_up + 1)\n"
    )
    assert "run-up" in thought.reply
    assert "run-up" not in ReflexBrain().think("roll at full speed for four seconds").reply


def test_one_body_cannot_spin_and_roll_at_once():
    assert "one body" in ReflexBrain().think("spin while rolling forward").reply


def test_an_explanation_shows_words_intents_and_code():
    shown = explain(ReflexBrain().think("show a red heart"))
    assert shown.splitlines() == [
        "words    show [show]  red [color red]  heart [figure heart]",
        "intents  Show(icon='heart', color='red')",
        "code     def run(moss):",
        '             moss.face.show("heart", "red")',
    ]
