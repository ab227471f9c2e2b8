"""What the ghost is told: its persona, its instructions, and the default MOSS file. Read as text, kept as files."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["DEFAULT_MOSS_FILE", "read"]

DEFAULT_MOSS_FILE = "bolt.py"
"""The MOSS file of a robot that nobody has given another."""


def read(name: str) -> str:
    """The text of a prompt file.

    >>> read("persona.md").splitlines()[0]
    '# Who you are'
    """
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
