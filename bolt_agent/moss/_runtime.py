"""Running code inside a compiled MOSS, in this process.

This is the executor for MOSS files that their owner trusts; it restricts nothing. Code that a model wrote belongs
into the worker process, which runs one of these inside.
"""

from __future__ import annotations

import ast
import logging
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import FrameType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from bolt_agent.container import Container
from bolt_agent.moss import lifecycle
from bolt_agent.moss._lint import bound_names, lint_exec_code, missing
from bolt_agent.moss._members import kept, new_moss, restore
from bolt_agent.moss._moss import MOSS_TYPE_NAME, MOSS_VALUE_NAME, Injection, Moss
from bolt_agent.moss._output import Output, Printer
from bolt_agent.moss._progress import acts, lines_before
from bolt_agent.moss._prompter import MossPrompter
from bolt_agent.moss._source import ExecutedTexts, Source
from bolt_agent.moss._streaming import StreamedRun
from bolt_agent.moss.errors import AlreadyExecuting, NotPersistable, RuntimeClosed, TargetMissing
from bolt_agent.moss.pycontext import PyContext

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


_log = logging.getLogger(__name__)


class Execution(NamedTuple):
    """What came of running code."""

    returns: Any
    std_output: str
    pycontext: PyContext


class MossRuntime:
    """A compiled MOSS module with its moss: runs code in it, until closed.

    >>> from bolt_agent.moss import MossCompiler
    >>> with MossCompiler().compile("demo", source="greeting = 'hello'") as runtime:
    ...     runtime.execute(target="run", code="def run(): print(greeting); return 3")[:2]
    (3, 'hello\\n')
    """

    def __init__(
        self,
        *,
        container: Container,
        module: ModuleType,
        source: Source,
        pycontext: PyContext,
        printer: Printer,
        injects: Mapping[str, Any],
        ignored: tuple[str, ...] = (),
    ) -> None:
        self._container = container
        self._module = module
        self._source = source
        self._pycontext = pycontext
        self._printer = printer
        self._ignored = ignored
        self._running = threading.Lock()
        self._closed = False
        self._texts = ExecutedTexts()
        self._check: Callable[[ast.AST, str], None] | None = None
        self._streamed: StreamedRun | None = None
        """The latest execution, if it was a streamed one."""
        self._injected: dict[str, Any] = {}
        self._hooked: dict[int, Injection] = {}  # by identity: the same object may be two members
        container.set(MossRuntime, self)
        self._moss_type = self._find_moss_type()
        self._moss, injected = new_moss(self._moss_type, container, self.locals(), injects)
        self._moss._printer = printer
        restore(self._moss, pycontext, module, injected)
        module.__dict__[MOSS_VALUE_NAME] = self._moss
        self._values = dict(module.__dict__)  # what code defines later must not change the prompt
        self._inject(injected)

    def container(self) -> Container:
        """The container of this runtime; closes with it."""
        return self._container

    def prompter(self) -> MossPrompter:
        """What tells a model about this module."""
        ignored = (*self._ignored, *self._moss.__ignored__)
        return MossPrompter(self._container, self._module, self._source, self._values, ignored)

    def module(self) -> ModuleType:
        """The compiled module."""
        return self._module

    def locals(self) -> dict[str, Any]:
        """The names that executed code sees; `moss` is one of them."""
        return self._module.__dict__

    def moss(self) -> Moss:
        """The moss, injected."""
        return self._moss

    def moss_type(self) -> type[Moss]:
        """The class `Moss` of the module."""
        return self._moss_type

    def moss_injections(self) -> dict[str, Any]:
        """The members that were injected."""
        return dict(self._injected)

    def get_moss_injected_poms(self) -> dict[str, Any]:
        """The injected members that have a prompt of their own, `__prompt__`."""
        return {name: value for name, value in self._injected.items() if hasattr(value, "__prompt__")}

    def lint_exec_code(self, code: str, target: str | None = "run") -> str | None:
        """Say what is wrong with code before running it, or None. See lint_exec_code."""
        return lint_exec_code(code, target)

    # --- running ---

    def execute(
        self,
        *,
        target: str,
        code: str | None = None,
        local_args: list[str] | None = None,
        local_kwargs: dict[str, str] | None = None,
        args: list[Any] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> Execution:
        """Run code in the module, then call `target`, or give its value if it is none that can be called.

        With code, the target is what *this* code defines: an earlier `run` is never run instead. Without code it is
        any name of the module. Code that defines no target and acts is executed as it stands; it knows `moss`.

        local_args, local_kwargs: names in the module whose values are passed. args, kwargs: values that are passed.
        Raises TargetMissing, TypeError for arguments to a value, and whatever the code raises.
        """
        run = self.locals().get("__moss_exec__", lifecycle.__moss_exec__)
        with self._executing(code):
            execution: Execution = run(
                self,
                target=target,
                code=code,
                local_args=local_args,
                local_kwargs=local_kwargs,
                args=args,
                kwargs=kwargs,
            )
        return execution

    def execute_stream(self, pieces: Iterable[str], *, target: str, local_args: Sequence[str] = ()) -> Execution:
        """Execute code while it is being written: each statement, also of the target's body, as soon as it is whole.

        pieces: the text, as it arrives; asking for the next one may wait. The rest is as with `execute`, except that
        code below the target runs after it.
        """
        with self._executing(None):
            names = self.locals()
            arguments = [names[name] for name in local_args]
            run = self._streamed = StreamedRun(self, target, arguments, self._texts.add(""), self._check)
            try:
                run.execute(pieces)
            finally:
                self.update_executing_code(run.text)
            if not run.ran and not acts(tree := ast.parse(run.text)):
                defined = bound_names(tree)
                raise TargetMissing(missing(target, defined), defined)
            return Execution(run.returns, self.dump_std_output(), self.dump_pycontext(executed=True))

    def run_code(self, code: str, target: str) -> Any:
        """Run code in the module and give what it defines as the target. Part of `__moss_exec__`.

        Code without the target that acts has done its part: it gives a function that does nothing more.
        """
        names = self.locals()
        compiled = compile(code, self._texts.add(code), "exec", dont_inherit=True)
        if self._check is not None:
            self._check(ast.parse(code), code)
        absent = object()
        earlier = names.pop(target, absent)
        try:
            exec(compiled, names)
            if target in names:
                return names[target]
            tree = ast.parse(code)
            if acts(tree):
                return _done_already
            defined = bound_names(tree)
            raise TargetMissing(missing(target, defined), defined)
        finally:
            if earlier is not absent:
                names.setdefault(target, earlier)

    def find_target(self, target: str) -> Any:
        """A name of the module. Part of `__moss_exec__`."""
        names = self.locals()
        if target not in names:
            own = [name for name, value in names.items() if not name.startswith("_") and callable(value)]
            raise TargetMissing(missing(target, own).replace("the code", self._module.__name__), own)
        return names[target]

    def update_executing_code(self, code: str | None = None) -> None:
        """Note which code runs: on the moss, and in the context."""
        self._moss.executing_code = code
        self._pycontext.execute_code = code
        self._pycontext.executed = False

    def executing_line(self) -> int | None:
        """The line of the newest code that is being carried out, from 1; None when none of its is."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename != self._texts.newest:
            frame = frame.f_back
        return frame.f_lineno if frame is not None else None

    def lines_before(self, error: BaseException, target: str) -> int:
        """How many lines of the newest code were carried out before the statement that raised this."""
        if isinstance(error, TargetMissing):
            return 0  # there was nothing to do
        if self._streamed is not None:
            return self._streamed.lines
        return lines_before(error, self._moss.executing_code or "", self._texts.newest, target)

    def check_code(self, check: Callable[[ast.AST, str], None]) -> None:
        """From now on, let `check` read code, with its text, before it is run; what it raises is raised instead."""
        self._check = check

    def limit_output(self, characters: int) -> None:
        """Keep that many characters of what one execution prints."""
        self._printer.limit = characters

    def dump_std_output(self) -> str:
        """What the latest execution printed, whether it raised or not; before the first, what compiling printed."""
        return self._printer.output.text()

    def redirect_stdout(self) -> AbstractContextManager[Output]:
        """Inside `with`, prints of MOSS code in this thread or task go to this runtime."""
        return self._printer.capture()

    def dump_pycontext(self, *, executed: bool | None = None) -> PyContext:
        """What to keep until the next turn. Values that cannot be kept are left out and logged."""
        if executed is not None:
            self._pycontext.executed = executed
        copied = self._pycontext.model_copy(update={"properties": {}})
        for name, value in kept(self._moss, self._injected).items():
            try:
                copied.set_prop(name, value)
            except (NotPersistable, RecursionError) as error:
                _log.warning("moss.%s is not kept: %s", name, error)
        return copied

    # --- life ---

    def close(self) -> None:
        """End the injections, last first, then the container. All are ended even when some raise.

        Raises an ExceptionGroup of what they raised.
        """
        if self._closed:
            return
        self._closed = True
        errors: list[Exception] = []
        ends: list[Callable[[], None]] = [item.on_destroy for item in reversed(self._hooked.values())]
        for end in (*ends, self._container.shutdown):
            try:
                end()
            except Exception as error:
                errors.append(error)
        self._texts.clear()
        if errors:
            raise ExceptionGroup(f"closing {self._module.__name__}", errors)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- inside ---

    @contextmanager
    def _executing(self, code: str | None) -> Iterator[None]:
        """One execution at a time, with its own output."""
        self._check_open()
        if not self._running.acquire(blocking=False):
            raise AlreadyExecuting("this moss is executing already; wait for it, or compile another runtime")
        try:
            self._printer.output = Output(self._printer.limit)
            self._streamed = None
            self.update_executing_code(code)
            with self._printer.capture():
                yield
        finally:
            self._running.release()

    def _find_moss_type(self) -> type[Moss]:
        found = self.locals().get(MOSS_TYPE_NAME, Moss)
        if not (isinstance(found, type) and issubclass(found, Moss)):
            raise TypeError(f"{MOSS_TYPE_NAME} in {self._module.__name__} is no subclass of bolt_agent.moss.Moss")
        return found

    def _inject(self, injected: dict[str, Any]) -> None:
        self._injected.update(injected)
        for name, value in injected.items():
            if not isinstance(value, Injection):
                continue
            self._hooked[id(value)] = value  # before on_inject, so that it is destroyed even if that raises
            try:
                bound: Any = value.on_inject(self, name)
            except BaseException:
                self.close()
                raise
            if bound is not None and bound is not value:
                self._injected[name] = bound
                setattr(self._moss, name, bound)

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeClosed("this moss was closed; compile a new one")


def _done_already(*_: Any, **__: Any) -> None:
    """What stands in for the target of code that has acted without one."""
