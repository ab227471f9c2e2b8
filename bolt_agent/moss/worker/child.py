"""Inside the worker: compiles the MOSS file, raises the walls, and runs one program after another."""

from __future__ import annotations

import builtins
import inspect
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from bolt_agent.container import Container
from bolt_agent.ghost.members import bind_members
from bolt_agent.ghost.operators import Operator
from bolt_agent.moss import Moss, MossCompiler, MossRuntime, PyContext, format_exec_error
from bolt_agent.moss.worker import syntax
from bolt_agent.moss.worker.kernel import limit_cpu
from bolt_agent.moss.worker.protocol import Answer, Call, Done, Limits, Program, Ready, Request, Setup, ToWorker
from bolt_agent.moss.worker.stage import Pipe, PipeStage, sleep_on
from bolt_agent.moss.worker.walls import guarded_builtins, load_modules, raise_walls
from bolt_agent.robot import Ball, LedMatrix, Outlet
from bolt_agent.robot.icons import load_icons

__all__ = ["main", "serve"]

DEFAULT_MOSS = "prompts.bolt:Moss"
"""The Moss of a file that declares none: a body and a face."""


def main() -> None:
    """Serve the host until it closes the pipe. A spare worker waits here, with everything loaded."""
    pipe = _StandardPipe()
    load_modules()
    serve(pipe, before_each=lambda limits: limit_cpu(limits.cpu))


def serve(pipe: Pipe, *, before_each: Callable[[Limits], None] = lambda _: None) -> None:
    """Take the setup, then run what comes. before_each: called with the limits before each program."""
    setup = pipe.hear()
    assert isinstance(setup, Setup)
    try:
        load_modules(setup.modules)
        stage = PipeStage(pipe)
        runtime = _compile(setup, stage)
    except BaseException as error:
        pipe.tell(Ready(error=format_exec_error(error)))
        return
    runtime.limit_output(setup.limits.output)
    pipe.tell(Ready(walls=[] if setup.trusted else _lock(runtime, stage, setup)))
    while True:
        task = pipe.hear()
        before_each(setup.limits)
        stage.line = runtime.executing_line if isinstance(task, Program) else lambda: None
        pipe.tell(_run(runtime, task, pipe, setup.limits))


class _StandardPipe:
    """The standard pipes, moved away so that nothing else reads or writes them."""

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
        return ToWorker.validate_json(line)

    def tell(self, message: Ready | Request | Done) -> None:
        line = message.model_dump_json().encode() + b"\n"
        while line:  # a raw pipe takes as much as it has room for
            line = line[self._out.write(line) :]


def _compile(setup: Setup, stage: PipeStage) -> MossRuntime:
    outlet = Outlet(stage)
    container = Container()
    container.set(Ball, Ball(outlet))
    container.set(LedMatrix, LedMatrix(outlet))
    bind_members(container, stage.ask)
    sleep_on(stage)
    context = PyContext.model_validate(setup.context) if setup.context else None
    compiler = MossCompiler(container, pycontext=context).with_default_moss_type(DEFAULT_MOSS)
    if setup.file is not None:
        sys.path.insert(0, os.path.dirname(setup.file))
        compiler.with_locals(__file__=setup.file)
    return compiler.compile(setup.module, source=setup.source)


def _lock(runtime: MossRuntime, stage: PipeStage, setup: Setup) -> list[str]:
    """Raise the walls around what the runtime executes from now on. Their names."""
    guarded = guarded_builtins(setup.modules)
    own = runtime.locals().get("__builtins__", builtins)
    names = own if isinstance(own, dict) else vars(own)
    runtime.locals()["__builtins__"] = {**names, **guarded}
    _rehearse(runtime)
    walls = raise_walls(memory=setup.limits.memory, by_kernel=setup.kernel)
    if "seccomp" in walls:
        return [*walls, "imports"]
    runtime.locals()["__builtins__"]["__import__"] = syntax.only_offered(guarded["__import__"])
    runtime.check_code(syntax.check_program)
    stage.check = syntax.checked_source
    syntax.guard_curves()
    return [*walls, "syntax", "imports"]


def _rehearse(runtime: MossRuntime) -> None:
    """Draw and fail once while files can still be read: the gallery is a file, and so are parts of Python."""
    load_icons()
    for code in ("def run(moss): moss.nothing", "def run(moss: 1 +", "pass"):
        try:
            runtime.execute(target="run", code=code, local_args=["moss"])
        except Exception as error:
            format_exec_error(error)
    runtime.dump_pycontext()


def _run(runtime: MossRuntime, task: Any, pipe: Pipe, limits: Limits) -> Done:
    error, lines, returned = None, 0, None
    try:
        if isinstance(task, Program) and task.streamed:
            returned = runtime.execute_stream(_pieces(pipe), target="run", local_args=["moss"]).returns
        elif isinstance(task, Program):
            returned = runtime.execute(target="run", code=task.code, local_args=["moss"]).returns
        elif isinstance(task, Call):
            function = runtime.locals().get(task.function)
            args, passed = _arguments(function, task.args) if callable(function) else ([], task.args)
            returned = runtime.execute(target=task.function, local_args=args, args=passed).returns
    except BaseException as problem:  # SystemExit and KeyboardInterrupt of a program end the program, not the worker
        if isinstance(problem, MemoryError):
            problem.args = (f"a program may use {limits.memory} MiB (limit memory)",)
        error = format_exec_error(problem)
        lines = runtime.lines_before(problem, "run") if isinstance(task, Program) else 0
    return Done(
        output=runtime.dump_std_output(),
        error=error,
        lines=lines,
        context=runtime.dump_pycontext().model_dump(),
        operator=returned.as_data() if isinstance(returned, Operator) else None,
    )


def _pieces(pipe: Pipe) -> Iterator[str]:
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
