"""What a new message does to a turn that is under way: which policies there are, and which words are a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bolt_agent.robot.errors import BadValue, did_you_mean

__all__ = ["POLICIES", "Conduct", "Policy", "conduct", "is_correction", "read_policy"]

Policy: TypeAlias = Literal["queue", "interrupt", "interrupt_keep_last", "ignore"]
"""What a message does that comes while a turn is under way; "stop" acts at once under each of them.

queue: it waits for its turn; a correction does not.   interrupt: the turn under way ends, and it takes its place.
interrupt_keep_last: the same, and what waits is dropped: only the newest counts.   ignore: it is not taken.
"""


@dataclass(frozen=True, slots=True)
class Conduct:
    """What becomes of the turn under way, of the messages that wait, and of the new one."""

    ends_turn: bool = False
    drops_waiting: bool = False
    is_taken: bool = True


POLICIES: Mapping[Policy, Conduct] = {
    "queue": Conduct(),
    "interrupt": Conduct(ends_turn=True),
    "interrupt_keep_last": Conduct(ends_turn=True, drops_waiting=True),
    "ignore": Conduct(is_taken=False),
}

CORRECTED = Conduct(ends_turn=True)
"""A correction takes the place of what it corrects; what was asked for after that still holds."""

LONGEST = 120
"""Characters; who corrects a robot that is moving is brief."""

_CORRECTIONS = re.compile(
    r"""^(?: \W*
        (?: no|nope|oops|whoops|sorry )\s*[,.!:;…-]+ \s* \S       # "no, left!"; neither "no" nor "no lights please"
      | \W*(?: (?: no|oops|sorry|wait )\W+ )*
        (?: not\ (?:that|this|like\ that|so|there|(?:to\ the\ )?(?:left|right))\b
          | (?: i\ meant?|i\ said|i\ wanted|that's\ (?:wrong|not)|that\ is\ (?:wrong|not)|wrong|instead\b|rather\b
              | actually\b|the\ other\ (?:way|one|side|direction) ) )
      | \W*(?: 不是|不对|不，|不,|不！|错了|错啦|弄错|搞错|我是说|我说的是
          | 我的意思|我要的是|别那样|不要那样|不要这样|反了 )
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def conduct(policy: Policy, text: str) -> Conduct:
    """What a message does that comes while a turn is under way.

    >>> conduct("queue", "then show a heart").ends_turn, conduct("queue", "no, left!").ends_turn
    (False, True)
    """
    wanted = POLICIES[policy]
    return wanted if wanted.ends_turn or not is_correction(text) else CORRECTED


def is_correction(text: str) -> bool:
    """Whether somebody corrects what they have asked for.

    >>> [is_correction(text) for text in ("No, left!", "I meant the red one", "不对，往左", "no lights please")]
    [True, True, True, False]
    """
    return len(text) <= LONGEST and _CORRECTIONS.match(text.replace("’", "'")) is not None


def read_policy(name: str) -> Policy:
    """A policy by its name. Raises BadValue that names the others."""
    for policy in POLICIES:
        if policy == name:
            return policy
    raise BadValue(f"no way {name!r} to take a new message: {did_you_mean(name, POLICIES)}")
