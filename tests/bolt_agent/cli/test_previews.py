"""`say --preview`: what would happen is shown first, and happens only after a yes."""

import json
import math
import os
import re
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-c", "from bolt_agent.cli import main; main()", "say"]


@pytest.fixture
def say(tmp_path):
    """Say something, perhaps with an answer typed at a terminal: (what was printed, its preview, cm that it moved)."""

    def run(*words, typed=None, **environment):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("BOLT_AGENT_", "OPENAI_"))}
        env |= {"BOLT_AGENT_CONFIG": str(tmp_path / "config.toml"), "BOLT_AGENT_DATA": str(tmp_path), **environment}
        options = ["--clock", "fast", "--brain", "reflex", "--report", str(tmp_path / "report.json")]
        process = subprocess.Popen(
            [*COMMAND, *words, *options],
            stdin=terminal[1] if (terminal := os.openpty() if typed else None) else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=env,
            cwd=tmp_path,
        )
        if terminal:
            os.write(terminal[0], typed.encode())
        out, err = process.communicate(timeout=60)
        for end in terminal or ():
            os.close(end)
        assert process.returncode == 0, err
        pose = json.loads((tmp_path / "report.json").read_text())["pose"]
        return out, " ".join(err.split()), math.hypot(pose["x"], pose["y"])

    return run


def test_without_a_terminal_it_is_only_shown_and_the_way_to_accept_is_said(say):
    out, preview, moved = say("go forward 80 cm", "--preview", "--fence", "100")
    assert moved < 1
    assert "It rolls 80 cm" in preview
    assert "20 cm from the fence" in preview
    assert "⠐" in preview or "⡇" in preview  # the picture
    assert "Add --yes" in preview
    assert "leave it" in out


def test_with_yes_it_is_shown_and_done(say):
    _, preview, moved = say("go forward 80 cm", "--preview", "--yes")
    assert "It rolls 80 cm" in preview
    assert moved == pytest.approx(80, abs=3)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("typed", "distance"), [("y\n", 40), ("n\n", 0)])
def test_the_person_at_the_terminal_decides(say, typed, distance):
    _, preview, moved = say("go forward 40 cm", "--preview", typed=typed)
    assert "Do it?" in preview
    assert moved == pytest.approx(distance, abs=3)


def test_the_next_preview_begins_where_the_robot_is_now(say):
    _, preview, moved = say(
        "go forward 60 cm", "turn right", "go forward 70 cm", "--preview", "--yes", "--fence", "150"
    )
    assert "70 cm right of its start, facing 90 degrees" in preview
    assert re.search(r"5[5-9] cm from the fence", preview)  # hypot(60, 70) is 92
    assert moved == pytest.approx(math.hypot(60, 70), abs=5)


def test_the_setting_large_lets_small_motions_pass(say, tmp_path):
    (tmp_path / "config.toml").write_text('preview = "large"\n')
    _, preview, moved = say("go forward 30 cm")
    assert preview == ""
    assert moved == pytest.approx(30, abs=3)
    _, preview, moved = say("go forward 2 m")
    assert "It rolls 200 cm" in preview
    assert moved < 1


def test_the_environment_comes_before_the_file(say, tmp_path):
    (tmp_path / "config.toml").write_text('preview = "always"\n')
    assert say("go forward 30 cm", BOLT_AGENT_PREVIEW="never")[1] == ""


def test_what_would_leave_the_fence_or_keep_a_move_is_only_foreseen(say, tmp_path):
    _, preview, _ = say("go forward 80 cm", "--preview", "--fence", "50")
    assert "30 cm out of the fence" in preview
    say("call this wiggle: turn left, then turn right", "--preview")
    assert not list(tmp_path.glob("moves/*"))
