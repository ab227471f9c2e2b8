"""The page about skills and several minds: its skill works, its code runs, its commands exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "minds.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def blocks(kind):
    return [text for found, text in BLOCKS if found == kind]


@pytest.fixture
def shell(tmp_path):
    """Run a line of the page as a newcomer's shell does."""
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "goodbye.md").write_text(blocks("markdown")[0], encoding="utf-8")
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "BOLT_AGENT_CLOCK": "fast",
        "BOLT_AGENT_DATA": str(tmp_path),
        "BOLT_AGENT_CONFIG": str(tmp_path / "config.toml"),
    }

    def run(line):
        done = subprocess.run(
            line, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=90, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.mark.parametrize("text", blocks("sh"))
def test_its_commands_run(shell, text):
    for line in text.splitlines():
        assert shell(line)


def test_its_skill_is_listed_and_performed(shell):
    assert "moss.skills.goodbye(name: str, turns: int = 2)" in shell("bolt-agent skills")


@pytest.mark.parametrize("code", [code for code in blocks("python") if "def run(moss)" not in code])
def test_its_code_runs(shell, tmp_path, code):
    (tmp_path / "piece.py").write_text(code, encoding="utf-8")
    shell(f"{sys.executable} piece.py")


def test_its_models_can_be_read():
    import tomllib

    from bolt_agent.brains.models import read_models

    models = read_models(tomllib.loads(blocks("toml")[0]))
    assert list(models.for_role("thinker")) == ["clever", "quick"]
