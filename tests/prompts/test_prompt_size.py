"""What a model is told of the robot is short, and still says all it needs."""

import inspect
from pathlib import Path

import prompts
from bolt_agent import Animation, Ball, LedMatrix, Move, RollFunc
from bolt_agent.assembly.minds import known_minds
from bolt_agent.ghost.minds.roster import Roster
from bolt_agent.ghost.prompt import moss_for_reading, system_prompt
from bolt_agent.ghost.skills.files import SkillLibrary
from bolt_agent.robot import icon_names

SKILLS, GHOSTS = (Path(prompts.__file__).parent / name for name in ("skills", "ghosts"))

LEFT_OUT = {
    "Animation.seconds",
    "Ball.on_charging",
    "Ball.on_not_charging",
    "Ball.read_move",
    "Ball.set_matrix_rotation",
    "Move.as_python",
    "Move.include",
    "Move.joined",
    "Move.mirrored",
    "Move.motions",
    "Move.repeated",
    "Move.reversed",
    "Move.scaled",
    "RollFunc.run_frame",
    "RollFunc.sample",
}
"""There is another way to do it, or a model's code hardly needs it; what is told must stay short."""


def prompt():
    with moss_for_reading("prompts.bolt", prompts.read("bolt.py")) as runtime:
        return runtime.prompter().dump_module_prompt()


def told_in_all():
    with moss_for_reading("prompts.bolt", prompts.read("bolt.py")) as runtime:
        return system_prompt(runtime) + known_minds(SkillLibrary([SKILLS]), Roster([GHOSTS]))


def test_all_that_a_model_is_told_has_less_than_three_thousand_tokens():
    assert len(told_in_all()) / 4 < 3000


def test_it_is_the_same_from_turn_to_turn():
    assert told_in_all() == told_in_all()


def test_it_names_everything_the_robot_can_do():
    text = prompt()
    public = {
        f"{cls.__name__}.{name}"
        for cls in (Animation, Ball, LedMatrix, Move, RollFunc)
        for name in vars(cls)
        if not name.startswith(("_", "model_"))
    }
    assert {name for name in public - LEFT_OUT if f"def {name.partition('.')[2]}(" not in text} == set()


def test_it_names_every_icon_and_every_value_of_an_animation():
    text = prompt()
    said = inspect.getdoc(LedMatrix.show).replace("\n", " ")
    assert [name for name in icon_names() if name not in said] == []
    assert [name for name in Animation.model_fields if f"{name}:" not in text] == []


def test_all_that_a_model_is_told_holds_the_file_once():
    with moss_for_reading("prompts.bolt", prompts.read("bolt.py")) as runtime:
        told = system_prompt(runtime)
    assert told.startswith("# Who you are")
    assert told.count("class Ball:") == 1
    assert "{moss}" not in told
