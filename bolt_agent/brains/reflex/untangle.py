"""Settles words that mean one thing in one place and another elsewhere."""

from __future__ import annotations

from bolt_agent.brains.reflex.counting import DECIDES, UNITS
from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["JOINTS", "absolute_turns", "halves", "lights_on", "mark_later", "mark_others", "that_blink",
           "times_that_come_first", "untangle", "without_calls", "without_similes"]  # fmt: skip

JOINTS = frozenset({"then", "and", "comma", "stop", "colon", "while", "together", "before", "after", "until", "if",
                    "done"})  # fmt: skip

THINGS = frozenset({"shape", "figure", "icon", "mood", "face", "dance"})
"""What "a little" can be said of as a size: "a little circle"."""

NO_THING = frozenset({"", "this", "that", "then", "and", "stop"})
"""What stands before "takes" where nothing is named that takes its time: "it takes two seconds"."""

LIGHT_BEFORE = frozenset({"", "do", "show", "and", "comma", "then", "turn", "light", "stop", "blink", "clear", "on"})
"""What stands before "back" where that is the light behind: "make your front red and your BACK blue"."""

ACTIONS = frozenset({"direction", "move", "turn", "spin", "pace", "return", "dance", "wait"})


EXPRESSIONS = frozenset({"smile", "laugh", "wink", "neutral", "cool"})
"""Pictures that are named by what one does: "smile, roll forward"."""


def mark_others(tokens: list[Token]) -> list[Token]:
    """Mark a picture's name as no command where it is who does something: "the dog rolls forward"."""
    for at, token in enumerate(tokens[:-1]):
        if token.kind not in ("filler", "article", "icon", "number", "num"):
            break
        named = token.kind == "icon" and token.value not in EXPRESSIONS
        if named and tokens[at + 1].kind in ACTIONS:
            return [*tokens[:at], Token("chat", token.value, token.text), *tokens[at + 1 :]]
    return tokens


def lights_on(tokens: list[Token]) -> list[Token]:
    """Keep the "on" that ends a part about a light: "front light ON, back light off"."""
    marked = list(tokens)
    for at, token in enumerate(tokens):
        ends = at + 1 == len(tokens) or tokens[at + 1].kind in JOINTS | {"light"}
        if at and token.kind == "filler" and token.text.lower() == "on" and tokens[at - 1].kind == "light" and ends:
            marked[at] = Token("on", "on", token.text)
    return marked


CALLABLE = frozenset({"icon", "unknown"})
NAMES_A_THING = frozenset({"article", "show", "color", "and", "do", "write", "icon", "figure", "filler", "later"})
"""What stands before a word for the robot where it is a picture: "show ROBOT", "a red ROBOT"."""


def without_calls(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Without what calls the robot after a command or a greeting: "sleep, LITTLE ROBOT", "hello ROBOT, roll"."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        last = all(one.kind in ("comma", "stop", "filler") for one in tokens[at + 1 :])
        called = token.kind in CALLABLE and token.text.lower() in lexicon.wake
        before = [*kept]
        while called and before and before[-1].kind in ("size", "comma"):
            before.pop()
        calls = called and before and (last or before[-1].kind == "talk")
        asks = calls and before[-1].kind == "filler" and before[-1].text.lower() in (*lexicon.courtesies, "now")
        if calls and (asks or before[-1].kind not in NAMES_A_THING):
            kept = before
        else:
            kept.append(token)
    return kept


PICTURES = frozenset({"icon", "figure"})
MOVES = frozenset({"move", "turn", "spin", "dance", "shape"})
LIKENED = MOVES | {"blink", "color", "light", "change", "pace"}
"""Kinds of words for what is compared to something; a picture is not, which would be another picture."""

COMPARED = frozenset({"unknown", "chat", "icon", "filler", "article", "person", "place", "mood"})
"""Kinds of words for what it is compared to."""


def without_similes(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Without what it is compared to: "spin like a top", "blue like the ocean", "shake like you are cold"."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        if tokens[at].text.lower() in lexicon.similes and _is_likened(kept):
            while end < len(tokens) and (_is_compared(tokens[end]) or _is_shape_again(tokens[end], kept)):
                end += 1
        if all(token.kind in ("filler", "article") for token in tokens[at + 1 : end]):
            kept.append(tokens[at])
            end = at + 1
        at = end
    return kept


def _is_likened(tokens: list[Token]) -> bool:
    kinds = {token.kind for token in tokens}
    glows = any(token[:2] == ("show", "glow") for token in tokens)
    acts = "act" in kinds and "color" not in kinds  # but "be green like a frog"
    return (glows or not kinds.isdisjoint(LIKENED)) and not acts and kinds.isdisjoint({"question", "chat"})


def _is_compared(token: Token) -> bool:
    return token.kind in COMPARED or (token.kind in MOVES and token.text.lower().endswith("ing"))


def _is_shape_again(token: Token, before: list[Token]) -> bool:
    """A shape beside a shape or a dance is what that is compared to: "zigzag like a SNAKE"."""
    return token.kind == "shape" and any(one.kind in ("shape", "dance") for one in before)


def that_blink(tokens: list[Token]) -> list[Token]:
    """With a picture that blinks blinked instead of shown: "show a heart THAT BEATS"."""
    for at, token in enumerate(tokens):
        shows = [n for n, one in enumerate(tokens[:at]) if one.kind in ("show", "do")]
        blinks = token.kind == "blink" and token.text.lower().startswith("that ")
        if shows and blinks and tokens[at - 1].kind in PICTURES:
            return [*tokens[: shows[-1]], token, *tokens[shows[-1] + 1 : at], *tokens[at + 1 :]]
    return tokens


def mark_later(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Keep an "in" that begins a sentence or a part of it: a filler elsewhere."""
    marked: list[Token] = []
    before = ""
    for token in tokens:
        later = token.kind == "filler" and token.text.lower() in lexicon.later and before in ("", *JOINTS)
        marked.append(Token("later", "later", token.text) if later else token)
        before = before if token.kind == "filler" and not later else token.kind
    return marked


def times_that_come_first(tokens: list[Token]) -> list[Token]:
    """ "In two seconds, roll" and "两秒后向右走" wait first; "spin in two seconds" and "走一秒后右转" do not."""
    settled: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        begins = not settled or settled[-1].kind in JOINTS - {"until", "if", "while"}
        later = token.kind == "later"
        start = at + 1 if later else at
        kinds = [token.kind for token in tokens[start : start + 4]]
        late = begins and kinds[2:3] == ["late"]
        if kinds[:2] == ["num", "time"] and (later or late) and len(tokens) > start + 2 + late:
            comma = [] if kinds[2:3] == ["comma"] else [Token("comma", ",", "")]
            settled += [Token("after", "after", token.text), *tokens[start : start + 2], *comma]
            at = start + 2 + late
        else:
            settled += [] if later else [token]
            at += 1
    return settled


def untangle(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Settles words that mean one thing before a number and another elsewhere."""
    tokens = _settled(tokens, lexicon)
    kinds = [token.kind for token in tokens] + ["", "", ""]
    clear: list[Token] = []
    for at, token in enumerate(tokens):
        before, after, unit = kinds[at - 1] if at else "", kinds[at + 1], kinds[at + 2]
        if token.kind == "speed" and before == "num" and (after != "num" or unit in UNITS):
            clear.insert(len(clear) - 1, token)  # "at 60 speed", "以50的速度"
            continue
        if token.kind in ("while", "after") and after == "event":
            token = Token("if", "if", token.text)  # "when you are blocked", "after a crash"
        if token.kind == "after" and before == "and" and _goes_on(tokens[at + 1 :]):
            token = Token("then", "then", token.text)  # "a square and after you show a heart"
        if clear and clear[-1].kind == "done" and token.kind in MOVES and token.text.lower().endswith("ing"):
            continue  # "when you are done ROLLING"
        if token.kind == "event" and before == "halt":
            clear.append(Token("if", "if", ""))  # "stop at the wall"
        if token.kind == "event" and before == "filler" and clear[-1].text.lower() == "to" and _rolls(clear):
            clear.append(Token("until", "until", ""))  # "roll TO THE WALL"
        if token.kind == "pace" and before == "event" and clear[-2:-1] == [Token("until", "until", "")]:
            clear.insert(len(clear) - 2, token)  # "race to the wall at full speed"
            continue
        if token.kind in ("heading", "speed") and after == "num" and unit in ("time", "times"):
            continue  # "at that speed for 2 seconds"
        if token.kind == "late":  # "两秒后右转", but "前后"
            token = Token("then", "then", token.text) if before in UNITS else Token("direction", "back", token.text)
        if token.kind == "event" and not lexicon.spaced and before not in ("if", "until"):
            kind = "until" if _ends_with_until(token, lexicon) else "if"
            clear.append(Token(kind, kind, ""))  # "撞到墙就停下", "撞到墙为止"
        if token.kind == "plural":  # "two spins", but "the ball spins"
            token = Token("spin" if before in ("num", "do") else "chat", token.value, token.text)
        if token.kind == "by" and not (before in ("num", "length") and after == "num"):
            continue  # "by 30 degrees"
        if token.kind == "twice" and after == "event":
            token = Token("if", "if", token.text)  # "once you hit something"
        clear.append(token)
        if token.kind == "time" and kinds[max(0, at - 2)] == "after" and before == "num" and after not in JOINTS:
            clear.append(Token("comma", ",", ""))  # "after two seconds roll forward"
    return clear


def _rolls(tokens: list[Token]) -> bool:
    """Whether the part of the sentence so far is a roll."""
    begins = max((at for at, token in enumerate(tokens) if token.kind in JOINTS), default=-1)
    kinds = {token.kind for token in tokens[begins + 1 :]}
    return "move" in kinds and kinds.isdisjoint({"turn", "look", "show"})


def _goes_on(tokens: list[Token]) -> bool:
    """Whether what follows "and after" is simply what is to be done next."""
    first = tokens[0] if tokens else Token("", "", "")
    waits = first.kind in ("", "num", "article", "event", "unknown") or first.text.lower().endswith("ing")
    return not waits and all(token.kind not in ("comma", "colon", "then") for token in tokens)


def halves(tokens: list[Token]) -> list[Token]:
    """With what two halves are together: "HALF red and HALF blue"."""
    parts = [at for at, token in enumerate(tokens) if token[:2] == ("fraction", "0.5")]
    colors = [at for at, token in enumerate(tokens) if token.kind == "color"]
    sides = [token.value for token in tokens if token.kind == "direction"]
    if len(parts) == len(colors) == 2 and sorted(sides) == ["left", "right"]:
        return _left_and_right(tokens, [tokens[at] for at in colors], sides)
    if len(parts) != 2 or len(colors) != 2 or not parts[0] < colors[0] < parts[1] < colors[1]:
        return tokens
    between = tokens[parts[0] + 1 : colors[0]] + tokens[colors[0] + 1 : parts[1]] + tokens[parts[1] + 1 : colors[1]]
    if any(token.kind not in ("and", "comma", "filler", "article") for token in between):
        return tokens
    half = Token("all", "halves", tokens[parts[0]].text)
    return [*tokens[: parts[0]], half, tokens[colors[0]], *tokens[colors[1] :]]


def _left_and_right(tokens: list[Token], colors: list[Token], sides: list[str]) -> list[Token]:
    """ "Left half RED and right half GREEN", in whatever order."""
    loose = {"filler", "article", "and", "comma", "color", "fraction", "direction", "face", "do", "show", "act"}
    if any(token.kind not in loose for token in tokens):
        return tokens
    return [Token("all", "halves", ""), *(colors if sides[0] == "left" else reversed(colors))]


def absolute_turns(tokens: list[Token]) -> list[Token]:
    """ "Turn TO 90 degrees" names a heading, "turn 90 degrees" an angle."""
    marked = list(tokens)
    for at in range(1, len(tokens) - 1):
        if tokens[at].kind != "filler" or tokens[at].text.lower() != "to" or tokens[at + 1].kind != "num":
            continue
        after = tokens[at + 2].kind if at + 2 < len(tokens) else ""
        sides = after == "degree" and at + 3 < len(tokens) and tokens[at + 3].kind in ("filler", "direction")
        if tokens[at - 1].kind in ("turn", "look") and after not in ("time", "length", "times", "clock") and not sides:
            marked[at] = Token("heading", "heading", tokens[at].text)
    return marked


def _settled(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Words whose meaning shows in the next word or in the place they have."""
    settled: list[Token] = []
    tokens = _with_plain_moves(tokens, lexicon)
    at = 0
    while at < len(tokens):
        token, before = tokens[at], settled[-1].kind if settled else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else Token("", "", "")
        if token.kind == "extent" and after.kind in THINGS:  # "a little circle"
            token = Token("size", token.value, token.text)
        elif token[:2] == ("relative", "takes") and before not in NO_THING and after.kind in ("num", "article"):
            token = Token("takes", "takes", token.text)  # "a circle that takes six seconds"
        elif token.kind == "relative":  # "a heart that is red", but "that is red" says how something is
            token = (
                Token("chat", token.value, token.text) if before in (*NO_THING, *JOINTS) else Token("filler", "", "")
            )
        elif token[:2] == ("talk", "praise") and (
            after.kind == "mood" or (before == "article" and after.kind not in ("", *JOINTS))
        ):
            token = Token("filler", "", "")  # "a nice circle", "be super happy"
        elif token.kind == "num" and before == "light" and token.value == "1.0" and after.kind not in UNITS:
            token = Token("filler", "", "")  # "the front one"
        elif token[:2] == ("direction", "back") and _may_be_light(settled) and _is_light(tokens[at + 1 :]):
            token = Token("light", "back", token.text)  # "make your back blue"
        elif token.kind == "talk" and before == "show" and after.kind not in ACTIONS:
            token = Token("text", token.text, token.text)  # "display hello"
        elif token[:2] == ("ask", "speed") and _is_amount(tokens[at + 1 :]):  # "set your speed to 50"
            token = Token("speed", "speed", token.text)
        elif _kinds(tokens, at, 4) == ["per", "time", "num", "length"]:  # "每秒30厘米"
            settled += [*tokens[at + 2 : at + 4], token]
            at += 3
            token = tokens[at - 2]
        elif (
            token.kind == after.kind == "num"
            and before not in DECIDES
            and 0 < float(after.value) < 1 <= float(token.value)
        ):
            token = Token("num", str(float(token.value) + float(after.value)), token.text)  # "2 1/2 seconds"
            at += 1
        elif token.kind == "percent" and after.kind == "num" and before != "num":  # "百分之五十"
            settled.append(after)
            at += 1
        elif before == "num" and _is_tenth(tokens, at, lexicon):  # "一米二"
            metres = float(settled[-1].value) + float(after.value) / 10
            settled[-1] = settled[-1]._replace(value=str(metres))
            at += 1
        if token.kind != "filler" or token.text:
            settled.append(token)
        at += 1
    return settled


def _with_plain_moves(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Amounts and ways of moving that are said in a roundabout way: "two MORE seconds", "three BIG steps"."""
    plain: list[Token] = []
    at = 0
    while at < len(tokens):
        token, before = tokens[at], plain[-1].kind if plain else ""
        after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        at += 1
        if token.kind == "more" and token.text == "more" and before == "num" and after in UNITS | COUNTABLE:
            continue
        if token.kind == "size" and before == "num" and after == "length":
            plain[-1] = plain[-1]._replace(value=str(float(plain[-1].value) * float(token.value)))
            continue
        if token.kind == "length" and before != "num" and after == "direction" and lexicon.spaced:
            plain.append(Token("num", "1.0", ""))  # "step left"
        elif token[:2] == ("turn", "turn") and before == "num" and float(plain[-1].value) < 1:
            token = Token("turns", "360", token.text)  # "a third of a turn"
        elif _sways(tokens, at - 1):
            at += 3  # "march left and right"
        elif token[:2] == ("dance", "patrol") and after in ("direction", "compass"):
            token = Token("move", "roll", token.text)  # "march north"
        plain.append(token)
    return plain


COUNTABLE = frozenset({"plural", "spin", "shape", "figure"})


def _sways(tokens: list[Token], at: int) -> bool:
    """Whether a move that goes to and fro by itself is told so: "weave left and right"."""
    sways = tokens[at].kind == "dance" or tokens[at][:2] == ("shape", "zigzag")
    if not sways or _kinds(tokens, at + 1, 3) != ["direction", "and", "direction"]:
        return False
    return {tokens[at + 1].value, tokens[at + 3].value} in ({"left", "right"}, {"forward", "back"})


def _ends_with_until(token: Token, lexicon: Lexicon) -> bool:
    untils = ("".join(units) for units, entry in lexicon.phrases.items() if entry.kind == "until")
    return token.text.endswith(tuple(untils))


def _kinds(tokens: list[Token], at: int, size: int) -> list[str]:
    return [token.kind for token in tokens[at : at + size]]


def _may_be_light(before: list[Token]) -> bool:
    """Whether "back" can be the light behind after these words."""
    kinds = [token.kind for token in before]
    return not kinds or kinds[-1] in LIGHT_BEFORE or (kinds[-1] == "color" and "light" in kinds)


def _is_light(tokens: list[Token]) -> bool:
    """Whether a colour follows "back", be it after "one" or "to", or nothing but "one"."""
    one = tokens[0].value == "1.0" if tokens else False
    follows = next((token.kind for token in tokens[one:] if token.kind != "filler"), "")
    return follows == "color" or (one and follows in ("", "off", *JOINTS))


def _is_amount(tokens: list[Token]) -> bool:
    """Whether a number follows, be it after "to"."""
    return next((token.kind for token in tokens if token.kind != "filler"), "") == "num"


def _is_tenth(tokens: list[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a bare digit follows that counts tenths of the unit here."""
    if lexicon.spaced or at + 1 >= len(tokens) or tokens[at].kind != "length":
        return False
    number, beyond = tokens[at + 1], tokens[at + 2].kind if at + 2 < len(tokens) else ""
    is_digit = number.kind == "num" and float(number.value) in range(1, 10)
    return is_digit and beyond not in UNITS and float(tokens[at].value) == 100
