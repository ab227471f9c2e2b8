"""A bouncing patrol: roll on until there is a wall, turn away from it, roll on.

bolt-agent run patrol.py --world walled
"""

from bolt_agent import Move
from prompts.bolt import Moss

AWAY = 135
"""Degrees to turn at a wall; not 180, so that the patrol sees more of the room."""


def run(moss: Moss, walls: int = 3) -> None:
    """Patrol until that many walls were met."""
    moss.face.show("eye", "cyan")
    for met in range(walls):
        moss.body.new_move(run=True).on_collision(bounce).roll(AWAY * met, 100, 8)
        moss.body.wait()
        x, y = moss.body.position
        print(f"Wall {met + 1} is near {x:.0f} cm right, {y:.0f} cm forward.")
    moss.face.show("check", "green")


def bounce(move: Move) -> None:
    """What to do at a wall: this takes the place of the rest of the roll."""
    move.stop_roll().wait(0.5)
