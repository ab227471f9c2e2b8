"""What `moss check` finds, with its line; and what it must not find: files that run have no findings."""

from pathlib import Path
from textwrap import dedent

import pytest

import prompts
from bolt_agent.authoring.check import check
from bolt_agent.authoring.templates import KINDS, template

ROOT = Path(__file__).parents[3]

WHOLE = """\
from bolt_agent import Animation, Ball, LedMatrix, Move, RollFunc
from bolt_agent.moss import Moss as Parent

class Moss(Parent):
    body: Ball
    face: LedMatrix
    songs: list[str] = []

def run(moss: Moss, times: int = 2):
"""
FIRST = WHOLE.count("\n") + 1
"""The line on which the body of `run` begins."""


def found(body):
    """The findings in a body of `run`: line in the body, and message."""
    lines = dedent(body).strip().splitlines()
    return [(item.line - FIRST + 1, item.message) for item in check(WHOLE + "".join(f"    {line}\n" for line in lines))]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("moss.body.new_move().rol(0, 90, 1)", "a Move has no `rol`; did you mean `roll`?"),
        ("moss.boddy.stop()", "moss has no `boddy`; did you mean `body`?"),
        ("moss.face.shwo('heart')", "a LedMatrix has no `shwo`; did you mean `show`?"),
        ("Animation().add_frames([])", "an Animation has no `add_frames`; did you mean `add_frame`?"),
        ("moss.body.position.z", "a Position has no `z`"),
        ("moss.body.new_move().roll(0, 90)", "roll: missing a required argument: 'duration'"),
        ("moss.body.new_move().roll(0, 90, 1, 2)", "roll: too many positional arguments"),
        ("moss.face.show('star', colour='red')", "show: no argument is called `colour`; did you mean `color`?"),
        ("moss.body.new_move().roll(0, 300, 1)", "roll: cannot have speed 300"),
        ("moss.body.new_move().roll(times, 300, 1)", "roll: cannot have speed 300"),
        ("moss.body.new_move().roll(0, 90, -1)", "roll: cannot have duration -1"),
        ("moss.body.new_move().go(5000)", "go: cannot have distance 5000"),
        ("moss.body.new_move().roll('left', 90, 1)", "roll: cannot have heading 'left'"),
        ("moss.face.show('hart')", "show: no icon 'hart': did you mean heart"),
        ("moss.face.fill('redd')", "fill: no colour 'redd': did you mean red?"),
        ("moss.face.set_pixel(8, 0, 'red')", "set_pixel: cannot have x 8"),
        ("moss.face.set_rotation(45)", "set_rotation: cannot have degrees 45"),
        ("moss.face.scroll_matrix_text('hi', fps=31)", "scroll_matrix_text: cannot have fps 31"),
        ("Animation(fps=60)", "Animation: cannot have fps 60"),
        ("Animation(palette=['red'], frames=[['0' * 8] * 7 + ['00000001']])", "Animation: a frame uses colour 1"),
        ("Animation().add_frame([[0] * 8] * 7)", "add_frame: a frame is 8 rows of 8 palette indices, not 7 rows"),
        ("RollFunc(speed=999)", "RollFunc: cannot have speed 999"),
        ("RollFunc(code='self.heading =')", "RollFunc: the code of a curve does not parse"),
        ("moss.face.play_animation(RollFunc())", "play_animation: "),
        ("moss.body.new_move().on_collision(lambda: 3)", "what happens then is composed in a new move"),
        ("print(tims)", "nothing is called `tims`; did you mean `times`?"),
        ("from bolt_agent import Bal", "`bolt_agent` has no `Bal`; did you mean `Ball`?"),
    ],
)
def test_what_would_fail_is_found(body, message):
    ((line, said),) = found(body)
    assert line == 1
    assert message in said


def test_a_chain_over_several_lines_is_found_where_it_is_wrong():
    assert [
        line for line, _ in found("(moss.body.new_move()\n    .roll(0, 90, 1)\n    .spinn(3)\n    .roll(0, 300, 1))")
    ] == [
        3,
        4,
    ]


def test_names_are_followed():
    body = """
        FAST = 300
        move = moss.body.new_move(run=True)
        move = move.roll(0, 90, 1)
        body = moss.body
        body.new_move().jump()
        move.roll(0, FAST, 1)
        move.spinn(1)
    """
    assert [line for line, _ in found(body)] == [5, 6, 7]


def test_reactions_compose_a_move():
    body = """
        def bounce(m):
            m.spinn(180)
        moss.body.new_move().on_collision(bounce).on_landing(lambda m: m.jump())
        moss.body.new_move().on_collision(callback=lambda m: m.jump())
    """
    assert [line for line, _ in found(body)] == [2, 3, 4]


def test_of_several_frames_the_wrong_one_is_named():
    body = """
        Animation(frames=[
            ["00000000"] * 8,
            ["00000000"] * 8,
            ["0000000"] * 8,
        ])
    """
    assert [line for line, _ in found(body)] == [4]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("def run(moss):\n    x = (1", 2, "was never closed"),
        ("def run(moss):\n  x = 1\n y = 2", 3, "unindent"),
        ("return 3", 1, "'return' outside function"),
        ("x = 1", 1, "there is no function `run`"),
        ("\ndef rum(moss): pass", 2, "there is no function `run`; did you mean `rum`?"),
        ("def run(): pass", 1, "`run` must take moss"),
        ("async def run(moss): pass", 1, "not `async def`"),
        ("run = 3", 1, "`run` must be a function, not 3"),
        ("def run(count: int): pass", 1, "is moss, which is no int"),
        ("def run(times): pass", 1, "must be called moss"),
        ("def run(moss, *, times): pass", 1, "nothing gives `times` a value"),
        ("def run(moss): pass\n\n# <moss-hide>\nx = 1", 3, "is left open"),
        ("# <moss-hide>\n# <moss-hide>\n# </moss-hide>\ndef run(moss): pass", 1, "is left open"),
        ("def run(moss): pass\n# </moss-hide>", 2, "nothing opens this section"),
    ],
)
def test_a_file_that_cannot_be_performed_says_so(text, line, message):
    (finding,) = check(text)
    assert finding.line == line
    assert message in finding.message


@pytest.mark.parametrize(
    "body",
    [
        "moss.songs.append('la'); moss.count = 3; print(moss.count); moss.pprint(moss.songs)",
        "def note(m: Moss): m.tally = 1\nnote(moss); print(moss.tally)",
        "setattr(moss, 'tally', 1); print(moss.tally)",
        "for speed in (50, 100): moss.body.new_move(run=True).roll(0, speed, 1)",
        "speed = 50\nwhile speed < 400: speed += 50\nmoss.body.new_move().roll(0, min(speed, 255), 1)",
        "move = None\nfor _ in range(times): move = moss.body.new_move() if move is None else move.spin(90)",
        "moss.body.new_move().on_collision().on_freefall(callback=lambda m: m.stop_roll(), log='help')",
        "animation = Animation(); animation.fps = 3; animation.add_frame([[n % 2 for n in range(8)]] * 8)",
        "Animation(frames=[[[r * c % 2 for c in range(8)] for r in range(8)] for _ in range(3)])",
        "moss.body.new_move(animation=Animation()).roll_by_func(RollFunc(fn=lambda t: (t, 90)))",
        "x, y = moss.body.position\nprint(x, moss.body.position.y, moss.body.heading, moss.body.battery)",
        "try: moss.face.show('nothing')\nexcept ValueError as error: print(error)",
        "import pytest\nwith pytest.raises(ValueError): moss.face.show('nothing')",
        "if hasattr(moss.body, 'jump'): moss.body.jump()",
        "move = moss.body.new_move()\ndef more(move): move.anything()\nmore(3)",
        "args = (0, 90, 1)\nmoss.body.new_move().roll(*args).roll(**{'heading': 1})",
        "class Circle(RollFunc):\n    def run_frame(self, passed): self.whatever()\nCircle().extra()",
        "[move.spin(360) for move in [moss.body.new_move()]]\nprint([m for m in range(3) if (n := m) and n])",
        "match moss.face:\n    case LedMatrix() as face: face.show('heart')\n    case [one, *rest]: print(one, rest)",
        "moss.face.fill((255, 0, 0)); moss.face.fill('#ff0000'); moss.face.show('arrow up', 'ff8000')",
        "moss.body.run(moss.body.new_move().roll(0, -255, 0.5).go(-20).spin(-720, 2), stop_at_first=False)",
    ],
)
def test_what_runs_has_no_findings(body):
    assert found(body) == []


@pytest.mark.parametrize(
    "text",
    [
        "from prompts.bolt import Moss\ndef run(moss: Moss): moss.body.stop()",
        "import bolt_agent\ndef run(moss): moss.face.play_animation(bolt_agent.Animation(fps=30))",
        "from bolt_agent.moss import Moss\ndef run(m: Moss): print(m)",
        "from elsewhere import Base\nclass Moss(Base): pass\ndef run(moss: Moss): moss.anything.at_all()",
        "from elsewhere import run",
        "from elsewhere import *\ndef run(moss): print(whatever)",
        "run = lambda moss: moss.body.stop()",
        "if True:\n    def run(moss, *args, **more): print(args, more)",
        "def run(moss): helper(3)\ndef helper(n): global count; count = n\ndef told(): print(count)",
        "class A:\n    size = 3\n    def go(self, n=size): return n\ndef run(moss): print(A().go(), __file__)",
    ],
)
def test_other_ways_to_write_a_file_have_no_findings(text):
    assert check(text) == []


def test_what_is_shipped_has_no_findings():
    files = [*(ROOT / "prompts").rglob("*.py"), ROOT / "benchmarks" / "chat.py"]
    wrong = {
        str(file): [str(finding) for finding in check(file.read_text(encoding="utf-8")) if finding.kind != "run"]
        for file in files
    }
    assert {file: findings for file, findings in wrong.items() if findings} == {}
    assert check(prompts.read("bolt.py")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_files_to_start_from_have_no_findings(kind):
    assert check(template(kind, "my_robot")) == []
