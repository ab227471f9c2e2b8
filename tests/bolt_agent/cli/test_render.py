"""`bolt-agent render` and `bolt-agent studio`, as they are typed."""

import json
import socket
import subprocess
import sys

import pytest

REPORT = {
    "schema": "bolt-report/1",
    "world": "open",
    "turns": [{"t_start": 0.0, "t_end": 0.2}],
    "path": [[0.0, 0.0, 0.0, 0.0, 0.0], [0.2, 0.0, 9.0, 0.0, 50.0]],
    "matrix_log": [],
    "led_log": [],
}


@pytest.fixture
def bolt(tmp_path):
    def run(*arguments):
        command = [sys.executable, "-c", "from bolt_agent.cli import main; main()", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    (tmp_path / "r.json").write_text(json.dumps(REPORT), encoding="utf-8")
    return run


@pytest.mark.parametrize("name", ["show.png", "show.GIF", "show.webp"])
def test_a_report_is_drawn(bolt, tmp_path, name):
    assert bolt("render", "r.json", "-o", name).returncode == 0
    assert (tmp_path / name).stat().st_size > 500


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("r.json", "-o", "show.txt"), ".gif, .mp4, .png or .webp"),
        (("nothing.json", "-o", "show.gif"), "does not exist"),
        (("no_report.json", "-o", "show.gif"), "no report"),
        (("r.json",), "--output"),
    ],
)
def test_what_cannot_be_drawn_is_bad_usage(bolt, tmp_path, arguments, told):
    (tmp_path / "no_report.json").write_text("[]", encoding="utf-8")
    done = bolt("render", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_studio_whose_port_is_taken_ends_with_one_line(bolt):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = bolt("studio", "--no-open", "--port", taken.getsockname()[1])
    assert done.returncode == 1
    assert "is taken" in done.stderr
    assert len(done.stderr.splitlines()) == 1
