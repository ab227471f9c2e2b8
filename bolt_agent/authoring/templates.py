"""The files that a person starts from, one for each kind. Each runs as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

__all__ = ["KINDS", "Kind", "NameTaken", "start_file", "template"]

Kind = Literal["dance", "animation", "robot"]

KINDS: tuple[Kind, ...] = get_args(Kind)

_HEAD = '''\
from bolt_agent import Animation, Ball, LedMatrix, Move, RollFunc
from bolt_agent.moss import Moss as Parent


class Moss(Parent):
    """What your code can use."""

    body: Ball
    """the ball: it rolls and spins"""
    face: LedMatrix
    """the 8x8 matrix of lights on it"""
'''

_DANCE = '''\
"""{title}: a dance for the BOLT.

bolt-agent run {file}                       perform it
bolt-agent run {file} 3                     perform it with times=3
bolt-agent run {file} --watch               perform it again whenever you save this file
bolt-agent run {file} --preview {stem}.png  draw it, and move nothing
bolt-agent moss check {file}                look for mistakes
bolt-agent moss test {file}                 run the tests at the end
"""

{head}

def run(moss: Moss, times: int = 2) -> None:
    """The dance. It is called with moss, then with what you write behind the file's name."""
    moss.face.show("star", "gold")
    move = moss.body.new_move(run=True)  # run=True: each call is performed as it is added
    for _ in range(times):
        move.roll(0, 90, 1)  # heading: 0 forward, 90 right, 180 back; speed up to 255; seconds
        move.roll(180, 90, 1)
        move.spin(360, 1)  # degrees clockwise, seconds
    move.roll_by_func(RollFunc(speed=80, duration=3, code="self.heading = 360 * passed / 3"))  # a circle
    moss.body.wait()  # until the ball has done all that
    moss.face.show("smile")


def test_it_ends_near_its_start(moss: Moss) -> None:
    run(moss, 1)
    assert abs(moss.body.position.x) < 30
    assert abs(moss.body.position.y) < 30
'''

_ANIMATION = '''\
"""{title}: an animation for the face of the BOLT.

bolt-agent run {file}                       play it
bolt-agent run {file} --watch               play it again whenever you save this file
bolt-agent run {file} --preview {stem}.gif  draw it, and show nothing
bolt-agent moss check {file}                look for mistakes, such as a frame that is not 8x8
"""

{head}

PALETTE = ["black", "yellow", "white"]  # 0, 1 and 2 in the frames; up to 16 colours

OPEN = [  # 8 rows from the top, each 8 colours from the left
    "00111100",
    "01111110",
    "11211211",
    "11211211",
    "11111111",
    "11122111",
    "01111110",
    "00111100",
]
BLINK = [
    "00111100",
    "01111110",
    "11111111",
    "11211211",
    "11111111",
    "11122111",
    "01111110",
    "00111100",
]


def run(moss: Moss, seconds: float = 4) -> None:
    """Play the frames, twice a second."""
    animation = Animation(fps=2, palette=PALETTE, transition=False, duration=seconds, frames=[OPEN, OPEN, BLINK])
    moss.face.play_animation(animation)


def test_it_stays_where_it_is(moss: Moss) -> None:
    run(moss)
    assert moss.body.position == (0, 0)
'''

_ROBOT = '''\
"""{title}: a BOLT with a ghost of its own."""

# <moss-hide>
# bolt-agent chat {file}         talk with it; a model (OPENAI_API_KEY or OPENAI_BASE_URL) is then who you say below
# bolt-agent moss prompt {file}  read what the model reads: all but sections such as this one
# bolt-agent moss check {file}   look for mistakes
# bolt-agent moss test {file}    run the tests at the end
# </moss-hide>
{head}

def cheer(moss: Moss) -> None:
    """Be glad that somebody is here. (The ghost can call every function that it can read.)"""
    moss.face.show("laugh", "gold")
    moss.body.new_move(run=True).spin(360, 1).spin(-360, 1)


# <moss-hide>
from bolt_agent import Ghost  # noqa: E402

__ghost__ = Ghost(
    name="{title}",
    description="A ball that loves visitors.",
    persona="""\\
You are {title}, a small ball that loves visitors. Answer in the language of the person, in one short sentence.
- Greet whoever talks to you for the first time with cheer(moss).
- Do what is asked; never only announce it.
""",
)


def test_cheering_ends_where_it_began(moss: Moss) -> None:
    cheer(moss)
    moss.body.wait()
    assert moss.body.position == (0, 0)


# </moss-hide>
'''

_TEXTS: dict[Kind, str] = {"animation": _ANIMATION, "dance": _DANCE, "robot": _ROBOT}

_IMPORTED = {
    "animation": "Animation, Ball, LedMatrix",
    "dance": "Ball, LedMatrix, RollFunc",
    "robot": "Animation, Ball, LedMatrix, Move, RollFunc",
}


class NameTaken(FileExistsError):
    """There is a file of that name already."""


def template(kind: Kind, name: str) -> str:
    """The text of a file to start from.

    >>> template("dance", "waltz").splitlines()[0]
    '\"\"\"Waltz: a dance for the BOLT.'
    """
    head = _HEAD.replace("Animation, Ball, LedMatrix, Move, RollFunc", _IMPORTED[kind])
    title = name.replace("_", " ").strip().capitalize()
    words = {"{title}": title, "{file}": f"{name}.py", "{stem}": name, "{head}": head}
    text = _TEXTS[kind]
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


def start_file(kind: Kind, name: str, folder: Path) -> Path:
    """Write a file to start from. name: with or without `.py`. Raises NameTaken, ValueError, OSError."""
    stem = name.removesuffix(".py")
    if not stem.isidentifier():
        raise ValueError(f"a MOSS file is named like a Python variable, such as my_dance; {stem!r} is not")
    file = folder / f"{stem}.py"
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(template(kind, stem))
    except FileExistsError:
        raise NameTaken(f"{file} is there already; choose another name, or delete it first") from None
    return file
