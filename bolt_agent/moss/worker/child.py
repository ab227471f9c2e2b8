"""Inside the worker process: compiles the MOSS file, raises the walls, and runs one program after another."""

from __future__ import annotations

import builtins
import functools
import inspect
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bolt_agent.container import Container
from bolt_agent.moss import Moss, MossCompiler, MossRuntime, PyContext, format_exec_error
from bolt_agent.moss.worker.protocol import Answer, Call, Done, Program, Ready, Request, Setup, ToWorker
from bolt_agent.moss.worker.walls import guarded_builtins, limit_cpu, load_allowed_modules, raise_walls
from bolt_agent.robot import Ball, BodyState, LedMatrix, Outlet, errors
from bolt_agent.robot.icons import load_icons
from bolt_agent.robot.motions import Motion, Track

__all__ = ["main"]

DEFAULT_MOSS = "prompts.bolt:Moss"
"""The Moss of a file that declares none: a body and a face."""

REFUSALS: dict[str, type[Exception]] = {
    **{name: vars(errors)[name] for name in ("BadValue", "RobotError", "Stopped")},
    "Refused": functools.partial(errors.Refused, limit="host"),  # type: ignore[dict-item]
}
"""Errors of the host that a program may catch by name; any other is a RobotError."""


def main() -> None:
    """Serve the host until it closes the pipe."""
    pipe = _Pipe()
    load_allowed_modules()  # a spare worker waits here, with everything loaded
    setup = pipe.hear()
    assert isinstance(setup, Setup)
    try:
        runtime = _compile(setup, PipeStage(pipe))
    except BaseException as error:
        pipe.tell(Ready(error=format_exec_error(error)))
        return
    walls = [] if setup.trusted else _lock(runtime, setup)
    pipe.tell(Ready(walls=walls))
    while True:
        task = pipe.hear()
        limit_cpu(setup.limits.cpu)
        pipe.tell(_run(runtime, task, pipe))


class PipeStage:
    """The stage of a worker: every request goes to the host and waits for its answer."""

    def __init__(self, pipe: _Pipe) -> None:
        self._pipe = pipe

    def perform(self, motion: Motion, *, move: int) -> None:
        self._ask("perform", motion=motion.model_dump(mode="json"), move=move)

    def cut(self) -> None:
        self._ask("cut")

    def wait(self, *, seconds: float | None = None, track: Track | None = None) -> None:
        self._ask("wait", seconds=seconds, track=track)

    def state(self) -> BodyState:
        return BodyState(**self._ask("state"))

    def program(self) -> str:
        return str(self._ask("program"))

    def save_move(self, name: str, source: str) -> None:
        self._ask("save_move", name=name, source=source)

    def read_move(self, name: str) -> str:
        return str(self._ask("read_move", name=name))

    def delete_move(self, name: str) -> None:
        self._ask("delete_move", name=name)

    def _ask(self, what: Any, **args: Any) -> Any:
        self._pipe.tell(Request(what=what, args=args))
        answer = self._pipe.hear()
        assert isinstance(answer, Answer)
        if answer.error is not None:
            raise REFUSALS.get(answer.refusal or "", errors.RobotError)(answer.error)
        return answer.value


class _Pipe:
    """The way to the host: the standard pipes, moved away so that nothing else reads or writes them."""

    def __init__(self) -> None:
        self._in = os.fdopen(os.dup(0), "rb")
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(2, 1)  # what a trusted file prints past us is seen where errors are seen
        sys.stdin = io.StringIO()

    def hear(self) -> Setup | Program | Call | Answer:
        line = self._in.readline()
        if not line:
            os._exit(0)  # the host is gone
        return ToWorker.validate_python(json.loads(line))

    def tell(self, message: Ready | Request | Done) -> None:
        line = message.model_dump_json().encode() + b"\n"
        while line:  # a raw pipe takes as much as it has room for
            line = line[self._out.write(line) :]


def _compile(setup: Setup, stage: PipeStage) -> MossRuntime:
    outlet = Outlet(stage)
    container = Container()
    container.set(Ball, Ball(outlet))
    container.set(LedMatrix, LedMatrix(outlet))
    time.sleep = functools.partial(_sleep, stage)
    context = PyContext.model_validate(setup.context) if setup.context else None
    compiler = MossCompiler(container, pycontext=context).with_default_moss_type(DEFAULT_MOSS)
    if setup.file is not None:
        sys.path.insert(0, os.path.dirname(setup.file))
        compiler.with_locals(__file__=setup.file)
    return compiler.compile(setup.module, source=setup.source)


def _sleep(stage: PipeStage, seconds: float) -> None:
    """`time.sleep` waits on the robot's clock, which may run faster than the wall's."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    stage.wait(seconds=float(seconds))


def _lock(runtime: MossRuntime, setup: Setup) -> list[str]:
    own = runtime.locals().get("__builtins__", builtins)
    names = own if isinstance(own, dict) else vars(own)
    runtime.locals()["__builtins__"] = {**names, **guarded_builtins()}
    _rehearse(runtime)
    return raise_walls(memory=setup.limits.memory)


def _rehearse(runtime: MossRuntime) -> None:
    """Draw and fail once while files can still be read: the gallery is a file, and so are parts of Python."""
    load_icons()
    for code in ("def run(moss): moss.nothing", "def run(moss: 1 +", "pass"):
        try:
            runtime.execute(target="run", code=code, local_args=["moss"])
        except Exception as error:
            format_exec_error(error)
    runtime.dump_pycontext()


def _run(runtime: MossRuntime, task: Any, pipe: _Pipe) -> Done:
    error = None
    try:
        if isinstance(task, Program) and task.streamed:
            runtime.execute_stream(_pieces(pipe), target="run", local_args=["moss"])
        elif isinstance(task, Program):
            runtime.execute(target="run", code=task.code, local_args=["moss"])
        elif isinstance(task, Call):
            function = runtime.locals().get(task.function)
            args, passed = _arguments(function, task.args) if callable(function) else ([], task.args)
            runtime.execute(target=task.function, local_args=args, args=passed)
    except BaseException as problem:  # SystemExit and KeyboardInterrupt of a program end the program, not the worker
        error = format_exec_error(problem)
    return Done(output=runtime.dump_std_output(), error=error, context=runtime.dump_pycontext().model_dump())


def _pieces(pipe: _Pipe) -> Iterator[str]:
    """The program as it is being written."""
    while True:
        pipe.tell(Request(what="more"))
        answer = pipe.hear()
        assert isinstance(answer, Answer)
        if answer.value is None:
            return
        yield answer.value


def _arguments(function: Callable[..., Any], words: list[str]) -> tuple[list[str], list[Any]]:
    """What to call a function with: `moss` if it takes one first, then the words, read by the types it declares."""
    parameters = list(inspect.signature(function).parameters.values())
    takes_moss = bool(parameters) and (parameters[0].name == "moss" or _means_moss(parameters[0].annotation))
    readers: dict[Any, Callable[[str], Any]] = {
        kind: read for read in (int, float, str) for kind in (read, read.__name__)
    }
    readers |= dict.fromkeys((bool, "bool"), _read_bool)
    kinds = [parameter.annotation for parameter in parameters[1 if takes_moss else 0 :]]
    kinds += [str] * (len(words) - len(kinds))
    read = [readers.get(kind, str)(word) for kind, word in zip(kinds, words, strict=False)]
    return ["moss"] if takes_moss else [], read


def _means_moss(annotation: Any) -> bool:
    return annotation == "Moss" or (isinstance(annotation, type) and issubclass(annotation, Moss))


def _read_bool(word: str) -> bool:
    return word.lower() in ("1", "on", "true", "yes")
