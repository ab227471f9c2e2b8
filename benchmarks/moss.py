"""MOSS compared with `ghostos-moss`, the package it is compatible with: import, compile, prompt, execute.

    python benchmarks/moss.py [ROUNDS]

Both do the same work on the same file, in turns, in one process; only the import of `Moss` differs. ghostos-moss is
measured where it is installed beside (`pip install ghostos-moss==0.3.7`); otherwise only ours is.
"""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import prompts
from bolt_agent.ghost.prompt import moss_for_reading

OURS, THEIRS = "bolt_agent.moss", "ghostos_moss"

TOYS = '''
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pydantic import BaseModel, Field

class Ball(ABC):
    """A ball that rolls."""
    @abstractmethod
    def roll(self, heading: float, speed: int, duration: float) -> "Ball":
        """Roll that way for that long."""
    @abstractmethod
    def spin(self, angle: float, duration: float) -> "Ball":
        """Turn on the spot."""

class Face(ABC):
    """A face of 8x8 lights."""
    @abstractmethod
    def show(self, icon: str, color: str = "white") -> None:
        """Show an icon."""

class Animation(BaseModel):
    """Frames, one after another."""
    fps: int = Field(default=1, description="frames a second")
    frames: list[list[list[int]]] = Field(default_factory=list)

@dataclass
class Place:
    """A place on the floor, in cm."""
    x: float
    y: float

def wave(times: int = 2) -> str:
    """Wave a hand."""
    return "wave" * times

class ToyBall(Ball):
    def roll(self, heading, speed, duration): return self
    def spin(self, angle, duration): return self

class ToyFace(Face):
    def show(self, icon, color="white"): pass
'''

FILE = '''
from {library} import Moss as Parent
from benchmark_toys import Animation, Ball, Face, Place, wave

class Moss(Parent):
    body: Ball
    """the ball"""
    face: Face
    """the face"""
    count: int = 0
    note: str = "x"

def example(moss: Moss) -> None:
    """Roll and be glad."""
    moss.body.roll(0, 90, 2)
    moss.face.show("smile")
'''

CODE = """
def run(moss):
    for side in range(4):
        moss.body.roll(90 * side, 90, 1)
    moss.count += 1
    return moss.count
"""


class Library:
    """One of the two, doing the same work."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._moss: Any = importlib.import_module(name)
        container = importlib.import_module("bolt_agent.container" if name == OURS else "ghostos_container")
        self._container: Any = self._moss.moss_container() if name == THEIRS else container.Container(name="benchmark")
        toys: Any = importlib.import_module("benchmark_toys")
        self._container.set(toys.Ball, toys.ToyBall())
        self._container.set(toys.Face, toys.ToyFace())
        self._module = f"benchmark_file_{name.partition('.')[0]}"

    def compiled(self) -> Any:
        """A runtime of the file."""
        compiler = self._moss.MossCompiler(self._container) if self.name == OURS else self._upstream_compiler()
        return compiler.compile(self._module) if self.name == OURS else self._upstream_compile(compiler)

    def _upstream_compiler(self) -> Any:
        return self._moss.get_moss_compiler(self._container)

    def _upstream_compile(self, compiler: Any) -> Any:
        compiler.join_context(self._moss.PyContext(module=self._module))
        return compiler.compile("__test__")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"Python {sys.version.split()[0]}, median of {rounds}, in ms")
    names = [OURS, *([THEIRS] if importlib.util.find_spec(THEIRS) else [])]
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, folder)
        Path(folder, "benchmark_toys.py").write_text(TOYS, encoding="utf-8")
        for name in names:
            Path(folder, f"benchmark_file_{name.partition('.')[0]}.py").write_text(
                FILE.format(library=name), encoding="utf-8"
            )
        table(names, rounds)
    if THEIRS not in names:
        print(
            "ghostos-moss is not installed here, so there is nothing to compare with: pip install ghostos-moss==0.3.7"
        )


def table(names: list[str], rounds: int) -> None:
    """Measure and print; the last column says how many times faster ours is."""
    print(f"{'':24}" + "".join(f"{name:>16}" for name in names) + ("      ours is" if len(names) > 1 else ""))
    row("import, fresh process", [statistics.median(import_time(name) for _ in range(5)) for name in names])
    row("first prompt of it", [statistics.median(first_prompt(name) for _ in range(9)) for name in names])
    libraries = [Library(name) for name in names]
    row("compile", in_turns(rounds, [lambda library=library: library.compiled().close() for library in libraries]))
    runtimes = [library.compiled() for library in libraries]
    row(
        "prompt",
        in_turns(rounds, [lambda runtime=runtime: runtime.prompter().dump_module_prompt() for runtime in runtimes]),
    )
    row(
        "execute, 5 lines",
        in_turns(
            rounds,
            [
                lambda runtime=runtime: runtime.execute(target="run", code=CODE, local_args=["moss"])
                for runtime in runtimes
            ],
        ),
    )
    row(
        "execute, target only",
        in_turns(rounds, [lambda runtime=runtime: runtime.execute(target="wave", args=[1]) for runtime in runtimes]),
    )
    for library, runtime in zip(libraries, runtimes, strict=True):
        prompt = runtime.prompter().dump_module_prompt()
        print(f"{library.name}: its prompt of the file has {len(prompt)} characters, about {len(prompt) // 4} tokens")
    with moss_for_reading("prompts.bolt", prompts.read(prompts.DEFAULT_MOSS_FILE)) as bolt:
        prompt = bolt.prompter().dump_module_prompt()
    print(f"prompts/bolt.py: {len(prompt)} characters, about {len(prompt) // 4} tokens (upstream's own: about 2,000)")


def row(what: str, times: list[float]) -> None:
    faster = f"{times[1] / times[0]:10.1f} x" if len(times) > 1 else ""
    print(f"{what:24}" + "".join(f"{time:16.3f}" for time in times) + faster)


def once(work: Callable[[], object]) -> float:
    """ms that it takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def in_turns(rounds: int, works: list[Callable[[], object]]) -> list[float]:
    """The median of each in ms, measured alternately, so that a busy machine is busy for both."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, measured in zip(works, times, strict=True):
            measured.append(once(work))
    return [statistics.median(measured) for measured in times]


def import_time(name: str) -> float:
    """ms that an import takes in a fresh process, without the start of Python."""
    code = f"import time; t = time.perf_counter(); import {name}; print(time.perf_counter() - t)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return 1000 * float(done.stdout.split()[-1])


def first_prompt(name: str) -> float:
    """ms that the first prompt takes in a fresh process, which has explained nothing before."""
    code = (
        f"import sys; sys.path[:0] = {[str(Path(__file__).parent), sys.path[0]]!r}\n"
        f"import moss; runtime = moss.Library({name!r}).compiled()\n"
        "print(moss.once(runtime.prompter().dump_module_prompt))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    main()
