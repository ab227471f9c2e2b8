"""Five hundred programs do the same whole in this process, whole in the worker, and streamed, wherever they are cut."""

import random
import textwrap

import pytest
from worker_bench import Bench, Pieces

PROGRAMS = 500
EVERY_CUT = (0, 4, 26)
"""Programs that are cut at every place; the others at some."""

HEAD = """\
from math import sqrt

class quiet:
    def __enter__(self): pass
    def __exit__(self, kind, *_): return kind is ValueError

def twice(moss):
    for _ in range(2):
        moss.face.fill("blue")

"""
ACTIONS = (
    "moss.face.fill('red')",
    "moss.body.new_move(run=True).roll(x, 90, 1).spin(90)",
    "moss.body.wait(1)",
    "print('x is', x)",
    "x += 1",
    "y = [n * x for n in range(3)]; print(y)",
    "moss.body.run(moss.body.new_move().go(10 + x))",
    "print(moss.body.position.y)",
    "moss.face.show('heart' if x % 2 else 'star')",
    "text = '''two\n lines'''; print(len(text))",
    "total = (x +\n        1)",
    "x = x + \\\n    1",
    "pass  # nothing but a remark",
    "twice(moss)",
    "keep = lambda n: n + x; print(keep(2))",
    "print(sqrt(x))",
)
FAILURES = (
    "1 / 0",
    "moss.face.fil('red')",
    "print(unknown)",
    "moss.body.new_move(run=True).roll(0, 999, 1)",
    "return x",
)
BLOCKS = (
    ("for x in range(2):", ""),
    ("if x % 2:", "else:\n    print('even')"),
    ("try:", "except ZeroDivisionError as error:\n    print(error)\nfinally:\n    print('at last')"),
    ("def inner(x=5):", "inner()"),
    ("for n in range(3):\n    if n == 1: break", "else:\n    print('never')"),
    ("with quiet():", ""),
)


def program(seed):
    """A program: with `run` or without, one in three of them with a mistake or a return."""
    choose = random.Random(seed)
    with_run = choose.random() < 0.7
    statements = ["x = 1", *_statements(choose, 0)]
    if choose.random() < 0.3:
        wrong = choose.choice(FAILURES if with_run else FAILURES[:-1])
        statements.insert(choose.randint(1, len(statements)), wrong)
    body = "".join(f"{statement}\n" for statement in statements)
    return HEAD + ("def run(moss):\n" + _indented(body) if with_run else body)


def _statements(choose, depth):
    made = []
    for _ in range(choose.randint(1, 4)):
        if depth < 2 and choose.random() < 0.3:
            header, tail = choose.choice(BLOCKS)
            inner = _indented("\n".join(_statements(choose, depth + 1)))
            made.append("\n".join(filter(None, (header, inner, tail))))
        else:
            made.append(choose.choice(ACTIONS))
    return made


def _indented(text):
    """What is inside of a string keeps its place, as the rest of its line is not the beginning of one."""
    return textwrap.indent(text, "    ", lambda line: not line.startswith(" lines"))


def outcomes(*programs, inline=False):
    """What each program printed, how it failed and how far it came, and what all of them asked of the robot."""
    bench = Bench(inline=inline)
    found = [(outcome.output, outcome.error, outcome.lines) for outcome in bench.run(*programs)]
    for _, args in bench.host.asked:
        args.pop("move", None)  # moves are numbered through all programs
    return found, bench.host.asked


def test_programs_do_the_same_inline_in_the_worker_and_in_pieces():
    programs = [program(seed) for seed in range(PROGRAMS)]
    whole, asked = outcomes(*programs)
    assert outcomes(*programs, inline=True) == (whole, asked)
    choose = random.Random(0)
    assert outcomes(*(Pieces(*_cut(code, choose)) for code in programs)) == (whole, asked)
    failed = [error for _, error, _ in whole if error is not None]
    assert not any("SyntaxError" in error for error in failed)
    assert PROGRAMS / 10 < len(failed) < PROGRAMS / 2


def _cut(code, choose):
    cuts = sorted(choose.randrange(len(code)) for _ in range(choose.randint(1, 12)))
    return [code[start:end] for start, end in zip((0, *cuts), (*cuts, len(code)), strict=True)]


@pytest.mark.parametrize("seed", EVERY_CUT)
def test_a_program_does_the_same_cut_at_every_place(seed):
    code = program(seed)
    cuts = [Pieces(code[:cut], code[cut:]) for cut in range(len(code))]
    (whole,), asked = outcomes(code)
    assert outcomes(*cuts) == ([whole] * len(cuts), asked * len(cuts))
