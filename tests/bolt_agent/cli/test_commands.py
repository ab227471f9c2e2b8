"""The commands, as a person types them: what they print, what they write, and how they end."""

import itertools
import json
import math
import os
import subprocess
import sys

import pytest

KEYS = ("OPENAI_API_KEY", "OPENAI_BASE_URL")


@pytest.fixture
def bolt(tmp_path):
    """Run `bolt-agent` in an empty folder, without the person's settings."""

    def run(*words, stdin="", **environment):
        env = {k: v for k, v in os.environ.items() if k not in KEYS and not k.startswith("BOLT_AGENT_")}
        env |= {"BOLT_AGENT_CONFIG": str(tmp_path / "config.toml"), "BOLT_AGENT_DATA": str(tmp_path), **environment}
        code = "from bolt_agent.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=env,
            timeout=60,
            check=False,
        )

    return run


def length(report):
    path = report["path"]
    return sum(math.dist(a[1:3], b[1:3]) for a, b in itertools.pairwise(path))


def test_the_main_job(bolt, tmp_path):
    done = bolt("say", "drive in a square, then show a red heart", "--clock", "fast", "--report", "out.json")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out.json").read_text())
    assert report["schema"] == "bolt-report/1"
    assert (report["driver"], report["brain"], report["world"], report["seed"]) == ("sim", "reflex", "open", 0)
    assert length(report) > 80
    assert math.dist(report["path"][0][1:3], report["path"][-1][1:3]) < 8
    assert sum(color == "#ff0000" for row in report["matrix"] for color in row) > 12
    assert report["turns"][0]["reply"] in done.stdout
    assert "def run(moss):" in done.stdout


def test_turns_follow_one_another_and_remember(bolt, tmp_path):
    bolt("say", "roll forward for one second", "do it again", "--clock", "fast", "--report", "out.json")
    report = json.loads((tmp_path / "out.json").read_text())
    first, second = report["turns"]
    assert first["t_end"] <= second["t_start"]
    assert report["pose"]["y"] > 40


def test_the_same_seed_writes_the_same_report_byte_for_byte(bolt, tmp_path):
    for name in ("one.json", "two.json"):
        words = ["do a happy dance", "write HI in blue"]
        bolt("say", *words, "--clock", "fast", "--seed", 7, "--report", name, PYTHONHASHSEED=str(len(name)))
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_a_programs_own_turns_can_be_read_by_a_program(bolt):
    done = bolt("say", "hello", "--clock", "fast", "--json")
    (turn,) = json.loads(done.stdout)
    assert turn["status"] == "ok"
    assert turn["reply"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["say", "hi", "--driver", "submarine"], "no driver 'submarine'"),
        (["say", "hi", "--world", "atlantis"], "atlantis"),
        (["say", "hi", "--brain", "liver"], "no brain 'liver'"),
        (["say", "hi", "--clock", "slow"], "no clock 'slow'"),
        (["say", "hi", "--seed", "many"], "--seed"),
        (["say", "hi", "--sped"], "--sped"),
        (["say", "  "], "say what the robot should do"),
        (["say"], "say what the robot should do"),
        (["--world", "walled", "say", "hi"], "options of say come after it"),
    ],
)
def test_bad_usage_is_one_line_that_says_what_there_is(bolt, words, message):
    done = bolt(*words)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (["exec", "missing.py"], "", "cannot open missing.py"),
        (["run", "missing.py"], "", "cannot open missing.py"),
        (["exec", "-"], "def run(moss:", "never closed"),
        (["exec", "-"], "x = 1", "run"),
        (["exec", "-"], "def run(moss):\n    1 / 0", "ZeroDivisionError"),
        (["exec", "-"], "import os\ndef run(moss): pass", "cannot import os"),
        (["say", "hi", "--brain", "openai"], "", "OPENAI_API_KEY"),
    ],
)
def test_a_failure_is_one_line_and_the_robot_stands_still(bolt, words, stdin, message):
    done = bolt(*words, "--clock", "fast", stdin=stdin)
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_endpoint_that_is_not_there_is_named_and_the_report_is_written(bolt, tmp_path):
    url = "http://127.0.0.1:9/v1"
    done = bolt("say", "hi", "--brain", "openai", "--clock", "fast", "--report", "out.json", OPENAI_BASE_URL=url)
    assert done.returncode == 1
    assert "127.0.0.1:9" in done.stderr
    (turn,) = json.loads((tmp_path / "out.json").read_text())["turns"]
    assert turn["status"] == "error"
    assert turn["reply"]


def test_exec_runs_a_program_from_standard_input_and_prints_what_it_prints(bolt, tmp_path):
    program = (
        "def run(moss):\n"
        "    moss.body.new_move(run=True).go(30)\n"
        "    moss.body.wait()\n"
        "    print(round(moss.body.position.y))"
    )
    done = bolt("exec", "-", "--clock", "fast", "--report", "out.json", stdin=program)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out.json").read_text())
    assert report["pose"]["y"] == pytest.approx(30, abs=3)
    assert "30" in done.stdout or "29" in done.stdout or "31" in done.stdout
    assert report["turns"][0]["code"] == program


def test_run_calls_a_function_of_a_trusted_file_with_arguments(bolt, tmp_path):
    (tmp_path / "sign.txt").write_text("sunny")
    (tmp_path / "dance.py").write_text(
        "from pathlib import Path\n"
        "def run(moss, times: int, word: str = 'x'):\n"
        "    for _ in range(times):\n"
        "        moss.body.new_move(run=True).spin(360, 1)\n"
        "    print(word, Path(__file__).with_name('sign.txt').read_text())\n"
        "def other(moss):\n"
        "    moss.face.fill('blue')\n"
    )
    done = bolt("run", "dance.py", "2", "hello", "--clock", "fast", "--report", "out.json")
    assert done.returncode == 0, done.stderr
    assert "hello sunny" in done.stdout
    assert json.loads((tmp_path / "out.json").read_text())["spun"] == pytest.approx(720, abs=4)
    bolt("run", "dance.py", "--function", "other", "--clock", "fast", "--report", "out.json")
    assert json.loads((tmp_path / "out.json").read_text())["matrix"][0][0] == "#0000ff"


def test_a_chat_without_a_terminal_takes_its_lines_and_ends_with_them(bolt):
    done = bolt("--clock", "fast", stdin="hello\n\nroll forward for one second\nasdf qwer\nstop\n")
    assert done.returncode == 0, done.stderr
    assert "> roll forward for one second" in done.stdout
    assert "did not understand" in done.stdout
    assert "Stopped." in done.stdout


def test_settings_come_from_the_command_line_then_the_environment_then_the_file(bolt, tmp_path):
    def world(*words, **environment):
        bolt("say", "hello", "--clock", "fast", "--report", "out.json", *words, **environment)
        return json.loads((tmp_path / "out.json").read_text())["world"]

    (tmp_path / "config.toml").write_text('world = "walled"\n')
    assert world() == "walled"
    assert world(BOLT_AGENT_WORLD="open") == "open"
    assert world("--world", "walled", BOLT_AGENT_WORLD="open") == "walled"


def test_a_broken_settings_file_is_named(bolt, tmp_path):
    (tmp_path / "config.toml").write_text("world = ")
    done = bolt("say", "hello")
    assert done.returncode == 2
    assert "config.toml" in done.stderr


def test_output_that_a_terminal_cannot_show_is_no_error(bolt):
    done = bolt("say", "你好", "--clock", "fast", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
