"""The robot as people and models see it (Ball, Move, LedMatrix, Animation), the motions those compose, and the
player that performs motions through a driver."""

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
