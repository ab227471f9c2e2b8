"""Everything that can go wrong in a MOSS, apart from what its own code raises.

* MossError
  + ModuleMissing (ImportError)             no source to compile: no such module, or one without Python source
  + NotInjectable (NotImplementedError)      a member of Moss is typed with something that nobody bound
  + TargetMissing (NotImplementedError)      the code does not define what was to be run; .defined names what it does
  + CompilerUsed (RuntimeError)              a compiler compiles once
  + AlreadyExecuting (RuntimeError)          a runtime executes one piece of code at a time
  + RuntimeClosed (RuntimeError)             used after close
  + NotPersistable (TypeError)               a value that a PyContext cannot keep

What the code of a MOSS file or of a model raises passes through unchanged; `format_exec_error` makes it readable.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "AlreadyExecuting",
    "CompilerUsed",
    "ModuleMissing",
    "MossError",
    "NotInjectable",
    "NotPersistable",
    "RuntimeClosed",
    "TargetMissing",
]


class MossError(Exception):
    """Anything the protocol refuses."""


class ModuleMissing(MossError, ImportError):
    """There is no source to compile."""


class NotInjectable(MossError, NotImplementedError):
    """A member of Moss needs something that nobody bound."""


class TargetMissing(MossError, NotImplementedError):
    """What was to be run is not there. `.defined` are the names that the code does define."""

    def __init__(self, message: str, defined: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.defined = tuple(defined)


class CompilerUsed(MossError, RuntimeError):
    """A compiler compiles one module, once."""


class AlreadyExecuting(MossError, RuntimeError):
    """Another execution of this runtime has not ended; nothing of it was disturbed."""


class RuntimeClosed(MossError, RuntimeError):
    """The runtime was closed before this use."""


class NotPersistable(MossError, TypeError):
    """The value is none of the kinds that a PyContext keeps."""
