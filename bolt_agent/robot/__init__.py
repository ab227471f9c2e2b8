"""The robot as people and models see it (Ball, Move, LedMatrix, Animation), the motions those compose, and the
player that performs motions through a driver."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bolt_agent.robot.animation import Animation, Frame
    from bolt_agent.robot.ball import Ball, Position
    from bolt_agent.robot.colors import Color, parse_color
    from bolt_agent.robot.curve import RollFunc, Straight
    from bolt_agent.robot.errors import BadValue, Refused, RobotError, Stopped
    from bolt_agent.robot.face import LedMatrix
    from bolt_agent.robot.icons import draw_icon, icon_names
    from bolt_agent.robot.move import Move
    from bolt_agent.robot.stage import BodyState, Outlet, Stage

__all__ = [
    "Animation",
    "BadValue",
    "Ball",
    "BodyState",
    "Color",
    "Frame",
    "LedMatrix",
    "Move",
    "Outlet",
    "Position",
    "Refused",
    "RobotError",
    "RollFunc",
    "Stage",
    "Stopped",
    "Straight",
    "draw_icon",
    "icon_names",
    "parse_color",
]

_HOMES = {
    "Animation": "animation",
    "BadValue": "errors",
    "Ball": "ball",
    "BodyState": "stage",
    "Color": "colors",
    "Frame": "animation",
    "LedMatrix": "face",
    "Move": "move",
    "Outlet": "stage",
    "Position": "ball",
    "Refused": "errors",
    "RobotError": "errors",
    "RollFunc": "curve",
    "Stage": "stage",
    "Stopped": "errors",
    "Straight": "curve",
    "draw_icon": "icons",
    "icon_names": "icons",
    "parse_color": "colors",
}


def __getattr__(name: str) -> Any:
    """Load what is used, when it is used: a brain that only writes code need not load what performs it."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
