"""`bolt-agent sim` as a user runs it: in a process of its own."""

import json
import os
import signal
import subprocess
import sys

import pytest
from spherov2 import scanner
from spherov2.adapter.tcp_adapter import get_tcp_adapter

COMMAND = [sys.executable, "-c", "from bolt_agent.cli import main; main()", "sim"]

PROGRAM = """\
import sys, time
from spherov2 import scanner
from spherov2.sphero_edu import SpheroEduAPI
from spherov2.types import Color

with SpheroEduAPI(scanner.find_toy(toy_name="SB-CEB2")) as droid:
    droid.set_front_led(Color(0, 255, 0))
    droid.roll(90, 120, 0.8)
print("arguments", sys.argv[1:], __name__)
sys.exit(int(sys.argv[1]))
"""


def sim(*arguments, **options):
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=60, **options)


@pytest.fixture
def program(tmp_path):
    file = tmp_path / "program.py"
    file.write_text(PROGRAM, encoding="utf-8")
    return file


def test_an_unmodified_program_runs_with_report_and_picture(program, tmp_path):
    report, picture = tmp_path / "report.json", tmp_path / "run.gif"
    done = sim("run", program, "--report", report, "--gif", picture, "--speed", "3", "--", "0", "a")
    assert done.returncode == 0, done.stderr
    assert "arguments ['0', 'a'] __main__" in done.stdout
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["schema"] == "bolt-report/1"
    assert told["pose"]["x"] > 20
    assert abs(told["pose"]["y"]) < 3
    assert ["front", "#00ff00"] in [entry[1:] for entry in told["led_log"]]
    assert picture.read_bytes()[:3] == b"GIF"


def test_the_status_of_the_program_is_the_status_of_the_command(program):
    assert sim("run", program, "--speed", "5", "--", "3").returncode == 3


@pytest.mark.skipif(sys.version_info < (3, 13), reason="spherov2 works before Python 3.13")
def test_on_python_3_13_it_is_said_what_spherov2_leaves_out(program):
    done = sim("run", program, "--speed", "5", "--", "0")
    assert "--fix-spherov2" in done.stderr
    assert "Traceback" not in done.stderr


def test_spherov2_can_be_mended(tmp_path):
    file, report = tmp_path / "face.py", tmp_path / "report.json"
    file.write_text(PROGRAM.replace("set_front_led", "set_main_led"), encoding="utf-8")
    done = sim("run", file, "--fix-spherov2", "--speed", "5", "--report", report, "--", "0")
    assert done.returncode == 0, done.stderr
    pictures = json.loads(report.read_text(encoding="utf-8"))["matrix_log"]
    assert ["#00ff00"] * 64 in [picture for _, picture in pictures]


def test_it_serves_until_ctrl_c_and_says_who_can_connect():
    process = subprocess.Popen(
        [*COMMAND, "--balls", "2", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        line = process.stdout.readline()
        assert "SB-0001, SB-0002" in line
        assert "for this computer only" in line
        port = int(line.split("127.0.0.1:")[1].split(",")[0])
        toys = scanner.find_toys(adapter=get_tcp_adapter("127.0.0.1", port))
        assert [toy.name for toy in toys] == ["SB-0001", "SB-0002"]
    finally:
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "stopped" in out
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--quirks", "drunk"], "ideal or typical"),
        (["--faults", "melt"], "is no fault"),
        (["--collision-bytes", "17"], "16 or 18"),
        (["run", __file__, "--clock", "slow"], "real or fast"),
        (["--world", "moon"], "there is no world"),
        (["run", "missing.py"], "does not exist"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_status_two(arguments, said):
    done = sim(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_simulated_time_gives_the_same_report_every_time_and_does_not_wait(tmp_path):
    file = tmp_path / "minute.py"
    file.write_text(PROGRAM.replace("droid.roll(90, 120, 0.8)", "droid.roll(90, 120, 0.8); time.sleep(60)"))
    reports = []
    for name in ("one.json", "other.json"):
        done = sim("run", file, "--clock", "fast", "--fix-spherov2", "--report", tmp_path / name, "--", "0")
        assert done.returncode == 0, done.stderr
        reports.append((tmp_path / name).read_bytes())
    assert reports[0] == reports[1]
    assert json.loads(reports[0])["turns"][0]["t_end"] > 60


def test_the_settings_file_reaches_the_commands_under_commands(program, tmp_path):
    (tmp_path / "config.toml").write_text('world = "maze"\nclock = "fast"\nseed = 4\n')
    report = tmp_path / "report.json"
    environment = {**os.environ, "BOLT_AGENT_CONFIG": str(tmp_path / "config.toml")}
    done = sim("run", program, "--fix-spherov2", "--report", report, "--", "0", env=environment)
    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["world"], told["seed"]) == ("maze", 4)


def test_the_worlds_are_listed():
    assert "bowling" in sim("worlds").stdout


def test_collisions_that_spherov2_cannot_read_are_explained_in_one_line(tmp_path):
    file = tmp_path / "bump.py"
    file.write_text(
        PROGRAM.replace("roll(90, 120, 0.8)", "register_event(EventType.on_collision, lambda api: print('bump'))\n"
                        "    droid.roll(0, 255, 2)")
        .replace("import SpheroEduAPI", "import EventType, SpheroEduAPI")
    )  # fmt: skip
    options = ("--world", "walled", "--speed", "3", "--fix-spherov2")
    real = sim("run", file, *options, "--", "0")
    assert real.stderr.count("--collision-bytes 18") == 1
    assert "Traceback" not in real.stderr
    readable = sim("run", file, *options, "--collision-bytes", "18", "--", "0")
    assert "bump" in readable.stdout
    assert readable.stderr == ""
