"""What the ghost is told: its persona, its instructions, and the default MOSS file. Read as text, kept as files.

A prompt that takes variables names them in its first line, `<!-- variables: moss, name -->`, and has them in braces.
"""

from __future__ import annotations

import re
from importlib.resources import files

__all__ = ["DEFAULT_MOSS_FILE", "fill", "read"]

DEFAULT_MOSS_FILE = "bolt.py"
"""The MOSS file of a robot that nobody has given another."""

_VARIABLES = re.compile(r"<!-- variables: (?P<names>[\w, ]+) -->\n")


def read(name: str) -> str:
    """The text of a prompt file.

    >>> read("persona.md").splitlines()[0]
    '# Who you are'
    """
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def fill(name: str, **values: str) -> str:
    """The text of a prompt file with its variables filled in. Raises TypeError when these are others than it names.

    >>> print(fill("module.md", moss="body: Ball"))
    # The module your code runs in
    ```python
    body: Ball
    ```
    <BLANKLINE>
    """
    text = read(name)
    named = _VARIABLES.match(text)
    names = set(named["names"].replace(" ", "").split(",")) if named else set()
    if names != set(values):
        raise TypeError(f"{name} takes {sorted(names)}, not {sorted(values)}")
    body = text[named.end() :] if named else text
    # all at once: what is filled in may hold braces of its own
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), body)
