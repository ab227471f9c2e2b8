"""bolt-agent: say or type what a Sphero BOLT should do, and it does it.

MOSS files import what they need from here:

    from bolt_agent import Animation, Ball, LedMatrix, Move, RollFunc
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bolt_agent.ghost.ghost import Ghost
    from bolt_agent.robot import Animation, Ball, LedMatrix, Move, RollFunc, Straight

__all__ = ["Animation", "Ball", "Ghost", "LedMatrix", "Move", "RollFunc", "Straight", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the robot's classes only when somebody uses them: `bolt-agent --help` need not wait for pydantic."""
    if name == "Ghost":
        return getattr(import_module("bolt_agent.ghost.ghost"), name)
    if name in __all__:
        return getattr(import_module("bolt_agent.robot"), name)
    raise AttributeError(f"module 'bolt_agent' has no attribute {name!r}")
