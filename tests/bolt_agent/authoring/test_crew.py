"""A crew composes a one-minute show: who is asked what, what is measured, and how often work goes back."""

from dataclasses import replace

import pytest

import prompts
from bolt_agent.assembly import Options
from bolt_agent.authoring.crew import (
    MOST_ROUNDS,
    Crew,
    compose_offline,
    crew_roster,
    faults,
    sheet,
)
from bolt_agent.authoring.rehearsal import rehearse_program
from bolt_agent.brains.brain import Code, Say
from bolt_agent.brains.errors import Unreachable
from bolt_agent.ghost.minds.bus import MemoryBus
from bolt_agent.ghost.minds.errors import GhostError
from bolt_agent.ghost.minds.tasks import Tasks
from bolt_agent.ghost.minds.work import Resources
from bolt_agent.robot import icon_names
from bolt_agent.robot.colors import COLOR_NAMES
from bolt_agent.robot.stage import BodyState
from drivers.clock import FastClock

DANCE = "def run(moss):\n    moss.body.new_move(run=True).roll(0, 60, 1).roll(180, 60, 1).wait({})\n"
SHORT, LONG = DANCE.format(1), DANCE.format(55)
BROKEN = "def run(moss):\n    moss.body.fly()\n"
SCENES = "1. 60 s, calm: it rocks like a boat; a fish."


def with_face(code):
    return code.replace("\n", "\n    moss.face.show('fish')\n", 1)


class Script:
    """A brain with prepared answers."""

    name, tries = "scripted", 1

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    async def reply(self, text, situation):
        self.asked.append(text)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        yield Code(answer) if answer.startswith("def run") else Say(answer)


def compose(dances, critic=(), director=SCENES):
    """A show of a crew whose choreographer has these programs; what each was asked, and the notes."""
    brains = {
        "director": Script(director),
        "choreographer": Script(*dances),
        "animator": Script(*map(with_face, dances)),
        "critic": Script(*critic),
    }
    notes, clock = [], FastClock()

    async def main():
        tasks = Tasks(MemoryBus(), Resources(clock, lambda ghost, _: brains[ghost.name], None))
        crew = Crew(tasks, crew_roster(), clock, rehearsed, note=notes.append)
        try:
            return await crew.compose("a show about the sea")
        finally:
            assert all(task.state.ended for task in tasks)

    return clock.run(main()), {name: brain.asked for name, brain in brains.items()}, notes


def rehearsed(code):
    return rehearse_program(Options(), code, BodyState())


def test_work_goes_back_until_the_critic_is_content():
    show, asked, notes = compose([SHORT, LONG, LONG], ["More fish.", "OK"])
    assert show.code == with_face(LONG)
    assert show.scenes == SCENES
    assert asked["director"] == ["a show about the sea"]
    first, second, third = asked["choreographer"]
    assert SCENES in first
    assert "s instead of about 60." in second
    assert "More fish." in third
    assert len(asked["critic"]) == 2  # what can be measured needs no critic
    assert "its face: fish" in asked["critic"][0]
    assert "a show about the sea" in asked["critic"][0]
    assert SHORT in asked["animator"][0]
    assert notes[-1] == "Round 3: the critic is content"


def test_three_rounds_are_the_most_and_the_last_that_works_is_shown():
    show, asked, _ = compose([LONG, LONG, BROKEN], ["Too blue.", "Too red."])
    assert len(asked["choreographer"]) == MOST_ROUNDS
    assert show.rehearsal.error is None
    assert show.faults == ["Too blue.", "Too red."]


def test_a_show_whose_programs_all_fail_is_none():
    with pytest.raises(GhostError, match=r"after 3 rounds the program of the show still fails.*no attribute 'fly'"):
        compose([BROKEN] * 3)


def test_one_of_the_crew_without_an_answer_is_named():
    with pytest.raises(GhostError, match="the director has no answer: no answer from there"):
        compose([], director=Unreachable("no answer from there"))


@pytest.mark.parametrize(
    ("sentence", "icon"),
    [("a show about the sea", "fish"), ("Rockets!", "rocket"), ("für Mia", "star"), ("cats and dogs", "cat")],
)
def test_without_a_model_the_theme_is_that_of_the_sentence(sentence, icon):
    assert f'ICONS = ["{icon}"' in compose_offline(sentence)


def test_every_theme_has_icons_and_colours_that_exist():
    for line in prompts.read("crew/themes.txt").splitlines()[1:]:
        _, icons, colors = line.split(":")
        assert set(icons.split()) <= set(icon_names())
        assert set(colors.split()) <= set(COLOR_NAMES)
        assert len(icons.split()) == len(colors.split()) == 6


def test_the_show_of_ready_scenes_has_no_faults():
    rehearsal = rehearsed(compose_offline("a show about the sea"))
    assert list(faults(rehearsal)) == []
    faces = {line.rpartition(": ")[2] for line in sheet(rehearsal)}
    assert {"fish in blue", "cloud in sky", "moon in white", "smile in gold"} <= faces


def test_what_is_measured_is_said():
    rehearsal = rehearsed(with_face(LONG))
    report = rehearsal.report
    far = replace(rehearsal, report={**report, "path": [*report["path"], [50.0, 300.0, 0.0, 0.0, 0.0]]})
    assert list(faults(far)) == [
        "It rolls 300 cm away from where it begins; 150 are the most.",
        "It ends 300 cm away from where it begins, and shall come back.",
    ]
    assert list(faults(rehearsed(LONG))) == ["Its face stays dark."]
