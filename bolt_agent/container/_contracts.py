"""Lists of what must be bound, and the container of the whole process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bolt_agent.container._container import Container
from bolt_agent.container._errors import NotBound, asker, called


class Contracts:
    """What a part of the program needs before it can start.

    >>> con = Container(name="app")
    >>> con.set(str, "hello")
    >>> Contracts([str]).validate(con)
    """

    def __init__(self, contracts: Iterable[Any]) -> None:
        self.contracts: list[Any] = list(dict.fromkeys(contracts))

    def validate(self, container: Container) -> None:
        """Raise NotBound that names everything missing, not only the first."""
        missing = [contract for contract in self.contracts if not container.bound(contract)]
        if missing:
            names = ", ".join(called(contract) for contract in missing)
            raise NotBound(f"nothing is bound for {names} in {container.bloodline} (asked by {asker()})", missing[0])

    def join(self, target: Contracts) -> Contracts:
        """Both lists in one, each contract once, ours first."""
        return Contracts([*self.contracts, *target.contracts])


_process: list[Container] = []


def get_container() -> Container:
    """The container of this process; made when first asked for."""
    if not _process:
        _process.append(Container(name="process"))
    return _process[0]


def set_container(container: Container) -> None:
    """Make this one the container of the process."""
    _process[:] = [container]
