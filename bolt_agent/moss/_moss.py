"""`Moss`, which a MOSS file subclasses to say what its code can use, and `Injection`, for what wants to know of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pprint import pformat
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from bolt_agent.moss._outline import outline_class

if TYPE_CHECKING:
    from typing import Self

    from bolt_agent.container import Container
    from bolt_agent.moss._output import Printer
    from bolt_agent.moss._runtime import MossRuntime

MOSS_TYPE_NAME = "Moss"
MOSS_VALUE_NAME = "moss"

T = TypeVar("T")

_PROMPT = '''\
class Moss:
    """What your code can use; plain values that you put on it stay until the next turn."""
    def pprint(self, *values: Any) -> None:
        """Print values nicely, for you to read afterwards."""'''


class Moss:
    """What code in a MOSS can use. Subclass it, as `Moss`, in a MOSS file:

        class Moss(Parent):
            body: Ball
            '''the ball'''
            songs: list[str] = []
            '''kept between turns'''

    A member typed with what the container has, or with an abstract or an ordinary class, is injected; with
    `Optional[...]` it is None where nothing is bound. Members with plain data (see PyContext) are kept between turns.
    """

    executing_code: str | None = None
    """the code that is running"""

    __watching__: ClassVar[list[FunctionType | ModuleType | type]] = []
    """functions, modules and classes that the prompt explains although the file does not import them"""

    __ignored__: ClassVar[list[str]] = []
    """names of modules whose classes and functions the prompt does not explain"""

    _container: Container
    _printer: Printer

    def pprint(self, *values: Any) -> None:
        """Print values nicely, for you to read afterwards."""
        self._printer.print(*(value if isinstance(value, str) else pformat(value) for value in values), sep="\n")

    @overload
    def fetch(self, abstract: type[T]) -> T: ...
    @overload
    def fetch(self, abstract: Any) -> Any: ...
    def fetch(self, abstract: Any) -> Any:
        """What the container has for a type; NotBound where it has nothing."""
        return self._container.force_fetch(abstract)

    @classmethod
    def __class_prompt__(cls) -> str:
        """What a model reads: `fetch` is for people."""
        if cls is Moss:
            return _PROMPT
        return outline_class(cls)


class Injection(ABC):
    """Something that wants to know when it is put on a moss, and when that moss ends."""

    @abstractmethod
    def on_inject(self, runtime: MossRuntime, property_name: str) -> Self:
        """Called for each member it becomes; what it returns is what the member gets."""

    @abstractmethod
    def on_destroy(self) -> None:
        """Called once when the runtime closes."""
