"""Rehearsing a file: what is said of it, what is drawn of it, and what of it is tested, on a virtual BOLT."""

import pytest
from PIL import Image

from bolt_agent.assembly import Options
from bolt_agent.authoring.predicting import describe, name_picture
from bolt_agent.authoring.preview import save_preview
from bolt_agent.authoring.reading import BrokenFile, PromptMemory, moss_prompt, whole_prompt
from bolt_agent.authoring.rehearsal import rehearse
from bolt_agent.authoring.templates import KINDS, NameTaken, start_file
from bolt_agent.authoring.testing import find_tests, run_tests
from bolt_agent.rendering import UnknownPicture
from bolt_agent.robot import draw_icon

GO = """
def run(moss, far: float = 50):
    moss.face.show("heart", "blue")
    moss.body.new_move(run=True).go(far)
    print("gone")
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="dance.py"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_a_rehearsal_does_in_no_time_what_the_robot_would(write):
    outcome = rehearse(Options(moss_file=write(GO)), "run", ["30"])
    assert outcome.error is None
    assert outcome.output == "gone\n"
    assert outcome.report["pose"]["y"] == pytest.approx(30, abs=4)


def test_it_is_said_what_would_happen(write):
    said = " ".join(describe(rehearse(Options(moss_file=write(GO)))))
    assert "ends 5" in said
    assert "cm forward of its start, facing 0 degrees" in said
    assert "Its face shows heart in blue." in said


def test_bumps_and_texts_and_lights_are_said(write):
    file = write("""
def run(moss):
    moss.face.scroll_matrix_text("hi", "blue")
    moss.face.set_back_led("red")
    moss.body.new_move(run=True).roll(0, 120, 4)
""")
    said = " ".join(describe(rehearse(Options(moss_file=file, world="walled"))))
    assert 'the text "hi" in blue' in said
    assert "back red" in said
    assert "Collision at " in said


def test_a_robot_that_does_nothing_is_said_to_do_nothing(write):
    said = list(describe(rehearse(Options(moss_file=write("def run(moss): pass")))))
    assert "It stays where it is, facing 0 degrees at the end." in said
    assert "Its face stays dark." in said


def test_pictures_have_names():
    assert name_picture([color for row in draw_icon("star") for color in row]) == "star"
    assert name_picture([color for row in draw_icon("star", "#0000ff") for color in row]) == "star in blue"
    assert name_picture(["#ff0000"] + ["#00ff00"] * 63) == "a picture"


def test_the_preview_shows_path_and_face(write, tmp_path):
    outcome = rehearse(Options(moss_file=write(GO)))
    save_preview(outcome, tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as saved:
        colors = {color for _, color in saved.getcolors(2**20)}
    assert {(0, 0, 255), (80, 180, 255)} <= colors  # the heart and the trail


def test_the_moving_preview_lasts_as_long_as_the_dance(write, tmp_path):
    outcome = rehearse(Options(moss_file=write(GO)))
    save_preview(outcome, tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as saved:
        assert saved.n_frames * saved.info["duration"] / 1000 == pytest.approx(outcome.seconds, abs=0.3)


def test_a_preview_is_a_picture(write, tmp_path):
    outcome = rehearse(Options(moss_file=write("def run(moss): pass")))
    with pytest.raises(UnknownPicture, match=r"\.png"):
        save_preview(outcome, tmp_path / "a.txt")


# --- tests of a file ---

TESTED = """
import pathlib

def run(moss): moss.body.new_move(run=True).go(20)

def test_good(moss):
    run(moss)
    moss.body.wait()
    assert moss.body.position.y > 15

def test_fresh(moss):
    assert moss.body.position == (0, 0)

def test_bad(moss):
    run(moss)
    assert moss.body.heading == 90
"""


def test_each_test_gets_a_world_of_its_own_and_failures_show_the_line(write):
    file = write(TESTED)
    good, fresh, bad = run_tests(Options(moss_file=file), find_tests(file))
    assert (good.function, good.error) == ("test_good", None)
    assert (fresh.function, fresh.error) == ("test_fresh", None)
    assert "dance line 16, in test_bad: assert moss.body.heading == 90" in bad.error
    assert "AssertionError" in bad.error


def test_a_list_of_cases_is_the_tests(write):
    assert find_tests(write(TESTED + '\n__moss_test_cases__ = ["run"]')) == ["run"]


def test_a_file_that_does_not_compile_says_where(write):
    with pytest.raises(BrokenFile, match=r"(?s)line 1: import nothing_of_that_name.*ModuleNotFoundError"):
        find_tests(write("import nothing_of_that_name"))


# --- what a model reads ---

PIRATE = """
from bolt_agent import Ghost
from prompts.bolt import Moss

# <moss-hide>
SECRET = 3
__ghost__ = Ghost(name="Jack", persona="You are an old pirate.", instruction="Write short code.")
# </moss-hide>
def cheer(moss: Moss): ...
"""


def test_a_model_reads_what_is_not_hidden(write):
    prompt = moss_prompt(write(PIRATE))
    assert "def cheer" in prompt
    assert "SECRET" not in prompt
    assert "class Moss" in prompt


def test_the_ghost_of_a_file_is_who_the_model_is(write):
    told = whole_prompt(write(PIRATE))
    assert told.startswith("# Who you are\nYou are an old pirate.\n")
    assert "Write short code." in told
    assert "cheerful ball" not in told
    assert "def cheer" in told


def test_a_ghost_that_is_none_is_refused(write):
    with pytest.raises(TypeError, match=r"must be a bolt_agent\.Ghost, not a str"):
        whole_prompt(write("__ghost__ = 'Jack'"))


def test_the_prompt_of_last_time_is_kept_for_each_file(tmp_path):
    memory = PromptMemory(tmp_path / "prompts")
    assert memory.exchange(tmp_path / "a.py", "one", kind="moss") is None
    assert memory.exchange(tmp_path / "b.py", "other", kind="moss") is None
    assert memory.exchange(tmp_path / "a.py", "two", kind="moss") == "one"
    assert memory.exchange(tmp_path / "a.py", "all", kind="system") is None


# --- starting files ---


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_to_start_from_passes_its_own_tests(kind, tmp_path):
    file = start_file(kind, "first_try", tmp_path)
    names = find_tests(file)
    assert names
    assert [outcome.error for outcome in run_tests(Options(moss_file=file), names)] == [None] * len(names)


def test_starting_a_file_overwrites_nothing(tmp_path):
    (tmp_path / "mine.py").write_text("precious", encoding="utf-8")
    with pytest.raises(NameTaken, match="is there already"):
        start_file("dance", "mine", tmp_path)
    assert (tmp_path / "mine.py").read_text(encoding="utf-8") == "precious"


def test_a_file_is_named_so_that_python_can_import_it(tmp_path):
    with pytest.raises(ValueError, match="named like a Python variable"):
        start_file("dance", "my dance", tmp_path)
