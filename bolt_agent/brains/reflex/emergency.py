"""The emergency word: whether something said means "stop, at once". Knows no grammar, so that nothing can delay it."""

from __future__ import annotations

import re

__all__ = ["is_stop"]

LONGEST = 60
"""Characters; whoever means an emergency says no more."""

_PIECES = re.compile(r"[a-z']+|[一-鿿]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOP = _words(
    "stop freeze halt whoa abort 停 停下 停下来 停止 别动 别动了 停住 站住 快停 快停下 停停 停停停 不要动 "
    "不要动了 别跑了 立刻停止 马上停下 停车 刹车 紧急停止 快停下来 停一下 停下吧 停吧 别走了 不许动 立即停止 马上停止"
)
_AROUND = _words(
    "now please it right immediately bolt robot hey ok okay emergency just no moving rolling everything sphero "
    "there at once you oh ah all that spinning dancing motors quick quickly the ball must should wait can "
    "请 现在 快 立刻 马上 机器人 小球 球"
)
"""What people say around the emergency word without meaning anything else."""


def is_stop(text: str) -> bool:
    """Whether this is an emergency stop and nothing else.

    >>> is_stop("STOP now!"), is_stop("停下"), is_stop("stop after two seconds"), is_stop("don't stop")
    (True, True, False, False)
    """
    if len(text) > LONGEST:
        return False
    words = _PIECES.findall(text.lower())
    return not _STOP.isdisjoint(words) and all(word in _STOP or word in _AROUND for word in words)
