"""The page for people who write their first MOSS file: each of its commands and pieces of code runs, in its order."""

import io
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bolt_agent.assembly import Options
from bolt_agent.authoring.check import check
from bolt_agent.authoring.rehearsal import rehearse
from bolt_agent.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "moss.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def newcomer(tmp_path, monkeypatch):
    """An empty folder, no settings, and no patience: the clock is fast."""
    for name in [name for name in os.environ if name.startswith(("BOLT_AGENT_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOLT_AGENT_CLOCK", "fast")
    monkeypatch.setenv("BOLT_AGENT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BOLT_AGENT_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return tmp_path


def test_every_block_of_the_page_runs(newcomer, monkeypatch):
    kinds = {"python": learn, "sh": type_in}
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) >= 12
    for kind, text in blocks:
        kinds[kind](text, newcomer, monkeypatch)
    assert (newcomer / "my_dance.gif").stat().st_size > 1000
    assert (newcomer / "pirate.py").exists()


def learn(code, folder, _):
    """A piece of code: has no findings, and performs; one that begins with its name is kept under it."""
    named = re.match(r"# (\w+\.py)\n", code)
    file = folder / (named[1] if named else "piece.py")
    file.write_text(code, encoding="utf-8")
    assert check(code) == []
    outcome = rehearse(Options(moss_file=file, world="walled"))
    assert outcome.error is None
    assert outcome.report["matrix_log"] or len(outcome.report["path"]) > 1


def type_in(commands, _, monkeypatch):
    for line in commands.splitlines():
        words = shlex.split(line)
        assert words[0] == "bolt-agent"
        if "--watch" in words:
            watch(words)
            continue
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == 0, line


def watch(words):
    """Until the first performance is over; then Ctrl-C."""
    command = [sys.executable, "-c", "from bolt_agent.cli import main; main()", *words[1:]]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env) as process:
        assert any("Waiting for my_dance.py" in line for line in process.stdout)
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait(timeout=20) == 0
