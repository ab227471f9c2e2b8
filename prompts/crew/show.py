"""A one-minute show in six scenes, for when no model composes one. ICONS and COLORS are its theme."""

import time
from typing import Any

from bolt_agent import RollFunc

ICONS = ["star", "note", "heart", "rocket", "sun", "smile"]
COLORS = ["gold", "red", "sky", "green", "magenta", "white"]


def scene(moss: Any, number: int) -> None:
    """Show what the scene is about, in its colour."""
    moss.body.wait()
    moss.face.show(ICONS[number], COLORS[number])
    moss.face.set_back_led(COLORS[number])


def run(moss: Any) -> None:
    scene(moss, 0)  # the entrance: a circle around the stage
    around = RollFunc(speed=60, duration=8, code="self.heading = 360 * passed / 8")
    moss.body.new_move(run=True).roll_by_func(around)

    scene(moss, 1)  # waves: from side to side, swaying
    waves = moss.body.new_move(run=True)
    waves.set_waddle(True).go(40, 90, 60).go(-80, 90, 60).go(40, 90, 60).set_waddle(False)

    scene(moss, 2)  # a surprise: still, then a whirl
    moss.body.wait(1)
    for number in (3, 2, 3, 2):
        moss.face.show(ICONS[number], COLORS[number])
        moss.body.new_move(run=True).spin(360 if number == 3 else -360, 1.2)
        moss.body.wait()

    scene(moss, 3)  # a star: out and back, five times
    for corner in range(5):
        moss.body.new_move(run=True).go(40, 144 * corner).go(-40, 144 * corner)

    scene(moss, 4)  # glitter: the lights dance while it turns slowly
    moss.body.new_move(run=True).spin(720, 10)
    for beat in range(20):
        moss.face.show(ICONS[4], COLORS[beat % len(COLORS)])
        time.sleep(0.5)

    scene(moss, 5)  # the bow
    moss.body.new_move(run=True).turn_to(0).go(-15).wait(0.5).go(15)
    moss.body.wait()
