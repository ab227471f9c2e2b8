"""The house: no lower floor imports a higher one, help answers without the heavy libraries, examples in docs run."""

import ast
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FLOORS = [
    "bolt_agent.cli",
    "bolt_agent.studio",
    "bolt_agent.voice",
    "bolt_agent.authoring",
    "bolt_agent.rendering",
    "bolt_agent.assembly",
    "bolt_agent.ghost",
    "bolt_agent.brains",
    "bolt_agent.moss",
    "bolt_agent.robot",
    "bolt_agent.container",
    "bolt_agent.settings",
    "bolt_agent.tracing",
    "bolt_agent.logs",
    "drivers",
    "simulator",
]
"""From the top down; a module may import its own floor and those below."""

WORKER_SIDE = {"bolt_agent/moss/worker/child.py"}
"""Runs in the worker process and brings robot and MOSS together there; the order of floors is the host's."""

HEAVY = [
    "bleak",
    "mujoco",
    "numpy",
    "openai",
    "opentelemetry",
    "pydantic",
    "sounddevice",
    "spherov2",
    "sqlalchemy",
    "starlette",
]


def floor_of(module):
    matching = [index for index, floor in enumerate(FLOORS) if f"{module}.".startswith(f"{floor}.")]
    return matching[0] if matching else None


def imported_by(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def sources():
    for package in ("bolt_agent", "drivers", "simulator"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path, ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_no_lower_floor_imports_a_higher_one():
    wrong = [
        f"{module} imports {name}"
        for path, module in sources()
        if str(path.relative_to(ROOT)) not in WORKER_SIDE and floor_of(module) is not None
        for name in imported_by(path)
        if (floor := floor_of(name)) is not None and floor < floor_of(module)
    ]
    assert wrong == []


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['bolt-agent', '--help']\n"
        "from bolt_agent.cli import main\n"
        "try: main()\n"
        f"finally: print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Usage" in done.stdout
    # typer reads types with pydantic; it is the only one
    assert done.stderr.strip() in ("[]", "['pydantic']")


def modules():
    for package in ("bolt_agent", "drivers", "simulator", "prompts"):
        for found in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            yield found.name


@pytest.mark.parametrize("name", sorted(modules()))
def test_the_examples_in_docstrings_run(name):
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0
