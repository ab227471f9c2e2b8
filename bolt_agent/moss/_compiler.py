"""From the source of a MOSS file to a runtime."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bolt_agent.container import Container, Provider, ProviderAdapter
from bolt_agent.moss._moss import MOSS_TYPE_NAME, Moss
from bolt_agent.moss._output import Printer
from bolt_agent.moss._runtime import MossRuntime
from bolt_agent.moss._source import Source, find_source, remember, text_filename
from bolt_agent.moss._tracebacks import ORIGIN
from bolt_agent.moss.errors import CompilerUsed
from bolt_agent.moss.pycontext import PyContext
from bolt_agent.moss.self_updater import ContextUpdater, SelfUpdater

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_importing = threading.RLock()


class MossCompiler:
    """Compiles one MOSS module, once.

    >>> runtime = MossCompiler().compile("demo", source="def add(a, b): return a + b")
    >>> runtime.execute(target="add", args=[1, 2]).returns
    3

    container: where members of Moss are looked up; the compiler binds into a child of it.
    """

    def __init__(self, container: Container | None = None, *, pycontext: PyContext | None = None) -> None:
        self._container = Container(container, name="moss")
        self._pycontext = pycontext.model_copy() if pycontext is not None else PyContext()
        self._locals: dict[str, Any] = {}
        self._ignored: tuple[str, ...] = ()
        self._injects: dict[str, Any] = {}
        self._default_type: type[Moss] | str = Moss
        self._used = False
        self._handed_over = False

    def container(self) -> Container:
        """The container of this MOSS."""
        return self._container

    def pycontext(self) -> PyContext:
        """The context that will be compiled."""
        return self._pycontext

    def pycontext_code(self) -> str:
        """The source that will be compiled, as far as the context says."""
        if self._pycontext.code is not None:
            return self._pycontext.code
        return find_source(self._pycontext.module).text if self._pycontext.module is not None else ""

    def join_context(self, context: PyContext) -> Self:
        """Add a context that was kept. See PyContext.join."""
        self._pycontext = self._pycontext.join(context)
        return self

    def with_locals(self, **values: Any) -> Self:
        """Give the module names before its code runs."""
        self._locals.update(values)
        return self

    def with_ignored_imported(self, module_names: Iterable[str]) -> Self:
        """Leave what comes from these modules, or modules inside them, out of the prompt."""
        self._ignored = (*self._ignored, *module_names)
        return self

    def with_default_moss_type(self, moss_type: type[Moss] | str) -> Self:
        """The Moss class for a module that defines none; may be given as "module:Class"."""
        self._default_type = moss_type
        return self

    def register(self, provider: Provider[Any]) -> None:
        """Register a provider for this MOSS only."""
        self._container.register(provider)

    def bind(self, abstract: Any, value: Any) -> None:
        """Bind for this MOSS only: an object or, if it is a plain function, a factory that runs for each fetch."""
        is_factory = callable(value) and not (isinstance(abstract, type) and isinstance(value, abstract))
        if is_factory:
            self._container.register(ProviderAdapter(abstract, value, singleton=False))
        else:
            self._container.set(abstract, value)

    def injects(self, **attrs: Any) -> Self:
        """Set members of moss directly; they win over what is bound."""
        self._injects.update(attrs)
        return self

    def compile(self, modulename: str | None = None, *, source: str | None = None) -> MossRuntime:
        """Run the source in a fresh module, inject its moss, and give the runtime.

        modulename: the `__name__` of the module, and what is compiled if the context does not say; None: the
        context's module. source: the text of the module, in place of looking for its file. `PyContext.code`, an
        edit that was kept, wins over both.
        Raises CompilerUsed the second time, ModuleMissing, NotInjectable, and whatever the source raises.
        """
        if self._used:
            raise CompilerUsed("this compiler was used or closed; make another for each module")
        self._used = True
        try:
            found = self._find(modulename, source)
            runtime = self._run(modulename or found.name, found)
            self._handed_over = True
            return runtime
        finally:
            self.close()

    def close(self) -> None:
        """End the compiler. What it compiled lives on."""
        self._used = True
        if not self._handed_over:
            self._container.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- inside ---

    def _find(self, modulename: str | None, source: str | None) -> Source:
        context = self._pycontext
        if context.module is None:
            context.module = modulename
        name = context.module or "__moss__"
        text = context.code if context.code is not None else source
        return find_source(name) if text is None else Source(name, text, text_filename(name))

    def _run(self, name: str, source: Source) -> MossRuntime:
        printer = Printer()
        module = _new_module(name, source)
        module.__dict__.update(self._locals)
        module.__dict__["__builtins__"] = printer.builtins()
        self._container.set(MossCompiler, self)
        self._container.set(PyContext, self._pycontext)
        self._container.set(SelfUpdater, ContextUpdater(self._pycontext, source))
        self._container.bootstrap()
        if source.filename == text_filename(source.name):
            remember(source.filename, source.text)
        with _imported_as(name, module), printer.capture():
            exec(source.code(), module.__dict__)
            names = module.__dict__
            if MOSS_TYPE_NAME not in names or names[MOSS_TYPE_NAME] is Moss:
                names[MOSS_TYPE_NAME] = self._moss_type()
            if "__matrix_providers__" in names:
                self._container.register(*_listed(names["__matrix_providers__"]))
            if "__moss_compile__" in names:
                names["__moss_compile__"](self)
            return self._start(module, source, printer)

    def _start(self, module: ModuleType, source: Source, printer: Printer) -> MossRuntime:
        runtime = MossRuntime(
            container=self._container,
            module=module,
            source=source,
            pycontext=self._pycontext,
            printer=printer,
            injects=self._injects,
            ignored=self._ignored,
        )
        if "__moss_compiled__" in module.__dict__:
            try:
                module.__dict__["__moss_compiled__"](runtime.moss())
            except BaseException:
                runtime.close()
                raise
        return runtime

    def _moss_type(self) -> type[Moss]:
        if isinstance(self._default_type, str):
            home, _, name = self._default_type.partition(":")
            found = getattr(import_module(home), name)
        else:
            found = self._default_type
        if not (isinstance(found, type) and issubclass(found, Moss)):
            raise TypeError(f"the default Moss type {found!r} is no subclass of bolt_agent.moss.Moss")
        return found


def _listed(providers: Any) -> Iterable[Provider[Any]]:
    """Providers that a file lists, or gives when it is asked."""
    listed: Iterable[Provider[Any]] = providers() if callable(providers) else providers
    return listed


def _new_module(name: str, source: Source) -> ModuleType:
    module = ModuleType(name)
    is_file = source.filename != text_filename(source.name)
    spec = ModuleSpec(source.name, None, origin=source.filename if is_file else None, is_package=source.is_package)
    module.__spec__ = spec
    module.__package__ = spec.parent
    if is_file:
        module.__file__ = source.filename
    module.__dict__[ORIGIN] = source.name
    return module


@contextmanager
def _imported_as(name: str, module: ModuleType) -> Iterator[None]:
    """Let pydantic, dataclasses and typing find the module by its name while it is being made.

    They look annotations up in `sys.modules`. A module of the same name that is imported already is put back.
    """
    with _importing:
        before = sys.modules.get(name)
        sys.modules[name] = module
        try:
            yield
        finally:
            if before is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = before
