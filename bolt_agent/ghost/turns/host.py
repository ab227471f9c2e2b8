"""The robot's side of a program, put together: several hosts, each for the requests it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bolt_agent.moss.worker.executor import Host
from bolt_agent.robot.errors import BadValue

__all__ = ["Hosts"]


class Hosts:
    """Answers each request by the host that knows it.

    >>> hosts = Hosts({"skill": skills, "skills": skills}, rest=body)  # doctest: +SKIP

    by_request: which host answers what.   rest: answers everything else; None: nothing else can be asked for.
    missing: what is then said.
    """

    def __init__(
        self,
        by_request: Mapping[str, Host],
        rest: Host | None = None,
        *,
        missing: str = "this ghost has no body: tell the one that asked you what to do",
    ) -> None:
        self._by_request = dict(by_request)
        self._rest = rest
        self._missing = missing

    async def answer(self, what: str, args: dict[str, Any]) -> Any:
        """Pass a request on. Raises BadValue where nobody answers such, and what the host raises."""
        host = self._by_request.get(what, self._rest)
        if host is None:
            raise BadValue(self._missing)
        return await host.answer(what, args)
