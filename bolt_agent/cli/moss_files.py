"""What the commands for MOSS files do: they print, and answer with an exit status."""

from __future__ import annotations

import difflib
import json
import os
import sys
from pathlib import Path

import platformdirs
import typer

from bolt_agent.authoring.templates import KINDS, start_file

__all__ = ["check_file", "print_prompt", "start", "test_file"]


def start(name: str, kind: str) -> int:
    """Write a file to start from, into this folder."""
    if kind not in KINDS:
        raise typer.BadParameter(f"there is no kind {kind!r}: choose {', '.join(KINDS)}")
    try:
        file = start_file(kind, Path(name).name, Path(name).parent)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    print(f"{file} is written. Next: bolt-agent {'chat' if kind == 'robot' else 'run'} {file}")
    return 0


def check_file(file: Path, *, as_json: bool) -> int:
    """Print what is wrong with a file."""
    from bolt_agent.authoring.check import check

    findings = check(_text(file))
    if as_json:
        print(json.dumps({"file": str(file), "findings": [item.as_json() for item in findings]}, indent=1))
    else:
        for finding in findings:
            print(f"{file}:{finding}")
        print(f"{file}: {_count(len(findings), 'finding')}" if findings else f"{file}: nothing wrong was found")
    return 1 if findings else 0


def print_prompt(file: Path, *, diff: bool, system: bool) -> int:
    """Print what a model sees of a file, or what has changed of it."""
    from bolt_agent.authoring.reading import PromptMemory, moss_prompt, tokens, whole_prompt

    text = whole_prompt(file) if system else moss_prompt(file)
    before = PromptMemory(_data_folder() / "prompts").exchange(file, text, kind="system" if system else "moss")
    size = f"about {tokens(text)} tokens (an estimate: {len(text)} characters / 4)"
    if not diff:
        sys.stdout.write(text)
    elif before is None:
        size += "; there is no last time to compare with, the next --diff has this one"
    else:
        lines = difflib.unified_diff(before.splitlines(True), text.splitlines(True), "last time", "now", n=1)
        sys.stdout.writelines(line if line.endswith("\n") else f"{line}\n" for line in lines)
        size += f"; last time {tokens(before)}" if before != text else "; nothing has changed"
    print(size, file=sys.stderr)
    return 0


def test_file(file: Path, *, world: str, seed: int) -> int:
    """Run the tests of a file and print what came of each."""
    from bolt_agent.assembly import Options
    from bolt_agent.authoring.testing import find_tests, run_tests

    names = find_tests(file)
    if not names:
        print(
            f"bolt-agent: {file} has no test: neither __moss_test_cases__ nor a function named test_*", file=sys.stderr
        )
        return 1
    failed = 0
    for outcome in run_tests(Options(moss_file=file, world=world, seed=seed), names):
        failed += outcome.error is not None
        verdict = "FAILED" if outcome.error else "passed"
        print(f"{verdict}  {outcome.function}  ({outcome.seconds:.1f} s of the robot's time)")
        if outcome.error:
            for line in [*outcome.output.splitlines(), *outcome.error.splitlines()]:
                print(f"        {line}")
    print(f"{_count(len(names), 'test')}: {len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{file} is no text in UTF-8: {error.reason}") from None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _data_folder() -> Path:
    return Path(os.environ.get("BOLT_AGENT_DATA") or platformdirs.user_data_path("bolt-agent"))
