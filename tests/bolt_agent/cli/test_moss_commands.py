"""`bolt-agent moss ...`, and `bolt-agent run` that watches, draws and predicts, as a person types them."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bolt_agent.cli import main

sys.path.append(str(Path(__file__).parents[1] / "brains"))  # where the scripted endpoint is
from scripted_endpoint import endpoint, words

FINE = """
def run(moss, far: float = 30):
    moss.face.show("heart", "blue")
    moss.body.new_move(run=True).go(far)

def test_it_goes(moss):
    run(moss)
    moss.body.wait()
    assert moss.body.position.y > 20
"""


@pytest.fixture
def bolt(tmp_path, monkeypatch, capsys):
    """Type a command in an empty folder; gives its exit status, what it printed, and its complaints."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("BOLT_AGENT_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BOLT_AGENT_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("BOLT_AGENT_DATA", str(tmp_path / "data"))

    def typed(*words):
        monkeypatch.setattr(sys, "argv", ["bolt-agent", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed.lines))
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        return end.value.code, printed.out, printed.err

    typed.lines = ""
    return typed


@pytest.fixture
def fine(tmp_path):
    file = tmp_path / "fine.py"
    file.write_text(FINE, encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", ["dance", "animation", "robot"])
def test_new_writes_a_file_that_is_right_from_the_start(bolt, kind):
    assert bolt("moss", "new", "mine", "--kind", kind)[0] == 0
    assert bolt("moss", "check", "mine.py")[0] == 0
    status, out, err = bolt("moss", "new", "mine.py", "--kind", kind)
    assert (status, out) == (1, "")
    assert "is there already" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new", "mine", "--kind", "song"), "choose dance, animation, robot"),
        (("new", "my dance"), "named like a Python variable"),
        (("frobnicate",), "No such command"),
    ],
)
def test_bad_usage_is_said_in_a_line(bolt, words, said):
    status, _, err = bolt("moss", *words)
    assert status == 2
    assert said in err


def test_check_names_file_line_and_mistake(bolt, tmp_path):
    (tmp_path / "a.py").write_text("def run(moss):\n    moss.face.shew('heart')\n", encoding="utf-8")
    status, out, _ = bolt("moss", "check", "a.py")
    assert status == 1
    assert "a.py:2:15: a LedMatrix has no `shew`; did you mean `show`?" in out
    status, out, _ = bolt("moss", "check", "a.py", "--json")
    assert status == 1
    (finding,) = json.loads(out)["findings"]
    assert (finding["line"], finding["kind"]) == (2, "api")


def test_check_says_when_nothing_is_wrong(bolt, fine):
    assert bolt("moss", "check", fine)[0] == 0
    status, out, _ = bolt("moss", "check", fine, "--json")
    assert status == 0
    assert json.loads(out)["findings"] == []


@pytest.mark.parametrize("command", ["check", "prompt", "test"])
def test_a_missing_file_is_said_in_a_line(bolt, command):
    status, out, err = bolt("moss", command, "nowhere.py")
    assert (status, out) == (1, "")
    assert err == "bolt-agent: cannot open nowhere.py: No such file or directory\n"


def test_prompt_prints_what_a_model_reads_and_its_size(bolt, fine):
    status, out, err = bolt("moss", "prompt", fine)
    assert status == 0
    assert "def test_it_goes" in out
    assert f"about {-(-len(out) // 4)} tokens (an estimate" in err
    assert "# Who you are" in bolt("moss", "prompt", fine, "--system")[1]


def test_prompt_diff_shows_what_has_changed(bolt, fine):
    assert "no last time" in bolt("moss", "prompt", fine, "--diff")[2]
    assert bolt("moss", "prompt", fine, "--diff")[1] == ""
    fine.write_text(FINE.replace("30", "44"), encoding="utf-8")
    _, out, _ = bolt("moss", "prompt", fine, "--diff")
    assert "-def run(moss, far: float = 30):" in out
    assert "+def run(moss, far: float = 44):" in out


def test_test_tells_what_passed_and_shows_the_line_that_failed(bolt, fine):
    assert bolt("moss", "test", fine)[0] == 0
    fine.write_text(FINE + "\ndef test_wrong(moss):\n    assert moss.body.battery == 7\n", encoding="utf-8")
    status, out, _ = bolt("moss", "test", fine)
    assert status == 1
    assert "passed  test_it_goes" in out
    assert "FAILED  test_wrong" in out
    assert "in test_wrong: assert moss.body.battery == 7" in out
    assert out.endswith("2 tests: 1 passed, 1 failed\n")


def test_a_file_without_tests_says_so(bolt, tmp_path):
    (tmp_path / "a.py").write_text("def run(moss): pass\n", encoding="utf-8")
    status, _, err = bolt("moss", "test", "a.py")
    assert status == 1
    assert "has no test" in err


def test_dry_says_what_would_happen(bolt, fine):
    status, out, _ = bolt("run", fine, "60", "--dry")
    assert status == 0
    assert "cm forward of its start" in out
    assert "heart in blue" in out


def test_dry_of_what_fails_says_so(bolt, tmp_path):
    (tmp_path / "a.py").write_text("def run(moss):\n    moss.body.jump()\n", encoding="utf-8")
    status, _, err = bolt("run", "a.py", "--dry")
    assert status == 1
    assert "it would fail" in err
    assert "line 2" in err


@pytest.mark.parametrize("name", ["a.png", "a.gif"])
def test_preview_draws(bolt, fine, tmp_path, name):
    assert bolt("run", fine, "--preview", name)[0] == 0
    assert (tmp_path / name).stat().st_size > 1000


def test_preview_into_something_else_is_bad_usage(bolt, fine):
    status, _, err = bolt("run", fine, "--preview", "a.txt")
    assert status == 2
    assert ".png" in err
    assert bolt("run", fine, "--dry", "--watch")[0] == 2


def test_chat_with_a_file_whose_ghost_is_none_is_said(bolt, tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text("__ghost__ = 3\n", encoding="utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    status, _, err = bolt("chat", "a.py", "--brain", "openai", "--clock", "fast")
    assert status == 1
    assert "must be a bolt_agent.Ghost" in err


def test_chat_with_a_file_talks_to_the_ghost_that_it_defines(bolt, monkeypatch):
    bolt("moss", "new", "jolly", "--kind", "robot")
    answer = words("Welcome!\n```python\ndef run(moss):\n    cheer(moss)\n    print('cheered')\n```\n")
    with endpoint(answer) as (url, requests):
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        bolt.lines = "hello\n"
        status, out, _ = bolt("chat", "jolly.py", "--clock", "fast")
    system = requests[0]["messages"][0]["content"]
    assert status == 0
    assert system.startswith("# Who you are\nYou are Jolly, a small ball that loves visitors.")
    assert "def cheer(moss: Moss)" in system
    assert "Ghost(" not in system
    assert "Welcome!" in out
    assert "cheered" in out


def test_watch_performs_again_after_each_save_and_survives_mistakes(fine, tmp_path):
    with watching(fine, tmp_path) as lines:
        until(lines, "Waiting for")
        fine.write_text("def run(moss):\n    print('second take')\n", encoding="utf-8")
        until(lines, "second take")
        until(lines, "Waiting for")
        fine.write_text("def run(moss:\n", encoding="utf-8")
        until(lines, "SyntaxError")
        until(lines, "Waiting for")
        fine.write_text("def run(moss):\n    print('third take')\n", encoding="utf-8")
        until(lines, "third take")


class watching:  # noqa: N801 - it reads as a statement
    """`bolt-agent run FILE --watch`, ended by Ctrl-C."""

    def __init__(self, file, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from bolt_agent.cli import main; main()", "run", file, "--watch"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=folder,
            env={**os.environ, "BOLT_AGENT_CLOCK": "fast", "PYTHONUNBUFFERED": "1"},
        )

    def __enter__(self):
        return self.process.stdout

    def __exit__(self, *error):
        self.process.send_signal(signal.SIGINT)
        self.process.stdout.read()
        self.process.stdout.close()
        assert self.process.wait(timeout=20) == 0 or error[0]


def until(lines, word):
    read = []
    for line in lines:
        read.append(line)
        if word in line:
            return
    raise AssertionError(f"it ended without {word!r}: {''.join(read)}")
