"""Checking a MOSS file without running it: what would fail when it runs, with the line where it stands.

What the robot has and what it refuses is asked of the robot's own classes. Where the text does not tell what a value
is, nothing is said: a file that runs has no findings.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from bolt_agent.authoring.calls import CallChecker
from bolt_agent.authoring.findings import Finding
from bolt_agent.authoring.known import Knowledge
from bolt_agent.authoring.run_function import check_run
from bolt_agent.authoring.scopes import scopes_of
from bolt_agent.moss import MOSS_HIDDEN_MARK, MOSS_HIDDEN_UNMARK

__all__ = ["check"]


def check(text: str) -> list[Finding]:
    """Everything that is found in a file, in the order of its lines.

    >>> for finding in check("def run(moss):\\n    moss.face.shew('heart')\\n    moss.body.new_move().roll(0, 300, 2)"):
    ...     print(finding)
    2:15: a LedMatrix has no `shew`; did you mean `show`?
    3:34: roll: cannot have speed 300: it should be less than or equal to 255
    """
    hidden = list(_hidden_marks(text))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
            compile(tree, "<file>", "exec", dont_inherit=True)  # finds what parsing cannot: `return` outside a function
    except SyntaxError as error:
        return sorted([*hidden, Finding(error.lineno or 1, max(1, error.offset or 1), "syntax", error.msg)])
    except (ValueError, RecursionError, MemoryError) as error:
        return [Finding(1, 1, "syntax", str(error) or "the file is nested too deeply")]
    scopes = scopes_of(tree)
    knowledge = Knowledge(tree, scopes[tree])
    calls = CallChecker(tree, scopes, knowledge).findings()
    return sorted({*hidden, *check_run(tree, scopes[tree], knowledge), *calls})


def _hidden_marks(text: str) -> Iterator[Finding]:
    """Hidden sections that nothing closes, and ends of sections that nothing opens."""
    opened: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        mark = line.strip()
        if mark.startswith(MOSS_HIDDEN_MARK):
            opened.append(number)
        elif mark.startswith(MOSS_HIDDEN_UNMARK):
            if opened:
                opened.pop()
            else:
                yield Finding(number, 1, "hidden", f"nothing opens this section: `{MOSS_HIDDEN_MARK}` is missing above")
    for number in opened:
        yield Finding(
            number, 1, "hidden", f"this hidden section is left open: end it with a line `{MOSS_HIDDEN_UNMARK}`"
        )
