"""A square dance: four sides, a turn at each corner, and a bow at the end.

bolt-agent run square_dance.py 40   with sides of 40 cm
"""

from prompts.bolt import Moss

COLORS = ("red", "gold", "green", "sky")


def run(moss: Moss, side: float = 50) -> None:
    """Dance along a square of that many cm."""
    for corner, color in enumerate(COLORS):
        moss.face.show("note", color)
        moss.body.new_move(run=True).go(side, heading=90 * corner).spin(360, 1)
        moss.body.wait()  # so that the next colour comes at the next corner
    bow(moss)


def bow(moss: Moss) -> None:
    """Thank the audience."""
    moss.face.show("smile")
    moss.body.new_move(run=True).turn_to(0).go(-10).go(10)
