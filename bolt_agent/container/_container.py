"""The container itself: bindings, parents and children, and the end of their lives."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, overload

from bolt_agent.container._errors import CircularDependency, ContainerClosed, NotBound, arrows, asker, called
from bolt_agent.container._providers import Bootstrapper, FactoryType, Provider, ProviderAdapter

T = TypeVar("T")


class _Making(threading.local):
    """What this thread is making right now, outermost first."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, Any]] = []


_making = _Making()


class Container:
    """Knows which object stands for which type.

    >>> app = Container(name="app")
    >>> app.set(str, "hello")
    >>> turn = Container(app, name="turn")
    >>> turn.get(str), turn.get(int)
    ('hello', None)

    parent: asked for what is not bound here. Shutting a parent down shuts its children down first.
    name: used in messages.
    inherit: whether the parent's inheritable providers run with this container, and so see its bindings.
    """

    def __init__(self, parent: Container | None = None, *, name: str = "", inherit: bool = True) -> None:
        self.name = name or "container"
        self._lock = threading.RLock()
        self._parent: Container | None = None
        self._inherit = inherit
        self._instances: dict[Any, Any] = {}
        self._providers: dict[Any, Provider[Any]] = {}
        self._aliases: dict[Any, Any] = {}
        self._bootstrappers: list[Bootstrapper] = []
        self._bootstrapped = False
        self._endings: list[Callable[[], None] | Container | weakref.ref[Container]] = []
        self._joins: list[Callable[[], None]] = []
        self._closed = False
        if parent is not None:
            self.set_parent(parent, inherit=inherit)

    # --- binding ---

    @overload
    def set(self, abstract: type[T], instance: T) -> None: ...
    @overload
    def set(self, abstract: Any, instance: Any) -> None: ...
    def set(self, abstract: Any, instance: Any) -> None:
        """Bind an object; it replaces what was bound here before."""
        self._check_open()
        with self._lock:
            self._aliases.pop(abstract, None)
            self._instances[abstract] = instance

    def register(self, *providers: Provider[Any]) -> None:
        """Bind providers. After bootstrap, those with something to prepare do it at once."""
        self._check_open()
        for provider in providers:
            contract = provider.contract()
            with self._lock:
                self._instances.pop(contract, None)
                self._aliases.pop(contract, None)
                self._providers[contract] = provider
                self._aliases.update((alias, contract) for alias in provider.aliases() if alias != contract)
            if isinstance(provider, Bootstrapper):
                self.add_bootstrapper(provider)

    def register_maker(self, contract: Any, maker: Callable[[], Any], singleton: bool = False) -> None:
        """Bind a function without arguments as the maker of a contract."""
        self.register(ProviderAdapter(contract, lambda _con: maker(), singleton, where=asker()))

    def rebind(self, abstract: Any) -> None:
        """Forget the object made for a contract, so that its provider makes a new one."""
        self._check_open()
        with self._lock:
            self._instances.pop(self._aliases.get(abstract, abstract), None)

    # --- asking ---

    @overload
    def get(self, abstract: type[T]) -> T | None: ...
    @overload
    def get(self, abstract: Any) -> Any: ...
    def get(self, abstract: Any) -> Any:
        """What is bound for a contract, here or above; None where nothing is."""
        self._check_open()
        found = self._resolve(abstract, self)
        if found is None and isinstance(abstract, type) and issubclass(abstract, FactoryType):
            return self._produce(ProviderAdapter(abstract, abstract.factory, abstract.singleton()), abstract)
        return found

    @overload
    def fetch(self, abstract: type[T], strict: bool = False) -> T | None: ...
    @overload
    def fetch(self, abstract: Any, strict: bool = False) -> Any: ...
    def fetch(self, abstract: Any, strict: bool = False) -> Any:
        """As get; with strict, an object that is no instance of the contract is a TypeError."""
        found = self.get(abstract)
        if strict and found is not None and not isinstance(found, abstract):
            raise TypeError(
                f"what is bound for {called(abstract)} is a {called(type(found))}, not a {called(abstract)}"
            )
        return found

    @overload
    def force_fetch(self, contract: type[T], strict: bool = False) -> T: ...
    @overload
    def force_fetch(self, contract: Any, strict: bool = False) -> Any: ...
    def force_fetch(self, contract: Any, strict: bool = False) -> Any:
        """As fetch, but nothing bound is NotBound, which says who asked and what it was needed for."""
        found = self.fetch(contract, strict)
        if found is None:
            path = self.making()
            needed = f", needed for {arrows(path)}" if path else ""
            message = f"nothing is bound for {called(contract)} in {self.bloodline} (asked by {asker()}{needed})"
            raise NotBound(message, contract, path)
        return found

    def bound(self, contract: Any) -> bool:
        """Whether something is bound, here or above. Makes nothing."""
        return self.get_bound(contract) is not None

    def get_bound(self, abstract: Any) -> Any:
        """The object if there is one already, else the provider that would make it, else None. Makes nothing."""
        self._check_open()
        for container in self._line():
            key = container._aliases.get(abstract, abstract)
            found = container._instances.get(key)
            found = container._providers.get(key) if found is None else found
            if found is not None:
                return found
        return None

    def get_provider(self, abstract: Any) -> Provider[Any] | None:
        """The provider of a contract, here or above."""
        self._check_open()
        for container in self._line():
            provider = container._providers.get(container._aliases.get(abstract, abstract))
            if provider is not None:
                return provider
        return None

    def contracts(self, recursively: bool = True) -> Iterator[Any]:
        """Every contract bound here and, recursively, above; each once."""
        lines = self._line() if recursively else iter((self,))
        yield from dict.fromkeys(key for con in lines for key in (*con._instances, *con._providers, *con._aliases))

    def providers(self, recursively: bool = True) -> Iterator[Provider[Any]]:
        """Every provider here and, recursively, above that is not hidden by one below."""
        seen: dict[Any, Provider[Any]] = {}
        for container in self._line() if recursively else iter((self,)):
            for contract, provider in container._providers.items():
                seen.setdefault(contract, provider)
        yield from seen.values()

    def make(self, cls: type[T], *args: Any, **kwargs: Any) -> T:
        """What is bound for a class or, where nothing is or arguments are given, a new instance.

        Arguments not given are fetched by their type hints; see `call`.
        """
        if not isinstance(cls, type):
            raise TypeError(f"make needs a class, not {cls!r}")
        if not args and not kwargs:
            found = self.get(cls)
            if found is not None:
                return found
        with self._step(cls):
            return self.call(cls, *args, **kwargs)

    def call(self, caller: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call a function; arguments not given are fetched by their type hints.

        >>> con = Container()
        >>> con.call(lambda a, b=2: a + b, 1)
        3
        """
        from bolt_agent.container._calls import fill  # reading signatures needs inspect, which few programs pay for

        self._check_open()
        bound = fill(self, caller, args, kwargs)
        return caller(*bound.args, **bound.kwargs)

    def making(self) -> tuple[Any, ...]:
        """What this thread is making at the moment, outermost first."""
        return tuple(contract for _, contract in _making.steps)

    # --- family ---

    @property
    def parent(self) -> Container | None:
        """The container asked for what is not bound here."""
        return self._parent

    @property
    def bloodline(self) -> str:
        """The names from the oldest ancestor to this container, as `app/session/turn`."""
        return "/".join(reversed([container.name for container in self._line()]))

    def set_parent(self, parent: Container, shutdown: bool = True, inherit: bool = True) -> None:
        """Put this container under a parent. shutdown: whether the parent's end is ours as well."""
        self._check_open()
        parent._check_open()
        if any(ancestor is self for ancestor in parent._line()):
            raise ValueError(f"{self.name} cannot be its own ancestor ({parent.bloodline})")
        if self._parent is not None:
            self._parent._release(self)
        self._parent = parent
        self._inherit = inherit
        if shutdown:
            mother = weakref.ref(parent)
            parent._endings.append(weakref.ref(self, lambda gone: _forget(mother(), gone)))
            if self._endings or self._joins:
                parent._hold(self)

    # --- life ---

    def add_bootstrapper(self, bootstrapper: Bootstrapper) -> None:
        """Add something to do at bootstrap, or now if that has passed."""
        self._check_open()
        if self._bootstrapped:
            bootstrapper.bootstrap(self)
        else:
            self._bootstrappers.append(bootstrapper)

    def bootstrap(self) -> None:
        """Run all bootstrappers, once."""
        self._check_open()
        with self._lock:
            if self._bootstrapped:
                return
            self._bootstrapped = True
        while self._bootstrappers:
            self._bootstrappers.pop(0).bootstrap(self)

    def add_shutdown(self, shutdown: Callable[[], None]) -> None:
        """Add something to do at shutdown. The last added is done first."""
        self._check_open()
        self._endings.append(shutdown)
        if self._parent is not None:
            self._parent._hold(self)

    def add_join(self, join_call: Callable[[], None]) -> None:
        """Add something to wait for, after everything is shut down: a thread's join."""
        self._check_open()
        self._joins.append(join_call)
        if self._parent is not None:
            self._parent._hold(self)

    def shutdown(self) -> None:
        """End children and everything added, last first, once. All are done even when some raise.

        Raises an ExceptionGroup of what they raised.
        """
        with self._lock:
            if self._closed:
                return
            self._closed = True
        if self._parent is not None:
            self._parent._release(self)
        errors: list[Exception] = []
        for ending in [*reversed(self._endings), *self._joins]:
            try:
                _end(ending)
            except Exception as error:
                errors.append(error)
        for store in (self._instances, self._providers, self._aliases, self._endings, self._joins):
            store.clear()
        if errors:
            raise ExceptionGroup(f"shutting down {self.bloodline}", errors)

    # --- inside ---

    def _resolve(self, abstract: Any, asking: Container) -> Any:
        key = self._aliases.get(abstract, abstract)
        found = self._instances.get(key)
        if found is not None:
            return found
        provider = self._providers.get(key)
        if provider is not None:
            return (asking if provider.inheritable() else self)._produce(provider, key)
        if self._parent is None:
            return None
        self._parent._check_open()
        return self._parent._resolve(abstract, asking if self._inherit else self._parent)

    def _produce(self, provider: Provider[Any], key: Any) -> Any:
        if not provider.singleton():
            with self._step(key):
                return provider.factory(self)
        # Locks are only ever taken from child to parent, so two of them cannot wait for each other.
        with self._lock:
            found = self._instances.get(key)
            if found is None:
                with self._step(key):
                    found = provider.factory(self)
                if found is not None:
                    self._instances[key] = found
            return found

    @contextmanager
    def _step(self, contract: Any) -> Iterator[None]:
        """Remember what is being made, and notice when it is asked for again on the way."""
        step = (id(self), contract)
        steps = _making.steps
        if step in steps:
            raise CircularDependency([made for _, made in steps[steps.index(step) :]] + [contract])
        steps.append(step)
        try:
            yield
        finally:
            steps.pop()

    def _line(self) -> Iterator[Container]:
        container: Container | None = self
        while container is not None:
            yield container
            container = container._parent

    def _check_open(self) -> None:
        if self._closed:
            raise ContainerClosed(f"{self.bloodline} was shut down (asked by {asker()})")

    def _hold(self, child: Container) -> None:
        """Keep a child that has something to do at its end; the others may vanish when nobody uses them."""
        for index, ending in enumerate(self._endings):
            if isinstance(ending, weakref.ref) and ending() is child:
                self._endings[index] = child
                if self._parent is not None:
                    self._parent._hold(self)

    def _release(self, child: Container) -> None:
        self._endings = [end for end in self._endings if not _is_child(end, child)]


def _is_child(ending: Callable[[], None] | Container | weakref.ref[Container], child: Container) -> bool:
    return ending is child or (isinstance(ending, weakref.ref) and ending() is child)


def _forget(parent: Container | None, gone: weakref.ref[Container]) -> None:
    if parent is not None and gone in parent._endings:
        parent._endings.remove(gone)


def _end(ending: Callable[[], None] | Container | weakref.ref[Container]) -> None:
    if isinstance(ending, weakref.ref):
        child = ending()
        if child is not None:
            child.shutdown()
    elif isinstance(ending, Container):
        ending.shutdown()
    else:
        ending()
