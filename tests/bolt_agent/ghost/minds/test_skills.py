"""Skills: functions in plain words, called by name."""

import os

import pytest
from minds_stage import Stage, program

from bolt_agent.assembly.minds import known_minds
from bolt_agent.authoring.predicting import name_picture
from bolt_agent.brains.brain import Brain, Code, Say
from bolt_agent.brains.errors import Unreachable
from bolt_agent.brains.reflex import ReflexBrain
from bolt_agent.ghost.minds.errors import BadSkill
from bolt_agent.ghost.minds.roster import Roster
from bolt_agent.ghost.skills.files import SkillLibrary, folders_of_skills, read_skill

WAVE = """# Wave
When: somebody leaves.

## Parameters
- name: str: who leaves
- times: int = 2: how often
- speed: float = 1: turns a second
- loud: bool = False

## Steps
1. Say goodbye to {name}.
2. Spin {times} turns,
   quickly.

## Examples
- `moss.skills.wave("Mia")`
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The user's skills."""
    monkeypatch.setenv("BOLT_AGENT_DATA", str(tmp_path))
    (tmp_path / "skills").mkdir()
    return tmp_path / "skills"


def call(line, *answers, brain=None):
    """Run a program of one line on a robot with these answers of its brain, or with the reflex brain."""
    stage = Stage(*answers)
    if not answers:
        stage.container.set(Brain, brain or ReflexBrain())

    async def act(assembly):
        async for _ in assembly.conversation.run(f"def run(moss): {line}"):
            pass
        stage.report = assembly.report()

    stage.play(act)
    return stage


def test_a_file_is_a_function(folder):
    (folder / "wave.md").write_text(WAVE, encoding="utf-8")
    skill = SkillLibrary([folder])["wave"]
    assert skill.signature == "wave(name: str, times: int = 2, speed: float = 1.0, loud: bool = False)"
    assert (skill.title, skill.when) == ("Wave", "somebody leaves.")
    assert skill.examples == ('moss.skills.wave("Mia")',)
    assert skill.filled(skill.bind(["Mia"], {"times": 3})) == ("Say goodbye to Mia.", "Spin 3 turns, quickly.")


def test_ours_are_all_understood_without_a_model():
    for skill in SkillLibrary(folders_of_skills()):
        args = ", ".join(f"{parameter.name}='Mia'" for parameter in skill.parameters if parameter.is_required)
        stage = call(f"moss.skills.{skill.name}({args})")
        assert (skill.name, stage.turns[0].error) == (skill.name, None)


def test_a_skill_does_its_steps_without_a_model():
    stage = call("moss.skills.greet(name='Mia', nods=1)")
    report = stage.report
    assert [text for _, text, _ in report["texts"]] == ["Hi Mia"]
    assert name_picture([color for row in report["matrix"] for color in row]) == "heart"
    assert max(y for _, _, y, *_ in report["path"]) == pytest.approx(10, abs=3)
    assert report["pose"]["y"] == pytest.approx(0, abs=3)


def test_steps_go_the_way_the_robot_faces():
    stage = call("(moss.body.new_move(run=True).turn_to(90), moss.body.wait(), moss.skills.greet('Mia', nods=1))")
    assert max(x for _, x, *_ in stage.report["path"]) == pytest.approx(10, abs=3)


def test_a_model_writes_a_skill_once_until_its_file_changes(folder):
    wave = folder / "wave.md"
    wave.write_text(WAVE, encoding="utf-8")
    code = Code("def run(moss, name, times=2, speed=1.0, loud=False):\n    print(name, times)\n")
    for line, answers, printed in [
        ("moss.skills.wave('Mia')", [[Say("Here:"), code]], "Mia 2\n"),
        ("moss.skills.wave('Tom', times=3)", [[]], "Tom 3\n"),
    ]:
        stage = call(line, *answers)
        assert stage.messages("result")[0].text == printed
    assert stage.brain.asked == []  # the second call needed no model
    (written,) = (folder / "written").glob("wave-*.py")
    assert written.read_text(encoding="utf-8") == code.text
    wave.write_text(WAVE.replace("quickly", "slowly"), encoding="utf-8")
    stage = call("moss.skills.wave('Mia')", [Code(code.text.replace("times)", "'slowly')"))])
    assert stage.messages("result")[0].text == "Mia slowly\n"
    assert "Spin {times} turns,\n   slowly" in stage.brain.asked[0][0]
    assert len(list((folder / "written").glob("wave-*.py"))) == 1


def test_code_that_does_not_fit_is_written_again(folder):
    (folder / "wave.md").write_text(WAVE, encoding="utf-8")
    right = Code("def run(moss, name, times, speed, loud): print(name)\n")
    stage = call("moss.skills.wave('Mia')", [program("pass")], [Code("def run(moss")], [right])
    assert stage.messages("result")[0].text == "Mia\n"
    first, second = stage.brain.asked[2][1].attempts
    assert "it must define `def run(moss, name: str, times: int = 2" in first.error
    assert "SyntaxError" in second.error


def test_code_that_fails_is_forgotten(folder):
    (folder / "wave.md").write_text(WAVE, encoding="utf-8")
    wrong = Code("def run(moss, name, times, speed, loud): moss.body.fly()\n")
    stage = call("moss.skills.wave('Mia')", [wrong])
    assert "no attribute 'fly'" in stage.turns[0].error
    assert list((folder / "written").glob("*.py")) == []


def test_without_an_answer_of_the_model_the_reflex_brain_tries(folder):
    (folder / "hop.md").write_text("# Hop\n## Steps\n- Spin a full turn\n", encoding="utf-8")
    stage = call("moss.skills.hop()", [Unreachable("no answer from there")])
    assert stage.turns[0].error is None
    assert stage.report["spun"] == pytest.approx(360, abs=15)


def test_steps_that_nobody_understands_are_named(folder):
    (folder / "cook.md").write_text("# Cook\n## Steps\n1. Show a sun.\n2. Peel {count} potatoes.\n", encoding="utf-8")
    error = call("moss.skills.cook()").turns[0].error
    assert "without a model, step 2 of cook is not understood, 'Peel {count} potatoes.'" in error


def test_skills_may_call_skills(folder):
    (folder / "wave.md").write_text(WAVE, encoding="utf-8")
    code = Code(
        "def run(moss, name, times, speed, loud):\n    moss.skills.wave(name + '!') if len(name) < 5 else print(name)\n"
    )
    assert call("moss.skills.wave('Mia')", [code]).messages("result")[0].text == "Mia!!\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("moss.skills.geret('Mia')", "no skill 'geret': did you mean greet?"),
        ("moss.skills.greet()", "the skill greet needs name: it is called as greet(name: str, nods: int = 2)"),
        ("moss.skills.greet('Mia', 1, 2)", "called as greet(name: str, nods: int = 2)"),
        ("moss.skills.greet('Mia', name='Tom')", "called as greet("),
        ("moss.skills.greet('Mia', hops=1)", "called as greet("),
        ("moss.skills.greet('Mia', nods='twice')", "nods must be of type int, not 'twice'"),
    ],
)
def test_a_wrong_call_says_how_it_is_right(line, said):
    assert said in call(line).turns[0].error


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hop", "# Hop\n", "a skill has a title"),
        ("hop", "## Steps\n- hop\n", "a skill has a title"),
        ("hop", "# Hop\n## Way\n- hop\n", "line 2: the sections are Parameters, Steps and Examples, not 'Way'"),
        ("hop", "# Hop\n## Parameters\n- far: metres: how far\n## Steps\n- hop\n", "line 3: write a parameter as"),
        ("hop", "# Hop\n## Parameters\n- far: int = high\n## Steps\n- hop\n", "line 3: high is no int"),
        ("say-hi", "# Hi\n## Steps\n- hop\n", "named like a function"),
        ("class", "# Hi\n## Steps\n- hop\n", "named like a function"),
        ("hop", "# Hop\n## Steps\n- hop\n" + "- hop\n" * 4000, "longer than 20000"),
    ],
)
def test_a_file_that_is_no_skill_says_why(folder, name, text, said):
    file = folder / f"{name}.md"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSkill, match=rf"^{name}\.md.*{said}" if "longer" not in said else said):
        read_skill(file)
    library = SkillLibrary([folder])
    assert list(library) == []
    assert list(library.unreadable) == [file]


def test_a_file_in_no_encoding_is_no_skill(folder):
    (folder / "hop.md").write_bytes(b"# Hop \xff\xfe")
    assert list(library := SkillLibrary([folder])) == []
    assert "cannot be read" in library.unreadable[folder / "hop.md"]


def test_the_users_skill_stands_for_ours(folder):
    (folder / "greet.md").write_text("# Bow\n## Steps\n- go back 5 cm\n", encoding="utf-8")
    assert SkillLibrary(folders_of_skills())["greet"].title == "Bow"
    assert folders_of_skills()[1] == folder
    assert os.environ["BOLT_AGENT_DATA"] == str(folder.parent)


def test_a_model_is_told_of_every_skill(folder):
    (folder / "wave.md").write_text(WAVE, encoding="utf-8")
    told = known_minds(SkillLibrary([folder]), Roster())
    assert "- `wave(name: str, times: int = 2, speed: float = 1.0, loud: bool = False)`: somebody leaves." in told
    assert known_minds(SkillLibrary([]), Roster()) == ""
