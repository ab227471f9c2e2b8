"""What a MOSS file may define to take part in its own life. Each is optional; these are the defaults.

__matrix_providers__                   providers for its container, in a list or a function that gives one
__moss_compile__(compiler)             the code ran, nothing is injected yet: bind what the members need
__moss_compiled__(moss)                moss is complete
__moss_attr_prompts__()                names and prompts, which win over reflection; an empty prompt hides
__moss_module_prompt__(prompter, ...)  the whole prompt
__moss_exec__(runtime, ...)            how code is run
"""

# ruff: noqa: N807 - these names are the protocol
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bolt_agent.moss._compiler import MossCompiler
    from bolt_agent.moss._moss import Moss
    from bolt_agent.moss._prompter import MossPrompter
    from bolt_agent.moss._runtime import Execution, MossRuntime

__all__ = [
    "__moss_attr_prompts__",
    "__moss_compile__",
    "__moss_compiled__",
    "__moss_exec__",
    "__moss_module_prompt__",
]


def __moss_compile__(compiler: MossCompiler) -> MossCompiler:
    """Prepare the compiler: bind, register, inject. By default nothing."""
    return compiler


def __moss_compiled__(moss: Moss) -> None:
    """Prepare the moss. By default nothing."""


def __moss_attr_prompts__() -> Iterable[tuple[str, str]]:
    """Prompts of names, instead of reflecting them. By default none."""
    return ()


def __moss_module_prompt__(prompter: MossPrompter, attr_prompts: dict[str, str] | None = None) -> str:
    """The visible source of the file, then what it imports, explained."""
    parts = [prompter.get_source_code(exclude_hide_code=True).rstrip()]
    magic = prompter.get_magic_prompt()
    if magic:
        parts.append(magic)
    imported = prompter.dump_imported_prompt(attr_prompts=attr_prompts)
    if imported:
        parts.append("# What the names imported above are:\n" + imported)
    return "\n\n".join(parts) + "\n"


def __moss_exec__(
    runtime: MossRuntime,
    *,
    target: str,
    code: str | None = None,
    local_args: list[str] | None = None,
    local_kwargs: dict[str, str] | None = None,
    args: list[Any] | None = None,
    kwargs: dict[str, Any] | None = None,
) -> Execution:
    """Run the code, then call the target, or give its value if it is none that can be called."""
    from bolt_agent.moss._runtime import Execution

    value = runtime.run_code(code, target) if code is not None else runtime.find_target(target)
    if callable(value):
        names = runtime.locals()
        real_args = [_local(names, name, target) for name in local_args or ()] + list(args or ())
        real_kwargs = {key: _local(names, name, target) for key, name in (local_kwargs or {}).items()}
        returns = value(*real_args, **{**real_kwargs, **(kwargs or {})})
    elif any(given is not None for given in (local_args, local_kwargs, args, kwargs)):
        raise TypeError(f"`{target}` is of type {type(value).__name__}, which takes no arguments")
    else:
        returns = value
    return Execution(returns, runtime.dump_std_output(), runtime.dump_pycontext(executed=True))


def _local(names: dict[str, Any], name: str, target: str) -> Any:
    if name not in names:
        raise AttributeError(f"`{target}` was to be called with `{name}`, which the module does not have")
    return names[name]
