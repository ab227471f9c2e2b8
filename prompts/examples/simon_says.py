"""Simon says: somebody calls, and the ball obeys only what Simon says. Now and then it gets it wrong.

bolt-agent run simon_says.py 6      six rounds, other ones each time
bolt-agent run simon_says.py 6 7    the rounds of game number 7, the same each time
"""

import random

from prompts.bolt import Moss

CALLS = {
    "roll forward": lambda move: move.go(20, heading=0),
    "roll back": lambda move: move.go(20, heading=180),
    "spin around": lambda move: move.spin(360, 1),
    "wiggle": lambda move: move.spin(40, 0.3).spin(-80, 0.6).spin(40, 0.3),
}


def run(moss: Moss, rounds: int = 5, game: int = 0) -> int:
    """Play, and print who said what. Gives the points: one for each round that the ball got right."""
    chance = random.Random(game or None)  # None: another game each time
    points = 0
    for _ in range(rounds):
        call, simon, attentive = chance.choice(list(CALLS)), chance.random() < 0.6, chance.random() < 0.8
        print(f"Simon says: {call}!" if simon else f"{call.capitalize()}!")
        right = obey(moss, call, does=simon is attentive, simon=simon)
        points += right
    print(f"{points} of {rounds} points")
    moss.face.show("crown" if points == rounds else "smile")
    return points


def obey(moss: Moss, call: str, *, does: bool, simon: bool) -> bool:
    """Do what is called, or stand still; then show whether that was right."""
    if does:
        CALLS[call](moss.body.new_move(run=True))
    moss.body.wait(None if does else 1)
    moss.face.show("check", "green") if does is simon else moss.face.show("cross", "red")
    moss.body.wait(1)
    return does is simon
