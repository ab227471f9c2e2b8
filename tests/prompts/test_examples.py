"""The example files do what they say: each is performed on a virtual BOLT."""

import math
from pathlib import Path

import pytest

import prompts
from bolt_agent.assembly import Options
from bolt_agent.authoring.check import check
from bolt_agent.authoring.predicting import name_picture
from bolt_agent.authoring.rehearsal import rehearse

EXAMPLES = Path(prompts.__file__).parent / "examples"


def perform(name, *args, function="run", world="open"):
    outcome = rehearse(Options(moss_file=EXAMPLES / f"{name}.py", world=world), function, args)
    assert outcome.error is None
    return outcome


def pictures(outcome):
    """What the face showed, by name, in order."""
    names = [name_picture(colors) for _, colors in outcome.report["matrix_log"]]
    return [name for position, name in enumerate(names) if names[:position][-1:] != [name] and name != "dark"]


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.py")), ids=lambda file: file.stem)
def test_an_example_is_short_and_has_no_findings(file):
    text = file.read_text(encoding="utf-8")
    assert check(text) == []
    assert len(text.splitlines()) <= 55


def test_there_are_six():
    assert len(list(EXAMPLES.glob("*.py"))) == 6


def test_the_square_dance_has_four_corners_and_closes():
    outcome = perform("square_dance", "40")
    pose = outcome.report["pose"]
    assert math.hypot(pose["x"], pose["y"]) < 8
    xs, ys = zip(*[(x, y) for _, x, y, *_ in outcome.report["path"]], strict=True)
    assert max(xs) == pytest.approx(40, abs=8)
    assert max(ys) == pytest.approx(40, abs=8)
    assert outcome.report["spun"] >= 4 * 360
    assert pictures(outcome) == ["note in red", "note in gold", "note in green", "note in sky", "smile"]


def test_the_patrol_meets_three_walls_and_stays_inside():
    outcome = perform("patrol", world="walled")
    assert sum(name == "collision" for _, name in outcome.report["events"]) >= 3
    assert outcome.output.count("Wall ") == 3
    assert all(abs(x) < 160 and abs(y) < 160 for _, x, y, *_ in outcome.report["path"])
    assert pictures(outcome)[-1] == "check"


def test_the_heart_beats_twice_a_second_and_rests():
    outcome = perform("heartbeat", "60", "4")
    log = outcome.report["matrix_log"]
    big = [time for time, colors in log if colors.count("#ff0000") > 30]
    assert len(big) == 8  # two beats in each of four seconds
    assert outcome.report["back_led"] == "#800000"
    assert name_picture([color for row in outcome.report["matrix"] for color in row]) == "dark"


def test_the_weather_sign_says_what_the_file_says(tmp_path):
    assert perform("weather_sign").report["texts"][0][1:] == ["21° fine", "#ffc800"]
    mine = tmp_path / "mine.txt"
    mine.write_text("snowflake -9 brr\n", encoding="utf-8")
    cold = perform("weather_sign", "1", str(mine))
    assert cold.report["texts"][0][1:] == ["-9° brr", "#50b4ff"]
    assert pictures(cold)[0] == pictures(cold)[-1] == "snowflake"


def test_simon_is_obeyed_and_the_game_is_the_same_each_time():
    outcome = perform("simon_says", "6", "7")
    assert outcome.output == perform("simon_says", "6", "7").output
    calls = outcome.output.splitlines()[:-1]
    assert len(calls) == 6
    assert any(call.startswith("Simon says") for call in calls)
    assert any(not call.startswith("Simon says") for call in calls)
    right = int(outcome.output.splitlines()[-1].split()[0])
    assert outcome.output.endswith(f"{right} of 6 points\n")
    assert outcome.report["spun"] or len(outcome.report["path"]) > 1


def test_surprise_starts_back_and_stares():
    outcome = perform("expressions", function="surprised")
    assert outcome.report["pose"]["y"] == pytest.approx(-15, abs=4)
    assert pictures(outcome) == ["surprised in yellow"]
    assert [color for _, which, color in outcome.report["led_log"] if which == "front"][-2:] == ["#ffffff", "#000000"]


def test_shyness_turns_away_and_sways():
    outcome = perform("expressions", function="shy")
    headings = [(heading + 180) % 360 - 180 for *_, heading, _ in outcome.report["path"]]
    assert max(headings) > 50
    assert min(headings) < 0
    assert pictures(outcome) == ["smile in pink"]
