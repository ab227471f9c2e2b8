"""Providers: how an object is made when it is first asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args, get_origin

from bolt_agent.container._errors import asker, called

if TYPE_CHECKING:
    from bolt_agent.container._container import Container

T = TypeVar("T")

Factory = Callable[["Container"], Any]
"""Makes an object; receives the container, to fetch what it needs."""


class Provider(ABC, Generic[T]):
    """Makes objects of one contract.

    class BallProvider(Provider[Ball]):
        def singleton(self) -> bool:
            return True

        def factory(self, con: Container) -> Ball:
            return Ball(con.force_fetch(Driver))
    """

    @abstractmethod
    def singleton(self) -> bool:
        """True: made once and kept. False: made for each who asks."""

    @abstractmethod
    def factory(self, con: Container) -> T | None:
        """Make the object. None means that there is none, as if nothing were bound."""

    def inheritable(self) -> bool:
        """True: a child runs the factory with itself, so that its own bindings are used."""
        return not self.singleton()

    def contract(self) -> Any:
        """What is provided: the argument of `Provider[...]`, unless overridden."""
        for cls in type(self).__mro__:
            for base in cls.__dict__.get("__orig_bases__", ()):
                origin, args = get_origin(base), get_args(base)
                if isinstance(origin, type) and issubclass(origin, Provider) and not isinstance(args[0], TypeVar):
                    return args[0]
        raise TypeError(f"{called(type(self))} does not say what it provides; subclass Provider[Something]")

    def aliases(self) -> Iterable[Any]:
        """Other contracts under which the same object is found."""
        return ()


class Bootstrapper(ABC):
    """Something to do once, when the container is bootstrapped."""

    @abstractmethod
    def bootstrap(self, container: Container) -> None:
        """Prepare; every binding of the container can be fetched here."""


class BootstrapProvider(Provider[T], Bootstrapper, Generic[T]):
    """A provider that also has something to do when the container is bootstrapped."""


class ProviderAdapter(Provider[T], Generic[T]):
    """A provider made of a function; `@provide` makes these."""

    def __init__(
        self,
        contract: Any,
        factory: Callable[[Container], T | None],
        singleton: bool = True,
        *,
        aliases: Iterable[Any] = (),
        where: str = "",
    ) -> None:
        self._contract = contract
        self._factory = factory
        self._singleton = singleton
        self._aliases = tuple(aliases)
        self._where = where

    def singleton(self) -> bool:
        return self._singleton

    def contract(self) -> Any:
        return self._contract

    def aliases(self) -> Iterable[Any]:
        return self._aliases

    def factory(self, con: Container) -> T | None:
        return self._factory(con)

    def __repr__(self) -> str:
        return f"<provider of {called(self._contract)} from {self._where or called(self._factory)}>"


def provide(contract: Any, singleton: bool = True) -> Callable[[Callable[[Container], T | None]], ProviderAdapter[T]]:
    """Turn a function into a provider.

    >>> @provide(str)
    ... def greeting(con):
    ...     return "hello"
    >>> greeting.contract(), greeting.singleton()
    (<class 'str'>, True)
    """
    where = asker()

    def adapt(factory: Callable[[Container], T | None]) -> ProviderAdapter[T]:
        return ProviderAdapter(contract, factory, singleton, where=where)

    return adapt


class FactoryType(ABC):
    """A class that says itself how it is made: asking a container for it needs no binding."""

    @classmethod
    @abstractmethod
    def singleton(cls) -> bool:
        """As in Provider."""

    @classmethod
    @abstractmethod
    def factory(cls, con: Container) -> Any:
        """Make the instance."""
