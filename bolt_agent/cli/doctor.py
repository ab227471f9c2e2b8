"""`bolt-agent doctor`: what this computer has, what is missing, and where each setting comes from. No secrets."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sys
from importlib import metadata
from typing import Any

from pydantic import BaseModel

from bolt_agent.assembly import moss_setup
from bolt_agent.cli.options import Choices
from bolt_agent.moss.worker.executor import Executor
from bolt_agent.settings import read_settings, settings_file
from drivers.clock import RealClock
from drivers.errors import Disconnected
from drivers.radio import remedy, scan

__all__ = ["Finding", "examine"]

SCAN_TIME = 1.0
"""Seconds; long enough to learn whether Bluetooth works."""

PACKAGES = ("bolt-agent", "bleak", "mujoco-core", "openai", "pydantic", "spherov2")

SETTINGS = (
    *("driver", "robot", "brain", "model", "clock", "world", "seed"),
    *("top_speed", "top_seconds", "fence", "tilt", "low_battery"),
    *("approve", "ask_speed", "ask_seconds", "limit", "allow"),
)
SECRETS = ("OPENAI_API_KEY",)


class Finding(BaseModel):
    """One thing looked at. advice: what to do, where something is wrong."""

    what: str
    found: str
    fine: bool = True
    advice: str = ""


def examine(choices: Choices, *, sources: dict[str, str], as_json: bool = False) -> int:
    """Look at everything and say it. 0: a virtual robot can be used; what a real one lacks is only said."""
    findings = [
        *_system(),
        *asyncio.run(_living(choices)),
        *_brain(choices),
        *_calibrations(),
        *_settings(choices, sources),
    ]
    if as_json:
        print(json.dumps([finding.model_dump() for finding in findings], ensure_ascii=False, indent=1))
        return 0
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        print(f"{'ok ' if finding.fine else '!! '} {finding.what:<{width}}  {finding.found}")
        if finding.advice:
            print(f"    {'':<{width}}  -> {finding.advice}")
    return 0


def _system() -> list[Finding]:
    version = platform.python_version()
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    fits = sys.version_info >= (3, 11)
    return [
        Finding(what="Python", found=version, fine=fits, advice="" if fits else "install Python 3.11 or newer"),
        Finding(what="System", found=f"{platform.system()} {platform.release()} {platform.machine()}"),
        Finding(what="Packages", found=packages, fine="missing" not in packages),
    ]


async def _living(choices: Choices) -> list[Finding]:
    return [await _bluetooth(), await _walls(choices)]


async def _bluetooth() -> Finding:
    try:
        robots = await scan(SCAN_TIME)
    except Disconnected as error:
        advice = remedy(error.reason) or str(error)
        return Finding(what="Bluetooth", found=str(error.reason), fine=False, advice=advice)
    names = ", ".join(f"{robot.name} ({robot.signal} dBm)" for robot in robots)
    asleep = "shake the BOLT to wake it, and close other apps that are connected to it"
    return Finding(what="Bluetooth", found=f"works; in reach: {names or 'no BOLT'}", advice="" if robots else asleep)


async def _walls(choices: Choices) -> Finding:
    """Which walls stand around generated code, seen on a worker that is started for it."""
    executor = Executor(moss_setup(choices.options()), _Nobody(), RealClock())
    try:
        walls = await executor.open()
    except Exception as error:  # whatever it is, the doctor says it and goes on
        return Finding(what="Generated code", found=f"cannot run: {error}", fine=False)
    finally:
        executor.close()
    kernel = "seccomp" in walls
    weaker = "without seccomp (Linux has it) programs are only read before they run; run code you trust"
    limits = ", ".join(f"{name}={value:g}" for name, value in choices.options().limits)
    found = f"runs in a process of its own; walls: {', '.join(walls)}; limits: {limits}"
    return Finding(what="Generated code", found=found, fine=kernel, advice="" if kernel else weaker)


class _Nobody:
    async def answer(self, what: str, args: dict[str, Any]) -> Any:
        """Nothing runs, so nothing is asked."""


def _brain(choices: Choices) -> list[Finding]:
    from bolt_agent.brains.budget import Ledger
    from bolt_agent.brains.models import configured, read_models

    settings = read_settings()
    modelled = configured(settings)
    brain = f"{'openai' if modelled else 'reflex'} (auto)" if choices.brain == "auto" else choices.brain
    lacks = choices.brain == "openai" and not modelled
    advice = "set OPENAI_API_KEY, or OPENAI_BASE_URL of a local server" if lacks else ""
    found = [Finding(what="Brain", found=brain, fine=not lacks, advice=advice)]
    if modelled and choices.brain != "reflex":
        models = read_models(settings, choices.model)
        tokens, money = Ledger(models.budget).spent()
        named = [
            f"{name} ({model.model} at {_without_password(model.base_url) if model.base_url else 'OpenAI'})"
            for name, model in models.for_role().items()
        ]
        found.append(Finding(what="Models", found=f"{', '.join(named)}; today {tokens:,} tokens, {money:.2f} spent"))
    return found


def _calibrations() -> list[Finding]:
    from bolt_agent.robot.calibration import kept

    known = "; ".join(f"{each.robot} ({each.made[:10]}, {each.error:.1f} cm off)" for each in kept())
    return [Finding(what="Calibrated", found=known or "no robot; `bolt-agent calibrate` makes rolls more exact")]


def _settings(choices: Choices, sources: dict[str, str]) -> list[Finding]:
    path = settings_file()
    rows = [Finding(what="Settings file", found=f"{path}{'' if path.exists() else ' (not there)'}")]
    in_file = read_settings()
    for name in SETTINGS:
        source = sources.get(name, "DEFAULT")
        where = {
            "COMMANDLINE": "command line",
            "ENVIRONMENT": f"BOLT_AGENT_{name.upper()}",
            "DEFAULT_MAP": str(path),
        }.get(source, str(path) if name in in_file else "default")
        rows.append(Finding(what=name, found=f"{getattr(choices, name)}  ({where})"))
    address = os.environ.get("OPENAI_BASE_URL")
    rows.append(Finding(what="OPENAI_BASE_URL", found=_without_password(address) if address else "not set"))
    rows += [Finding(what=name, found="set" if os.environ.get(name) else "not set") for name in SECRETS]
    return rows


def _without_password(address: str) -> str:
    """An address as it may be shown: without user, password and query."""
    scheme, mark, rest = address.partition("://")
    host, _, path = rest.partition("?")[0].partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{'/' + path if path else ''}"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"
