"""What code sees of minds: `moss.mind`, `moss.memory`, `moss.skills` and `moss.ghosts`. They ask, hosts answer."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Protocol

from bolt_agent.container import Container, ProviderAdapter
from bolt_agent.ghost.operators import Error, Fail, Finish, Observe, Operator, Think, Wait
from bolt_agent.moss import MossRuntime
from bolt_agent.robot.errors import RobotError

__all__ = ["Ask", "Ghosts", "Memory", "Mind", "Skills", "bind_members", "no_answer"]


class Ask(Protocol):
    """Asks the host for something, by the name of the request, and waits; raises what the host refuses."""

    def __call__(self, what: str, /, **args: Any) -> Any: ...


def bind_members(container: Container, ask: Ask) -> None:
    """Let MOSS files have a mind, a memory, skills and ghosts."""
    container.set(Mind, Mind(ask))
    container.set(Ghosts, Ghosts(ask))
    container.set(Memory, Memory(ask))
    container.register(
        ProviderAdapter(
            Skills, lambda runtime_side: Skills(ask, runtime_side.force_fetch(MossRuntime)), singleton=False
        )
    )


def no_answer(_: str, /, **__: Any) -> Any:
    """An Ask for reading about minds that are not there."""
    return None


class Mind:
    """What comes next is what `run` returns: `return moss.mind.observe()`; without it you are done."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def observe(self, look_for: str = "") -> Operator:
        """Let it come to rest, see where it really is and what it bumped into, then write the next program."""
        return Observe(look_for)

    def wait(self, question: str) -> Operator:
        """Ask the person, and wait."""
        return Wait(question)

    def fail(self, reason: str) -> Operator:
        """Give up."""
        return Fail(reason)

    # <moss-hide>
    def think(self, note: str) -> Operator:
        """Write the next program at once, with this note."""
        return Think(note)

    def finish(self, result: str = "") -> Operator:
        """Done; the result is said, or given to the ghost that asked."""
        return Finish(result)

    def error(self, what: str) -> Operator:
        """This program went wrong: write it again."""
        return Error(what)

    @property
    def context(self) -> SimpleNamespace:
        """What is true now: x, y, heading, speed, battery, world, last_bump, and what a program said besides."""
        return SimpleNamespace(**(self._ask("context") or {}))

    # </moss-hide>


class Skills:
    """What you can do, by name: `moss.skills.greet(name="Mia")`."""

    def __init__(self, ask: Ask, runtime: MossRuntime) -> None:
        self._ask = ask
        self._runtime = runtime

    # <moss-hide>
    def __dir__(self) -> list[str]:
        return sorted(self._ask("skills") or [])

    def __getattr__(self, name: str) -> Callable[..., Operator | None]:
        if name.startswith("_"):
            raise AttributeError(name)

        def perform(*args: Any, **values: Any) -> Operator | None:
            return self._perform(name, args, values)

        return perform

    def _perform(self, name: str, args: tuple[Any, ...], values: dict[str, Any]) -> Operator | None:
        written = self._ask("skill", name=name, args=list(args), values=values)
        try:
            run = self._runtime.run_code(written["code"], "run")
            result = run(self._runtime.moss(), **written["values"])
        except RobotError:  # a limit or a stop, not the code's fault
            raise
        except Exception:
            self._ask("skill", name=name, failed=True)
            raise
        return result if isinstance(result, Operator) else None

    # </moss-hide>


class Memory:
    """Facts for later conversations; you are told those that fit."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def keep(self, fact: str) -> None:
        """Keep one: `moss.memory.keep("Mia is six")`."""
        self._ask("memory", do="keep", text=fact)

    # <moss-hide>
    def forget(self, words: str) -> None:
        """Forget the one that has these words."""
        self._ask("memory", do="forget", text=words)

    def recall(self, words: str) -> list[str]:
        """Those that have to do with these words, with their dates."""
        return list(self._ask("memory", do="recall", text=words) or [])

    # </moss-hide>


class Ghosts:
    """Other ghosts that think for you. What a spawned one finds, the person is told when it comes."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def ask(self, name: str, text: str) -> str:
        """Ask one, and wait for its answer."""
        return str(self._ask("ghosts", do="ask", name=name, text=text) or "")

    def spawn(self, name: str, text: str) -> str:
        """Give one a task and go on; its id."""
        return str(self._ask("ghosts", do="spawn", name=name, text=text) or "")

    def send(self, task: str, text: str) -> None:
        """Tell a spawned one something."""
        self._ask("ghosts", do="send", task=task, text=text)

    def cancel(self, task: str) -> None:
        """End it."""
        self._ask("ghosts", do="cancel", task=task)

    # <moss-hide>
    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(self._ask("ghosts", do="known") or [])})

    # </moss-hide>
