"""A stage that keeps what is composed."""

import pytest

from bolt_agent.robot import Ball, BodyState, LedMatrix, Outlet


class Notebook:
    """A stage on which nothing moves: it keeps the motions, and what else was asked, in order."""

    def __init__(self):
        self.motions = []
        self.moves = {}
        self.asked = []

    def perform(self, motion, *, move):
        self.motions.append((move, motion))

    def cut(self):
        self.asked.append("cut")

    def wait(self, *, seconds=None, track=None):
        self.asked.append(("wait", seconds, track))

    def program(self):
        return "def run(moss):\n    ..."

    def save_move(self, name, source):
        self.moves[name] = source

    def read_move(self, name):
        return self.moves[name]

    def delete_move(self, name):
        del self.moves[name]

    def state(self):
        return BodyState(x=12.5, y=-3.0, heading=90.0, speed=4.0, battery=87)


@pytest.fixture
def stage():
    return Notebook()


@pytest.fixture
def outlet(stage):
    return Outlet(stage)


@pytest.fixture
def ball(outlet):
    return Ball(outlet)


@pytest.fixture
def face(outlet):
    return LedMatrix(outlet)
