"""Two expressions: a face alone says little; a face with a movement says what the robot feels.

bolt-agent run expressions.py                        one after the other
bolt-agent run expressions.py --function surprised   only one
"""

from bolt_agent import RollFunc
from prompts.bolt import Moss


def run(moss: Moss) -> None:
    """Be surprised, then shy."""
    surprised(moss)
    moss.body.wait(1)
    shy(moss)


def surprised(moss: Moss) -> None:
    """Start back, and stare."""
    moss.face.show("surprised", "yellow")
    moss.face.set_front_led("white")
    moss.body.new_move(run=True).go(-15, speed=140).wait(1)
    moss.body.wait()
    moss.face.set_front_led("off")


def shy(moss: Moss) -> None:
    """Turn half away, and come back in a curve that is not sure of itself."""
    moss.face.show("smile", "pink")
    sway = RollFunc(duration=2, fn=lambda passed: (40 * (1 - passed), 50))
    moss.body.new_move(run=True).turn_to(60).wait(1).roll_by_func(sway)
    moss.body.wait()
