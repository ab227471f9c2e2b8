"""Running the test functions of a MOSS file, each with a moss of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from types import FunctionType

from bolt_agent.container import Container
from bolt_agent.moss._compiler import MossCompiler
from bolt_agent.moss._runtime import Execution, MossRuntime
from bolt_agent.moss.errors import TargetMissing
from bolt_agent.moss.pycontext import PyContext

__all__ = ["MossTestSuite"]


class MossTestSuite:
    """Compiles and runs functions of MOSS files.

    suite = MossTestSuite(container)
    suite.run_module_tests(modulename="prompts.bolt", callback=lambda name, execution: print(name, "passed"))
    """

    def __init__(self, container: Container | None = None) -> None:
        self._container = container

    def dump_prompt(self, modulename: str, test_modulename: str = "__test__") -> str:
        """The prompt of a MOSS file."""
        with self._compile(modulename, test_modulename) as runtime:
            return runtime.prompter().dump_module_prompt()

    def run_module_tests(
        self,
        *,
        modulename: str,
        callback: Callable[[str, Execution], None],
        test_modulename: str = "__test__",
        targets: Iterable[str] | None = None,
        on_error: Callable[[str, BaseException], None] | None = None,
    ) -> None:
        """Run the tests of a file: targets, else what its `__moss_test_cases__` lists, else its `test_*` functions.

        Raises TargetMissing for a file without tests; otherwise as parallel_run_moss_func.
        """
        names = list(targets or ()) or self._tests(modulename, test_modulename)
        if not names:
            raise TargetMissing(f"{modulename} has no test: neither __moss_test_cases__ nor a function named test_*")
        self.parallel_run_moss_func(
            modulename=modulename, funcs=names, callback=callback, test_module_name=test_modulename, on_error=on_error
        )

    def run(
        self,
        *,
        modulename: str,
        test_module_name: str = "__test__",
        target: str = "test_main",
        args: list[str] | None = None,
        kwargs: dict[str, str] | None = None,
    ) -> Execution:
        """Run one function. args, kwargs: names in the module, such as "moss"."""
        with self._compile(modulename, test_module_name) as runtime:
            return runtime.execute(target=target, local_args=args, local_kwargs=kwargs)

    def parallel_run_moss_func(
        self,
        *,
        modulename: str,
        funcs: Iterable[str],
        callback: Callable[[str, Execution], None],
        test_module_name: str = "__test__",
        on_error: Callable[[str, BaseException], None] | None = None,
    ) -> None:
        """Call functions with moss, at the same time, each in a module of its own, and report each when it ends.

        callback: gets those that end. on_error: gets those that raise; without it they are raised together, as an
        ExceptionGroup, when all have ended.
        """
        errors: list[Exception] = []
        with ThreadPoolExecutor() as pool:
            running: dict[Future[Execution], str] = {
                pool.submit(
                    self.run, modulename=modulename, test_module_name=test_module_name, target=name, args=["moss"]
                ): name
                for name in funcs
            }
            for done in as_completed(running):
                error = done.exception()
                if error is None:
                    callback(running[done], done.result())
                elif on_error is not None:
                    on_error(running[done], error)
                else:
                    error.add_note(f"(in {running[done]} of {modulename})")
                    errors.append(error if isinstance(error, Exception) else RuntimeError(repr(error)))
        if errors:
            raise ExceptionGroup(f"tests of {modulename} failed", errors)

    def _tests(self, modulename: str, test_modulename: str) -> list[str]:
        with self._compile(modulename, test_modulename) as runtime:
            listed = runtime.locals().get("__moss_test_cases__")
            if listed is not None:
                return [str(name) for name in listed]
            own = {name: value for name, value in runtime.locals().items() if isinstance(value, FunctionType)}
            home = runtime.module().__name__
            return [name for name, value in own.items() if name.startswith("test_") and value.__module__ == home]

    def _compile(self, modulename: str, test_modulename: str) -> MossRuntime:
        return MossCompiler(self._container, pycontext=PyContext(module=modulename)).compile(test_modulename)
