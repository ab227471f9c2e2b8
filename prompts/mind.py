"""The MOSS file of a ghost without a body: it thinks, and lets others think."""

from bolt_agent import Ghosts, Mind
from bolt_agent.moss import Moss as Parent


class Moss(Parent):
    mind: Mind
    ghosts: Ghosts


def example_ask_another(moss: Moss) -> None:
    """Code you write defines `run(moss)`, like this; what it prints is part of your answer."""
    print(moss.ghosts.ask("critic", "Is a dance of two minutes too long for a child of four?"))
