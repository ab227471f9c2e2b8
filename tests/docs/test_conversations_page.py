"""The page about conversations: its commands and its programs run, one after another, as they stand there."""

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "conversations.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def in_shell(line, folder, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BOLT_AGENT_", "OPENAI_"))}
    kept |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "BOLT_AGENT_DATA": str(folder)}
    done = subprocess.run(
        line, shell=True, cwd=folder, env={**kept, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{line}: {done.stderr}"
    return done.stdout


def test_its_commands_run_in_their_order(tmp_path):
    for kind, text in BLOCKS:
        for line in text.splitlines() if kind == "sh" else ():
            assert in_shell(line, tmp_path, BOLT_AGENT_CLOCK="fast"), line


def test_its_programs_run(tmp_path):
    for number, text in enumerate(text for kind, text in BLOCKS if kind == "python"):
        (tmp_path / f"program{number}.py").write_text(text, encoding="utf-8")
        printed = in_shell(f"{sys.executable} program{number}.py", tmp_path)
        assert "heart" in printed
