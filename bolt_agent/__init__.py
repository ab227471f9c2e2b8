"""bolt-agent: say or type what a Sphero BOLT should do, and it does it.

MOSS files import what they need from here:

    from bolt_agent import Animation, Ball, LedMatrix, Move, RollFunc
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bolt_agent.ghost.ghost import BoltGhost, Chatbot, Ghost, MossAgent
    from bolt_agent.ghost.members import Ghosts, Memory, Mind, Skills
    from bolt_agent.opening import open_conversation
    from bolt_agent.robot import Animation, Ball, LedMatrix, Move, RollFunc, Straight

__all__ = [
    "Animation",
    "Ball",
    "BoltGhost",
    "Chatbot",
    "Ghost",
    "Ghosts",
    "LedMatrix",
    "Memory",
    "Mind",
    "MossAgent",
    "Move",
    "RollFunc",
    "Skills",
    "Straight",
    "__version__",
    "open_conversation",
]

_HOMES = {
    "open_conversation": "bolt_agent.opening",
    **dict.fromkeys(("BoltGhost", "Chatbot", "Ghost", "MossAgent"), "bolt_agent.ghost.ghost"),
    **dict.fromkeys(("Ghosts", "Memory", "Mind", "Skills"), "bolt_agent.ghost.members"),
}
"""Where names live that are not the robot's."""

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the robot's classes only when somebody uses them: `bolt-agent --help` need not wait for pydantic."""
    if name in __all__:
        return getattr(import_module(_HOMES.get(name, "bolt_agent.robot")), name)
    raise AttributeError(f"module 'bolt_agent' has no attribute {name!r}")
