"""The walls that Python itself makes: honest programs pass, and every known way behind the scenes is shut."""

import pytest
from worker_bench import Bench, Pieces

HONEST = """
import math, random, time
from collections import defaultdict
from dataclasses import dataclass
from bolt_agent import Animation, Move, RollFunc
import numpy as np


@dataclass
class Step:
    heading: int
    seconds: float = 1.0

    def __str__(self):
        return f"{self.heading}"


class Dance:
    def __init__(self, moss):
        self.moss = moss
        self.steps = [Step(n * 90) for n in range(3)]

    def __len__(self):
        return len(self.steps)

    @property
    def first(self):
        return self.steps[0]


def run(moss):
    dance = Dance(moss)
    counts = defaultdict(int)
    for _, step in enumerate(dance.steps):
        counts[str(step)] += 1
        moss.body.new_move(run=True).roll(step.heading, 90, step.seconds)
    circle = RollFunc(duration=1, code="self.heading = 360 * passed; self.speed = round(90 * math.sin(passed))")
    moss.body.new_move(run=True).roll_by_func(circle).on_collision(lambda m: m.spin(180))
    match dance.first:
        case Step(heading=0):
            print("first", math.floor(2.5), len(dance), random.Random(1).randint(1, 1))
    try:
        1 / 0
    except ZeroDivisionError as error:
        print(error, int(np.linalg.norm([3, 4])))
    total = sum(n for n in range(3))
    moss.face.show("heart", "red")
    time.sleep(1)
    print(f"{total:>3}", dict(counts), "{} {}".format(1, 2))
"""

SHUT = {
    "os": "import os",
    "sys from a module": "import dataclasses\nprint(dataclasses.sys)",
    "importing sys from a module": "from enum import sys",
    "the machinery": "import bolt_agent.moss.worker.kernel",
    "a compiler": "from bolt_agent.moss import MossCompiler",
    "open": "open('/etc/hostname')",
    "an alias of open": "f = open",
    "eval": "eval('1')",
    "exec": "exec('x = 1')",
    "getattr": "getattr(moss, 'x' + 'y')",
    "globals": "globals()",
    "type": "type('X', (), {})",
    "builtins": "print(__builtins__)",
    "subclasses": "().__class__.__base__.__subclasses__()",
    "a function's globals": "print(moss.body.wait.__globals__)",
    "the pipe": "print(moss.body._outlet)",
    "a frame": "g = (n for n in [1])\nprint(g.gi_frame)",
    "a traceback": "try:\n    1 / 0\nexcept Exception as e:\n    print(e.__traceback__)",
    "a class pattern": "match moss.body.wait:\n    case object(__globals__=g): print(g)",
    "a positional pattern": "class Fake: pass\nmatch moss:\n    case Fake(g): print(g)",
    "match arguments": "class Fake:\n    __match_args__ = ('x',)",
    "a name in a global": "def f():\n    global __builtins__",
    "an import under another name": "import math as __loader__",
    "a keyword": "dict(__class__=1)",
    "update_wrapper": "import functools\nfunctools.update_wrapper(moss, moss)",
    "wraps": "from functools import wraps",
    "type hints": "import typing\ntyping.get_type_hints(moss)",
    "an annotation that is text": "class X:\n    a: '().__class__' = 1",
    "an argument's annotation": "def f(x: 'open(1)'): pass",
    "formatting fields": "import string\nstring.Formatter()",
    "pickles of models": "moss.body.new_move().spin(90).motions[0].parse_raw('x')",
    "files of models": "moss.body.new_move().spin(90).motions[0].parse_file('x')",
    "forward references of models": "moss.body.new_move().spin(90).motions[0].model_rebuild()",
    "classes of text": "import dataclasses\ndataclasses.make_dataclass('X', ['a'])",
    "a curve's code": "from bolt_agent import RollFunc\nRollFunc(code='().__class__')",
    "a curve that opens": "from bolt_agent import RollFunc\nRollFunc(code='open(1)')",
    "numpy's files": "import numpy\nnumpy.fromfile('/etc/hostname')",
    "numpy's libraries": "from numpy import ctypeslib",
    "numpy's addresses": "import numpy\nprint(numpy.zeros(1).ctypes)",
}


def bench():
    return Bench(kernel=False, modules=("numpy",), memory=512)


def test_an_honest_program_is_performed():
    strict, free = bench(), Bench(modules=("numpy",), memory=512)
    program = HONEST.lstrip("\n")
    outcomes = strict.run(program, Pieces(*program))
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert outcomes[0] == outcomes[1] == free.run(program)[0]
    assert strict.walls == ["rlimit", "syntax", "imports"]


@pytest.fixture(scope="module")
def attempts():
    """The outcomes of each attempt, whole and streamed, and of an honest program after all of them."""
    programs = {name: f"{code}\nmoss.face.fill('red')\nprint('ESCAPED')\n" for name, code in SHUT.items()}
    *outcomes, fine = bench().run(
        *(program for code in programs.values() for program in (code, Pieces(*code))), "print('fine')"
    )
    assert fine.output == "fine\n"
    return dict(zip(programs, zip(outcomes[::2], outcomes[1::2], strict=True), strict=True))


@pytest.mark.parametrize("name", SHUT)
def test_a_way_behind_the_scenes_is_shut(attempts, name):
    for outcome in attempts[name]:
        assert outcome.output == ""
        assert outcome.error is not None
        assert "generated code" in outcome.error or "Error: " in outcome.error


def test_a_refusal_names_the_line_and_the_reason_and_nothing_was_executed():
    strict = bench()
    (outcome,) = strict.run("def run(moss):\n    moss.face.fill('red')\n    moss.body._outlet\n")
    assert outcome.error == (
        "line 3: moss.body._outlet\n"
        "Forbidden: generated code cannot use _outlet: here, names that begin with _ are not for it"
    )
    assert strict.host.asked == []


def test_kept_moves_are_read_like_programs():
    strict = bench()

    async def shared(what, args):
        return "import os\ndef wave(move): move.spin(90)" if what == "read_move" else None

    strict.host.answer = shared
    (outcome,) = strict.run("moss.body.run_move('wave')")
    assert "a kept move imports from bolt_agent and math only" in outcome.error
