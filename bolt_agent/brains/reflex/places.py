"""Places and people that a roll is told to go to or past. It cannot see them: it rolls as it is told, and says so."""

from __future__ import annotations

from collections.abc import Sequence

from bolt_agent.brains.reflex.tokens import Token

__all__ = ["UNSEEN", "unseen_places"]

UNSEEN = "unseen"
"""The kind of word for what it cannot see; the grammar knows none such, only the reply does."""

LEADS = frozenset({"to", "toward", "towards", "past", "under", "underneath", "beneath", "over", "across", "round",
                   "around", "through", "along", "into", "onto", "up", "down", "between", "behind", "beside", "by",
                   "near", "at", "off", "out", "of", "from", "inside", "above", "alongside", "on", "in", "after",
                   "against", "next"})  # fmt: skip
"""Words that lead to a place."""

AROUND = frozenset({"round", "around"})
LYING = frozenset({"on", "in", "at", "by", "near", "inside", "of", "after", "next"})
"""Words that lead to a place only before a certain one: "in THE box", but not "in A line"."""

VERBLESS = frozenset({"up", "down", "through", "over", "under", "round", "around", "past", "toward", "towards", "along",
                      "out", "into"})  # fmt: skip
"""What a command begins with that has no verb: "UP the ramp, quickly"."""

TELLS_HOW = frozenset({"pace", "direction", "twice", "times", "time", "length", "shape"})
"""What a command without a verb has besides its place."""

CERTAIN = frozenset({"the", "my", "your", "our", "his", "her", "their", "that", "this", "those"})
DETERMINERS = CERTAIN | {"a", "an", "some", "another"}
NOUNS = frozenset({"unknown", "icon", "person", "place", "figure"})
ADJECTIVES = frozenset({"size", "color", "mood", "number", "num", "direction", "light", "dance", "talk"})
"""Kinds of words before a noun, whatever else they mean: "the BACK door", "the TWO cups"."""

FALLS = frozenset({"stairs", "staircase", "stair", "steps", "edge", "ledge", "cliff", "balcony", "roof", "pool", "pond",
                   "river", "lake", "fireplace", "road", "street"})  # fmt: skip
"""Where it could come to harm: no place to set off to unseen."""

HIGH = frozenset({"table", "desk", "shelf", "bed", "sofa", "couch", "chair", "tabletop", "bench", "counter", "stool"})
"""What it could fall off."""

NAMED = frozenset({"unknown", "person"})
"""What is chased: "chase MOLLY"."""

MOST_NOUNS = 3
STARTS = frozenset({"then", "and", "comma", "stop", "colon", "done", "first"})
"""What a command follows."""

LEADS_TO_CLAUSE = frozenset({"if", "until", "while", "before", "after"})
ROLLS = frozenset({"move", "return", "shape"})
COMMON = frozenset({"go", "come", "run", "walk", "head", "move", "travel", "going", "ride", "get"})
"""Verbs that people say to each other too: "go to school"."""

YOURS = {"my": "your", "our": "your", "your": "my"}


def unseen_places(tokens: list[Token]) -> list[Token]:
    """With one word for each place that a roll is told of: "roll TO THE FRIDGE", "drive PAST GRANDMA'S CHAIR"."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        told = _told(kept, tokens, at)
        end = _end(tokens, at, told) if told is not None else at
        if end == at:
            kept.append(tokens[at])
            at += 1
            continue
        kept += _motion(kept, tokens[at:end], tokens[end:])
        at = end
    return kept


def _told(before: Sequence[Token], tokens: Sequence[Token], at: int) -> str | None:
    """The verb of the command that a place could belong to here, "" where there is none; None if it is no command."""
    last = _words(before[-1])[-1:] if before and before[-1].kind == "move" else []
    if last == ["chase"] and (tokens[at].kind in NAMED or tokens[at].text.lower() in CERTAIN):
        return "chase"
    rolls_off = bool(set(last) & LEADS)  # "ROLL OFF the rug"
    if not _words(tokens[at])[:1] or not (
        _words(tokens[at])[0] in LEADS or (rolls_off and _words(tokens[at])[0] in CERTAIN)
    ):
        return None
    start = next((n + 1 for n in range(len(before) - 1, -1, -1) if before[n].kind in STARTS), 0)
    if any(token.kind in LEADS_TO_CLAUSE for token in before):
        return None
    said = [token for token in before[start:] if token.kind not in ("pace", "filler", "talk", "first", "diagonal")]
    led = [token.text.lower() for token in before[start:] if token.kind == "filler"]
    if not said and not start and _words(tokens[at])[0] in VERBLESS:
        return "" if any(token.kind in TELLS_HOW for token in tokens[at:]) else None
    if said and said[0].kind == "do" and said[0].text.lower() in ("do", "make", "trace"):
        said = said[1:]
    if not said or not (said[0].kind in ROLLS or (said[0][:2] == ("direction", "back"))):
        return None
    verb = said[0].text.lower()
    nominal = bool(DETERMINERS.intersection(led[: _fillers_before(before[start:])]))
    return None if nominal or verb.endswith("ing") else verb


def _fillers_before(clause: Sequence[Token]) -> int:
    """How many fillers stand before the verb."""
    verb = next((n for n, token in enumerate(clause) if token.kind in ROLLS), 0)
    return sum(token.kind == "filler" for token in clause[:verb])


def _end(tokens: Sequence[Token], start: int, verb: str) -> int:
    """Where the place ends that begins with the word here; the same if there is none."""
    at, leads = start, _words(tokens[start - 1])[1:] if start else []
    while at < len(tokens) and _leads(tokens, at):
        leads += _words(tokens[at])
        at += 1
    lead = ["past"] if verb == "chase" and not leads else [word for word in leads if word not in DETERMINERS]
    given = {word for word in leads if word in DETERMINERS}
    while at < len(tokens) and tokens[at].text.lower() in DETERMINERS:
        given.add(tokens[at].text.lower())
        at += 1
    if not lead or (lead[-1] in LYING and not given & CERTAIN):
        return start
    thing = at
    end = _nouns(tokens, at, described=bool(given))
    named = {word for token in tokens[thing:end] for word in _words(token)}
    if named & FALLS or (named & HIGH and lead[-1] in ("off", "of", "over") and "out" not in leads):
        return start
    if end == thing or _is_where_it_is(tokens[thing:end], lead[-1]):
        return start
    if given or any(token.kind == "person" for token in tokens[thing:end]) or tokens[thing].text.endswith("'s"):
        return end
    common = verb.partition(" ")[0] in COMMON and lead[-1] != "from"
    return end if end == thing + 1 and verb and not common else start


def _leads(tokens: Sequence[Token], at: int) -> bool:
    """Whether this word leads to a place, "to the back" before "door" too."""
    words = _words(tokens[at])
    if len(words) == 1:
        return words[0] in LEADS
    after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    return tokens[at].kind == "direction" and words[0] in LEADS and words[1] in CERTAIN and after in NOUNS


def _nouns(tokens: Sequence[Token], at: int, *, described: bool) -> int:
    """Where the name of a thing ends that begins here: "two big cups", "end of the rug"."""
    end = at
    while described and end < len(tokens) and tokens[end].kind in ADJECTIVES:
        end += 1
    first = end
    while end < len(tokens) and end - first <= MOST_NOUNS and (tokens[end].kind in NOUNS or _is_owner(tokens, end)):
        if tokens[end].kind == "unknown" and tokens[end].text.lower() in LEADS:
            break
        end += 1
    if end == first:
        return at
    if end < len(tokens) and tokens[end].text.lower() == "of":
        more = end + 1
        while more < len(tokens) and tokens[more].text.lower() in DETERMINERS:
            more += 1
        beyond = _nouns(tokens, more, described=True)
        return beyond if beyond > more else end
    return end


def _is_owner(tokens: Sequence[Token], at: int) -> bool:
    """Whether this is the "'s" of someone's: "to GRANDMA'S chair"."""
    return at > 0 and not tokens[at].text and tokens[at].kind == "chat" and tokens[at - 1].text.endswith("'s")


def _is_where_it_is(named: Sequence[Token], lead: str) -> bool:
    """Whether the ball is in that place anyway: "zigzag across the KITCHEN", "roll around the RUG"."""
    if [token.kind for token in named] != ["place"] or lead in ("to", "toward", "towards", "past", "from", "out"):
        return False
    if lead in ("under", "underneath", "beneath", "behind", "between", "off", "near", "beside"):
        return False
    return named[0].value == "area" or lead not in ("around", "round", "down")


def _motion(before: Sequence[Token], place: Sequence[Token], rest: Sequence[Token]) -> list[Token]:
    """The word for a place, and what is to be done there where nothing is said: a circle AROUND it."""
    words = [word for token in place for word in _words(token)]
    names = [word for word in words if word not in LEADS or word == "of"]
    while names and names[0] in ("of", "of the"):
        names = names[1:]
    thing = " ".join(YOURS.get(word, word) for word in names)
    unseen = Token(UNSEEN, thing, " ".join(words))
    told = [*before, *rest]
    leads = {word for word in words if word in LEADS}
    turns = leads & AROUND and not {"corner", "bend"} & {*names} and not leads & {"to", "towards", "toward"}
    if turns and not any(token.kind in ("shape", "figure", "spin", "direction") for token in told):
        return [unseen, Token("shape", "circle", "round")]
    if any(token.kind in ROLLS for token in before):
        goes_on = bool(rest) and rest[0].kind == "return"  # "run to the table AND BACK AGAIN"
        return [unseen, Token("then", "then", "")] if goes_on else [unseen]
    return [unseen, Token("move", "roll", words[0])]


def _words(token: Token) -> list[str]:
    return token.text.lower().split()
