"""Judges what a virtual BOLT did, by its report: where it went, how it turned, what it showed and said."""

from __future__ import annotations

import colorsys
import itertools
import math
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

MOVING = 4.0
"""cm/s; what is slower stands still."""

STRIDE = 3.0
"""cm between the points of the way, coarse enough that a wobble is no turn."""

BEND = 18.0
"""Degrees between two legs of the way."""

HUES = ((14, "red"), (42, "orange"), (70, "yellow"), (165, "green"), (200, "cyan"), (262, "blue"), (292, "purple"),
        (342, "pink"), (360, "red"))  # fmt: skip
ALSO = {"pink": {"purple"}, "purple": {"pink", "blue"}, "cyan": {"blue", "green"}, "orange": {"yellow", "brown"}}
"""What a person would accept for a colour besides the colour itself."""

Frame = list[str]


def between(first: float, second: float) -> float:
    """The signed angle from one direction to another, -180..180."""
    return (second - first + 180) % 360 - 180


def direction(start: list[float], end: list[float]) -> float:
    """The way from one point to another, in degrees clockwise from ahead."""
    return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360


def color_name(code: str) -> str:
    """What a person would call a colour."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if value < 0.09:
        return "black"
    if saturation < 0.22:
        return "white"
    return next(name for limit, name in HUES if hue * 360 <= limit)


def is_color(code: str, name: str) -> bool:
    return color_name(code) in {name, *ALSO.get(name, ())}


def lit(frame: Frame) -> Frame:
    return [code for code in frame if color_name(code) != "black"]


class Seen:
    """The measurements of one report."""

    def __init__(self, report: dict[str, Any]) -> None:
        self.report = report
        self.path: list[list[float]] = report["path"] or [[0.0] * 5]
        self.points = [point[1:3] for point in self.path]
        self.start, self.end = self.points[0], self.points[-1]
        self.turns: list[dict[str, Any]] = report["turns"]

    @cached_property
    def net(self) -> float:
        return math.dist(self.start, self.end)

    @cached_property
    def length(self) -> float:
        return sum(itertools.starmap(math.dist, itertools.pairwise(self.points)))

    @cached_property
    def speeds(self) -> list[float]:
        """The speeds at which it moved."""
        return [point[4] for point in self.path if point[4] > MOVING]

    @cached_property
    def strides(self) -> list[tuple[float, float]]:
        """(direction, length) of the way in steps of some cm."""
        kept = [self.start]
        for point in self.points:
            if math.dist(point, kept[-1]) >= STRIDE:
                kept.append(point)
        return [(direction(a, b), math.dist(a, b)) for a, b in itertools.pairwise(kept)]

    @cached_property
    def legs(self) -> list[tuple[float, float]]:
        """(direction, length) of the straight parts; short ones between two others are corners, not legs."""
        straight = _merged(self.strides)
        shortest = max(6.0, 0.25 * max((length for _, length in straight), default=0.0))
        return _merged([leg for leg in straight if leg[1] >= shortest])

    @cached_property
    def turning(self) -> float:
        """How far the way bends in all, clockwise positive."""
        return sum(between(a, b) for (a, _), (b, _) in itertools.pairwise(self.strides))

    @cached_property
    def area(self) -> float:
        ring = [*self.points, self.start]
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2

    @property
    def face(self) -> Frame:
        """The face at the end."""
        return [code for row in self.report["matrix"] for code in row]

    @cached_property
    def frames(self) -> list[Frame]:
        return [*(frame for _, frame in self.report["matrix_log"]), self.face]

    def light(self, which: str) -> list[str]:
        """The colours a light had, the last one last."""
        return [*(code for _, of, code in self.report["led_log"] if of == which), self.report[f"{which}_led"]]

    def path_of(self, turn: int) -> list[list[float]]:
        """Where it was during one turn of the talk, and while it came to rest after it."""
        said = self.turns[turn]
        return [point[1:3] for point in self.path if said["t_start"] <= point[0] <= said["t_end"] + 0.5]


def _merged(legs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The legs, those that go on the same way as one."""
    merged: list[tuple[float, float]] = []
    for way, length in legs:
        if merged and abs(bend := between(merged[-1][0], way)) < BEND:
            whole = merged[-1][1] + length
            merged[-1] = ((merged[-1][0] + bend * length / whole) % 360, whole)
        else:
            merged.append((way, length))
    return merged


def _moved(seen: Seen, way: float, tolerance: float, least: float) -> bool:
    return seen.net >= least and abs(between(direction(seen.start, seen.end), way)) <= tolerance


def _away_after(seen: Seen, event: str, least: float) -> bool:
    times = [time for time, name in seen.report["events"] if name == event]
    if not times:
        return False
    there = min(seen.path, key=lambda point: abs(point[0] - times[0]))[1:3]
    return math.dist(there, seen.end) >= least


def _shows(seen: Seen, name: str, least: int = 4, most: int = 64) -> bool:
    return any(least <= sum(is_color(code, name) for code in frame) <= most for frame in seen.frames)


def _shows_at_last(seen: Seen, name: str, least: int = 4, most: int = 64) -> bool:
    return least <= sum(is_color(code, name) for code in seen.face) <= most


def _is_symmetric(frame: Frame) -> bool:
    """Left and right alike but for a dot or so, about the middle or, for pictures 7 wide, a column aside."""
    rows = [[color_name(code) != "black" for code in frame[at : at + 8]] for at in range(0, 64, 8)]
    return len(lit(frame)) >= 6 and any(
        sum(row[low + k] == row[high - k] for row in rows for k in range((high - low + 1) // 2))
        >= 7.2 * ((high - low + 1) // 2)
        for low, high in ((0, 7), (0, 6), (1, 7))
    )


def _wrote(seen: Seen, text: str, color: str | None = None) -> bool:
    text = str(text).lower()
    written = [(wrote.lower(), code) for _, wrote, code in seen.report["texts"]]
    if color is not None:
        return any(text in wrote and is_color(code, color) for wrote, code in written)
    return text in "".join(wrote for wrote, _ in written) or any(text in wrote for wrote, _ in written)


def _blinked(seen: Seen, least: int) -> bool:
    """Whether the face or a light went from dark to lit so often."""
    face = [bool(lit(frame)) for _, frame in seen.report["matrix_log"]]
    lights = [[color_name(code) != "black" for code in seen.light(which)[:-1]] for which in ("front", "back")]
    return any(sum(b and not a for a, b in itertools.pairwise([False, *states])) >= least for states in (face, *lights))


def _lit_while_moving(seen: Seen) -> bool:
    changes = [(time, bool(lit(frame))) for time, frame in seen.report["matrix_log"]]
    moments = [
        here[0]
        for before, here in itertools.pairwise(seen.path)
        if here[4] > MOVING or abs(between(before[3], here[3])) > 0.5
    ]
    shown = [next((on for time, on in reversed(changes) if time <= moment), False) for moment in moments]
    return bool(shown) and sum(shown) >= 0.6 * len(shown)


def _colors(seen: Seen) -> set[str]:
    codes = [code for frame in seen.frames for code in frame] + seen.light("front") + seen.light("back")
    return {color_name(code) for code in {*codes}} - {"black"}


def _paused(seen: Seen, seconds: float, tolerance: float) -> bool:
    """Whether it stood still for about so long between two moves."""
    rolling = [point[0] for point in seen.path if point[4] > MOVING]
    return any(abs(b - a - seconds) <= tolerance for a, b in itertools.pairwise(rolling))


def _starts_after(seen: Seen, seconds: float) -> bool:
    rolling = [point[0] for point in seen.path if point[4] > MOVING]
    return bool(rolling) and rolling[0] >= seen.path[0][0] + seconds and seen.length > 5


def _turned_back(seen: Seen, least: int) -> bool:
    return sum(abs(between(a, b)) > 120 for (a, _), (b, _) in itertools.pairwise(seen.legs)) >= least


def _turn_moved(seen: Seen, turn: int, wanted: bool) -> bool:
    far = sum(itertools.starmap(math.dist, itertools.pairwise(seen.path_of(turn))))
    return (far > 8) == wanted


CHECKS: dict[str, Callable[..., bool]] = {
    "area": lambda seen, least: seen.area >= least,
    "away_after": _away_after,
    "blank": lambda seen: not lit(seen.face),
    "blinks": _blinked,
    "closed": lambda seen, least, tolerance: seen.length >= least and seen.net <= tolerance,
    "color": _shows,
    "colors_shown": lambda seen, least: len(_colors(seen)) >= least,
    "dist": lambda seen, cm, tolerance: abs(seen.net - cm) <= tolerance,
    "duration": lambda seen, least, most: least <= seen.path[-1][0] - seen.path[0][0] <= most,
    "end": lambda seen, x, y, tolerance: math.dist(seen.end, (seen.start[0] + x, seen.start[1] + y)) <= tolerance,
    "event": lambda seen, name: any(event == name for _, event in seen.report["events"]),
    "face": lambda seen, least=6, most=60: any(least <= len(lit(frame)) <= most for frame in seen.frames),
    "final_color": _shows_at_last,
    "frames": lambda seen, least: len({tuple(frame) for _, frame in seen.report["matrix_log"]}) >= least,
    "heading": lambda seen, way, tolerance=12: abs(between(seen.report["pose"]["heading"], way)) <= tolerance,
    "last_reply": lambda seen, pattern: re.search(pattern, seen.turns[-1]["reply"], re.IGNORECASE) is not None,
    "led": lambda seen, which, name: any(is_color(code, name) for code in seen.light(which)),
    "led_off": lambda seen, which: color_name(seen.light(which)[-1]) == "black",
    "leg": lambda seen, at, way, tolerance=20: (
        len(seen.legs) > (at if at >= 0 else ~at) and abs(between(seen.legs[at][0], way)) <= tolerance
    ),
    "legs": lambda seen, number: len(seen.legs) == number,
    "legs_at_least": lambda seen, number: len(seen.legs) >= number,
    "mean_speed": lambda seen, least, most=math.inf: least <= sum(seen.speeds) / max(1, len(seen.speeds)) <= most,
    "moved": _moved,
    "moving_time": lambda seen, seconds, tolerance: abs(0.02 * len(seen.speeds) - seconds) <= tolerance,
    "pause": _paused,
    "reversals": _turned_back,
    "spun": lambda seen, angle, tolerance: abs(abs(seen.report["spun"]) - abs(angle)) <= tolerance,
    "spun_signed": lambda seen, angle, tolerance: abs(seen.report["spun"] - angle) <= tolerance,
    "starts_after": _starts_after,
    "status": lambda seen, *allowed: seen.turns[-1]["status"] in allowed,
    "still": lambda seen, most=4: seen.length <= most,
    "symmetric": lambda seen: any(map(_is_symmetric, seen.frames)),
    "text": _wrote,
    "travelled": lambda seen, least, most=math.inf: least <= seen.length <= most,
    "turn_moved": _turn_moved,
    "turning": lambda seen, angle, tolerance: abs(abs(seen.turning) - angle) <= tolerance,
    "while_moving": _lit_while_moving,
}


def failures(report: dict[str, Any], checks: list[list[Any]]) -> list[list[Any]]:
    """The checks that do not hold, and any turn that went wrong."""
    seen = Seen(report)
    wrong = [["error", turn["error"]] for turn in seen.turns if turn["status"] == "error"]
    return wrong + [check for check in checks if not CHECKS[check[0]](seen, *check[1:])]
