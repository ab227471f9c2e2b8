"""What people want remembered, and what they ask of it: sentences around a fact, whose words are theirs."""

from __future__ import annotations

import re

__all__ = ["asks_for_facts", "fact_in", "forgotten_in"]

_FACTS = (
    re.compile(
        r"""^\W*(?:(?:please|(?:can|could|will|would)\s+you)\s+)*(?:remember|note|keep\s+in\s+mind|don'?t\s+forget)\b[\s,:]*
            (?:that\s+(?!as\b|move\b|dance\b)|(?=(?:my|our|i|we|he|she|his|her|their|the|it's)\s))
            (?P<fact>\S+\s+\S.*?)[\s.!]*$""",
        re.VERBOSE | re.IGNORECASE,
    ),
    re.compile(
        r"""^\W*(?:请|帮我)?你?要?(?:记住|记得|别忘了?)[\s，,：:、]*
            (?P<fact>(?!.*(?:动作|这个|这招|这段|舞))(?=.*(?:在|是|叫|有|喜欢|讨厌|住|怕|不)).{2,}?)[\s。！]*$""",
        re.VERBOSE,
    ),
)

_QUESTIONS = re.compile(
    r"^\W*(?:(?:so\s+)?what\s+(?:do|can|did)\s+you\s+(?:still\s+)?(?:remember|know\s+about\s+(?:me|us|my|our|this))"
    r"|do\s+you\s+(?:still\s+)?(?:remember|know)\s+(?!how\b|(?:a|any|the|this|that)\s+(?:move|dance)s?\b)"
    r"|who\s+am\s+i\b|what(?:'s|\s+is)\s+my\b|(?:tell\s+me\s+)?what\s+you\s+(?:remember|know\s+about\s+me))"
    r"|^\W*你?(?:还)?(?:记得|记住了|知道)(?:什么|我|哪些|些什么)|^\W*我(?:是谁|叫什么)",
    re.IGNORECASE,
)


_FORGETS = re.compile(
    r"""^\W*(?:please\s+|now\s+)*forget\s+(?:about\s+)?
        (?:(?:what|everything|all|anything|the\s+things?)\s+(?:that\s+)?(?:(?:i|we)\s+(?:just\s+)?(?:told|said|taught|mentioned)
            |you\s+(?:know|remember))\s*(?:to\s+)?(?:you\s+)?about
        |that\s+(?=(?:my|our|i|we|he|she|his|her|their|the)\s))
        \s*(?:(?:my|our|your|his|her|their|the)\s+)?(?P<words>\S.*?)[\s.!]*$""",
    re.VERBOSE | re.IGNORECASE,
)


def forgotten_in(text: str) -> str | None:
    """What somebody wants forgotten of what they told; None where a move is to be forgotten, or something else.

    >>> forgotten_in("forget what i told you about my sister"), forgotten_in("forget the wiggle")
    ('sister', None)
    """
    found = _FORGETS.match(text)
    return found["words"] if found else None


def fact_in(text: str) -> str | None:
    """What somebody wants remembered; None where they want a move remembered, or something else.

    >>> fact_in("Please remember that the sofa is to the left."), fact_in("记住，沙发在左边")
    ('the sofa is to the left', '沙发在左边')
    >>> fact_in("remember this as zigzag"), fact_in("remember that as zigzag"), fact_in("roll")
    (None, None, None)
    """
    found = next((match for fact in _FACTS if (match := fact.match(text))), None)
    return found["fact"] if found else None


def asks_for_facts(text: str) -> bool:
    """Whether somebody asks what is remembered.

    >>> [asks_for_facts(text) for text in ("What do you remember about me?", "你还记得什么？", "what can you do")]
    [True, True, False]
    """
    return _QUESTIONS.match(text) is not None
