"""Saying in words what a rehearsed function would make the robot do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import compress, groupby, pairwise

from bolt_agent.authoring.rehearsal import Rehearsal
from bolt_agent.robot.colors import COLOR_NAMES
from bolt_agent.robot.icons import BLACK, load_icons

__all__ = ["describe", "name_picture"]

SEEN = 0.2
"""Seconds that a picture must stand to be worth a word; those of a scrolling text and of fades are shorter."""

MOST_PICTURES = 12

UNNAMED = "a picture"


def describe(rehearsal: Rehearsal) -> Iterator[str]:
    """One sentence after another."""
    report = rehearsal.report
    path, pose = report["path"], report["pose"]
    distance = sum(math.dist(here[1:3], there[1:3]) for here, there in pairwise(path))
    yield f"It takes {rehearsal.seconds:.1f} s."
    if distance >= 1:
        place = _place(pose["x"], pose["y"])
        yield f"It rolls {distance:.0f} cm and ends {place}, facing {pose['heading']:.0f} degrees."
    else:
        yield f"It stays where it is, facing {pose['heading']:.0f} degrees at the end."
    if abs(report["spun"]) >= 5:
        way = "clockwise" if report["spun"] > 0 else "counter-clockwise"
        yield f"It turns {abs(report['spun']):.0f} degrees {way} in all."
    for name in dict.fromkeys(name for _, name in report["events"]):
        times = [f"{time - rehearsal.began:.1f} s" for time, event in report["events"] if event == name]
        yield f"{name.capitalize()} at {', '.join(times[:8])}{' ...' if len(times) > 8 else ''}."
    shown = list(_shown(rehearsal))
    if not shown:
        yield "Its face stays dark."
    else:
        yield f"Its face shows {', '.join(shown[:MOST_PICTURES])}{' ...' if len(shown) > MOST_PICTURES else ''}."
        yield f"At the end its face is {name_picture([color for row in report['matrix'] for color in row])}."
    lights = [
        f"{which} {name_color(report[f'{which}_led'])}"
        for which in ("front", "back")
        if report[f"{which}_led"] != BLACK
    ]
    if lights:
        yield f"At the end its lights are {' and '.join(lights)}."


def name_picture(colors: Sequence[str]) -> str:
    """A picture of 64 colours in a few words.

    >>> name_picture(["#000000"] * 64), name_picture(["#ff0000"] * 64)
    ('dark', 'all red')
    """
    lit = set(colors) - {BLACK}
    if not lit:
        return "dark"
    if len(set(colors)) == 1:
        return f"all {name_color(colors[0])}"
    for icon in load_icons().values():
        drawn = [BLACK if dot == "." else icon.colors[dot] for row in icon.rows for dot in row]
        if list(colors) == drawn:
            return icon.names[0]
        if len(lit) == 1 and [color == BLACK for color in colors] == [color == BLACK for color in drawn]:
            return f"{icon.names[0]} in {name_color(*lit)}"
    return UNNAMED


def name_color(color: str) -> str:
    """A colour by its name, if it has one.

    >>> name_color("#ff0000"), name_color("#123456")
    ('red', '#123456')
    """
    return next((name for name, value in COLOR_NAMES.items() if value == color), color)


def _shown(rehearsal: Rehearsal) -> Iterator[str]:
    """What the face shows, in order; the same thing twice in a row once."""
    texts = [(time, f'the text "{text}" in {name_color(color)}') for time, text, color in rehearsal.report["texts"]]
    log = rehearsal.report["matrix_log"]
    moments = [*(time for time, _ in log), rehearsal.began + rehearsal.seconds + SEEN]
    lasting = [end - time >= SEEN for time, end in pairwise(moments)]
    pictures = [(time, name_picture(colors)) for time, colors in compress(log, lasting)]
    in_order = [what for _, what in sorted([*texts, *pictures], key=lambda entry: entry[0]) if what != "dark"]
    for what, same in groupby(in_order):
        yield "moving pictures" if what == UNNAMED and len(list(same)) > 1 else what


def _place(x: float, y: float) -> str:
    if math.hypot(x, y) < 1:
        return "where it began"
    words = [
        f"{abs(value):.0f} cm {word}"
        for value, word in ((y, "forward" if y > 0 else "back"), (x, "right" if x > 0 else "left"))
        if abs(value) >= 0.5
    ]
    return f"{' and '.join(words)} of its start"
