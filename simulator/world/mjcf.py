"""A world as a MuJoCo model.

A ball is a cart in a shell: the cart (chassis) carries the weight and the face, the shell rolls around it. Motors act
*between* the two, so the ball accelerates as far as the chassis leans. MuJoCo counts in metres; its x is to the
right, its y forward.
"""

from __future__ import annotations

import math

from simulator.world.parts import Block, Pin, Ramp, Rectangle, Start
from simulator.world.spec import WorldSpec

__all__ = ["CHASSIS_MASS", "LOW_WEIGHT", "MASS", "RADIUS", "SHELL_INERTIA", "build_mjcf"]

RADIUS = 0.0365
"""m; a BOLT is 73 mm across."""
SHELL_MASS, CHASSIS_MASS = 0.055, 0.145
MASS = SHELL_MASS + CHASSIS_MASS
"""kg; a BOLT weighs 200 g, of which the shell is about a quarter."""
SHELL_INERTIA = 4.9e-5
"""kg m²; a thin shell, two thirds of m r²."""
CHASSIS_INERTIA = (3.5e-5, 3.5e-5, 3.0e-5)
LOW_WEIGHT = 0.0106
"""m that the chassis' weight lies below the middle: what makes a BOLT lean some 35° at 1 m/s²."""
BOARD = 4.0
"""cm; how thick a ramp is."""

_MODEL = """<mujoco>
<option timestep="0.001" integrator="implicitfast" cone="elliptic" impratio="10"/>
<default>
  <!-- Rolling friction in the contact makes a ball hop; it is left out here and belongs to the drive. -->
  <geom condim="6" friction="{friction} 0.002 0.00002" solref="0.004 1" solimp="0.95 0.99 0.001"/>
  <default class="upright">
    <!-- Priority lets the wall's own softness count: the ball comes back with half its speed. -->
    <geom type="box" priority="1" solref="0.008 0.2" friction="0.4 0.002 0.00002"/>
  </default>
  <default class="ground"><geom type="box"/></default>
  <!-- Loose things slide: their own low friction counts, so that a ball can push them. -->
  <default class="loose"><geom condim="4" priority="1" friction="0.2 0.002 0.00002"/>
    <!-- Pins are hard: they fly apart, so that one topples the next. -->
    <default class="pin"><geom solref="0.008 0.12"/></default>
  </default>
</default>
<worldbody>
  <geom name="floor" type="plane" size="0 0 1"/>
{parts}
</worldbody>
<actuator>
{motors}
</actuator>
</mujoco>"""

_BALL = """  <body name="ball{n}" pos="{x} {y} {z}" quat="{w} 0 0 {k}"><freejoint/>
    <inertial pos="0 0 -{low}" mass="{chassis}" diaginertia="{inertia}"/>
    <body name="shell{n}"><joint name="inside{n}" type="ball" damping="2e-6"/>
      <inertial pos="0 0 0" mass="{shell}" diaginertia="{shell_inertia} {shell_inertia} {shell_inertia}"/>
      <geom type="sphere" size="{radius}" mass="0"/>
    </body>
  </body>"""

_MOTORS = """  <motor jointinparent="inside{n}" gear="1 0 0"/>
  <motor jointinparent="inside{n}" gear="0 1 0"/>
  <motor jointinparent="inside{n}" gear="0 0 1"/>"""


def build_mjcf(world: WorldSpec) -> str:
    """The MJCF text of a world with its balls. Each ball has three motors: about its right, forward and up axes.

    The balls come first of all that moves, then blocks, then pins.
    """
    parts = [_upright(rectangle) for rectangle in world.rectangles()]
    parts += [_upright(ledge.rectangle(), kind="ground") for ledge in world.ledges]
    parts += [_ramp(ramp) for ramp in world.ramps]
    parts += [_ball(number, start, world.ground_at(*start.at)) for number, start in enumerate(world.balls)]
    parts += [_block(block, world.ground_at(*block.at)) for block in world.blocks]
    parts += [_pin(pin, world.ground_at(*pin.at)) for pin in world.pins]
    motors = [_MOTORS.format(n=number) for number in range(len(world.balls))]
    return _MODEL.format(friction=world.floor.friction, parts="\n".join(parts), motors="\n".join(motors))


def _upright(part: Rectangle, kind: str = "upright") -> str:
    x, y, half_height = part.x / 100, part.y / 100, part.height / 200
    size = f"{part.width / 200:.6f} {part.depth / 200:.6f} {half_height:.6f}"
    # MuJoCo turns counter-clockwise, headings clockwise
    place = f"{x:.6f} {y:.6f} {half_height:.6f}"
    half = -math.radians(part.heading) / 2
    return f'  <geom class="{kind}" size="{size}" pos="{place}" quat="{math.cos(half):.9f} 0 0 {math.sin(half):.9f}"/>'


def _ramp(ramp: Ramp) -> str:
    """A board whose upper face is the slope; what is too much of it is under the floor."""
    (x, y), (width, depth) = ramp.at, ramp.size
    slope = math.atan2(ramp.height, depth)
    length = math.hypot(ramp.height, depth)
    # from the middle of the slope into the board, half its thickness
    back, down = BOARD / 2 * math.sin(slope), BOARD / 2 * math.cos(slope)
    turn = math.radians(ramp.heading)
    place = (x + back * math.sin(turn), y + back * math.cos(turn), ramp.height / 2 - down)
    axes = f"{math.cos(turn):.9f} {-math.sin(turn):.9f} 0 "
    axes += f"{math.sin(turn) * math.cos(slope):.9f} {math.cos(turn) * math.cos(slope):.9f} {math.sin(slope):.9f}"
    size = _metres(width / 2, length / 2, BOARD / 2)
    return f'  <geom class="ground" size="{size}" pos="{_metres(*place)}" xyaxes="{axes}"/>'


def _block(block: Block, ground: float) -> str:
    (x, y), (width, depth) = block.at, block.size
    half = -math.radians(block.heading) / 2
    return (
        f'  <body pos="{_metres(x, y, ground + block.height / 2)}" '
        f'quat="{math.cos(half):.9f} 0 0 {math.sin(half):.9f}"><freejoint/>\n'
        f'    <geom class="loose" type="box" mass="{block.mass / 1000}" '
        f'size="{_metres(width / 2, depth / 2, block.height / 2)}"/></body>'
    )


def _pin(pin: Pin, ground: float) -> str:
    return (
        f'  <body pos="{_metres(*pin.at, ground + pin.height / 2)}"><freejoint/>\n'
        f'    <geom class="pin" type="cylinder" mass="{pin.mass / 1000}" '
        f'size="{_metres(pin.radius, pin.height / 2)}"/></body>'
    )


def _metres(*centimetres: float) -> str:
    return " ".join(f"{length / 100:.6f}" for length in centimetres)


def _ball(number: int, start: Start, ground: float) -> str:
    half = -math.radians(start.heading) / 2
    return _BALL.format(
        n=number,
        x=start.at[0] / 100,
        y=start.at[1] / 100,
        w=f"{math.cos(half):.12f}",
        k=f"{math.sin(half):.12f}",
        z=RADIUS + ground / 100,
        radius=RADIUS,
        low=LOW_WEIGHT,
        chassis=CHASSIS_MASS,
        inertia=" ".join(map(str, CHASSIS_INERTIA)),
        shell=SHELL_MASS,
        shell_inertia=SHELL_INERTIA,
    )
