"""Inversion of control: one place that knows which object stands for which type.

    >>> container = Container(name="app")
    >>> container.set(str, "hello")
    >>> container.force_fetch(str)
    'hello'

Everything that can go wrong:

* ContainerError
  + NotBound (NotImplementedError)        nobody bound what was asked for; says who asked
  + CircularDependency (RuntimeError)     A needs B needs A; .path holds the way round
  + ContainerClosed (RuntimeError)        used after shutdown
"""

from bolt_agent.container._container import Container
from bolt_agent.container._contracts import Contracts, get_container, set_container
from bolt_agent.container._errors import CircularDependency, ContainerClosed, ContainerError, NotBound
from bolt_agent.container._providers import (
    Bootstrapper,
    BootstrapProvider,
    Factory,
    FactoryType,
    Provider,
    ProviderAdapter,
    provide,
)

__all__ = [
    "BootstrapProvider",
    "Bootstrapper",
    "CircularDependency",
    "Container",
    "ContainerClosed",
    "ContainerError",
    "Contracts",
    "Factory",
    "FactoryType",
    "NotBound",
    "Provider",
    "ProviderAdapter",
    "get_container",
    "provide",
    "set_container",
]
