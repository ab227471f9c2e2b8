"""Reading what a MOSS file says, and what a model would see of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bolt_agent.ghost.prompt import moss_for_reading, system_prompt
from bolt_agent.moss import MossError, MossRuntime, format_exec_error

__all__ = ["BrokenFile", "PromptMemory", "moss_prompt", "reading", "tokens", "whole_prompt"]

CHARACTERS_A_TOKEN = 4
"""The usual rule of thumb for English and code; models count differently."""


class BrokenFile(MossError):
    """A MOSS file does not compile; the message has the line."""


@contextmanager
def reading(file: Path) -> Iterator[MossRuntime]:
    """A MOSS file, compiled to be read. Raises OSError, and BrokenFile for whatever its source raises."""
    source = file.read_text(encoding="utf-8")
    compiled = moss_for_reading(file.stem, source, file=str(file.resolve()))
    try:
        runtime = compiled.__enter__()
    except Exception as error:
        raise BrokenFile(f"{file} does not compile: {format_exec_error(error)}") from error
    try:
        yield runtime
    finally:
        compiled.__exit__(None, None, None)


def moss_prompt(file: Path) -> str:
    """The file as a model sees it: its visible source, and what it imports explained."""
    with reading(file) as runtime:
        return runtime.prompter().dump_module_prompt()


def whole_prompt(file: Path) -> str:
    """All that a model is told before the first words of a person: persona, instruction and the file."""
    with reading(file) as runtime:
        return system_prompt(runtime)


def tokens(prompt: str) -> int:
    """About how many tokens a text takes.

    >>> tokens("moss.body.stop()")
    4
    """
    return -(-len(prompt) // CHARACTERS_A_TOKEN)


class PromptMemory:
    """The prompts of last time, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def exchange(self, file: Path, prompt: str, *, kind: str) -> str | None:
        """Keep a prompt of a file, and give the one that was kept before. kind: which prompt of the file it is."""
        key = hashlib.sha256(f"{kind}\0{file.resolve()}".encode()).hexdigest()[:16]
        kept = self._folder / f"{file.stem}-{key}.txt"
        before = kept.read_text(encoding="utf-8") if kept.is_file() else None
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        beside.write_text(prompt, encoding="utf-8")
        beside.replace(kept)
        return before
