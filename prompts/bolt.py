"""The default MOSS file: what the person and the model both read about this robot."""

from bolt_agent import Animation, Ball, Ghosts, LedMatrix, Memory, Mind, Move, RollFunc, Skills
from bolt_agent.moss import Moss as Parent


class Moss(Parent):
    body: Ball
    """your sphero ball body"""
    face: LedMatrix
    """your 8*8 led matrix face"""
    mind: Mind
    memory: Memory
    skills: Skills
    ghosts: Ghosts


def example_spin_the_bolt(moss: Moss) -> None:
    """Code you write defines `run(moss)`, like this."""
    moss.face.show("smile")
    moss.body.new_move(run=True).spin(360, 1)


# <moss-hide>
from bolt_agent import BoltGhost  # noqa: E402 - hidden with the rest: a model need not know

__ghost__ = BoltGhost(description="A small, cheerful ball that rolls, spins, and has a face of coloured lights.")
__all__ = [
    "Animation",
    "Ball",
    "Ghosts",
    "LedMatrix",
    "Memory",
    "Mind",
    "Moss",
    "Move",
    "RollFunc",
    "Skills",
    "example_spin_the_bolt",
]
# </moss-hide>
