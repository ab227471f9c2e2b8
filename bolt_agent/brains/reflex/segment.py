"""Cuts what was said into tokens: the longest phrase of the lexicon at each place, numbers, and text to be written."""

from __future__ import annotations

from collections.abc import Mapping

from bolt_agent.brains.reflex.counting import chinese_number
from bolt_agent.brains.reflex.lexicon import Entry, Lexicon
from bolt_agent.brains.reflex.pieces import pieces_of, skip_wake_words
from bolt_agent.brains.reflex.spelling import Unit, repair
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["Names", "is_han", "segment"]

Names = Mapping[tuple[str, ...], str]
"""Moves that the person has named, by the units of their names."""

_MARKS = {",": "comma", ".": "stop", ";": "stop", "!": "stop", "?": "stop", "\n": "stop", ":": "colon", "=": "colon",
          "-": "minus"}  # fmt: skip
ENDS_TEXT = frozenset({"then", "while", "until", "if", "together", "before", "after", "done", "comma", "stop", "colon"})
"""Kinds of words that end a text to be written or a name."""

VERBS = frozenset(
    {"move", "turn", "spin", "look", "wait", "halt", "dance", "show", "write", "blink", "clear", "countdown"}
)
"""Kinds of words that begin something new to do."""


SOFT_ENDS = frozenset({"then", "while", "until", "if", "before", "after"})
"""Kinds of joints that a text may have too: "say I'D RUN IF I WERE YOU"."""

OBJECTS = frozenset({"light", "face", "color", "icon", "figure", "shape", "spin", "turn", "dance", "rainbow", "mood"})
"""Kinds of words that a verb such as "make" or "do" is about."""

COUNTS = ("num", "number", "fraction")

NAMES = frozenset({"article", "filler", "person", "question", "this", "that", "num", "number"})
"""Kinds of words that lead to a thing that is to be shown, which is no text: "show A penguin", "show ME how"."""

WORDY = 3
"""Words from which on what is to be shown is a text, if it begins with no name of a thing."""

LEADS_ON = frozenset({"article", "do", "not", "ask", "question", "move", "halt", "this", "that", "chat", "filler"})
"""What stands before a verb that is written: "say DON'T turn left"."""

BEGINS = VERBS | {"return", "do", "repeat", "on"}
"""Kinds of words that end a name: "call it wiggle TURN left"."""

SHOWS = frozenset({"show", "do", "article", "color", "size", "filler", "comma"})
"""Kinds of words that stand before a single letter that is to be shown: "make a big green P"."""

MOST_INTRODUCED = 8
"""Units before the phrase that really names a move: "let me teach you something new, CALL IT twirl"."""


def segment(text: str, lexicon: Lexicon, names: Names | None = None) -> list[Token]:
    """The tokens of a sentence, fillers included."""
    names = names or {}
    pieces = pieces_of(text)
    pieces = repair(pieces, lexicon, frozenset(word for name in names for word in name))
    return _Cutter(skip_wake_words(pieces, lexicon), lexicon, names).cut()


def is_han(char: str) -> bool:
    """Whether it is a Chinese character."""
    return "一" <= char <= "鿿"


class _Cutter:
    """Walks over the units of one sentence."""

    def __init__(self, units: list[Unit], lexicon: Lexicon, names: Names) -> None:
        self._units = units
        self._lexicon = lexicon
        self._names = names
        self._tokens: list[Token] = []

    def cut(self) -> list[Token]:
        at = 0
        while at < len(self._units):
            token, at = self._token(at)
            self._tokens.append(token)
            if token.kind == "letter" and len(self._text_at(at)) != 1 and "text" in {one.kind for one in self._tokens}:
                self._tokens[-1] = token._replace(kind="filler")  # "write hello in big letters"
            elif token.kind == "name":
                at = self._name(at)
            elif token.kind in ("write", "letter", "forget"):
                at = self._literal(token.kind, at)
            elif token.kind == "show" and self._lexicon.spaced and at < len(self._units) and self._shows_words(at):
                at = self._literal("write", at)
        return self._tokens

    def _name(self, at: int) -> int:
        """Takes the name of a move; where nothing marks its end, it ends where a command begins. Where to go on."""
        ahead = range(at, min(len(self._units), at + MOST_INTRODUCED))
        again = next((n for n in ahead if self._kind_at(n) == "name"), None)
        if again is not None and all(self._kind_at(n) not in VERBS for n in range(at, again)):
            return again  # "let me teach you something, call it ..."
        end = next((n for n in range(at, len(self._units)) if self._ends("name", at, n)), len(self._units))
        if end == at or self._units[at].shape == "quote":
            return self._literal("name", at)
        marked = end < len(self._units) and self._units[end].text in (":", "=")
        verb = self._first_verb(at + 1, end) if self._lexicon.spaced and not marked else None
        if told := next((n for n in range(at + 1, end) if self._tells(n)), None):
            return self._told(at, told)
        first, last = at, verb or end
        for n in range(first + 1, last):
            entry, size = self._match(n)
            if entry and entry.kind == "talk" and n + size == last:
                last = n  # "save it as twist, thank you"
        while last - first > 1 and self._units[last - 1].text in self._lexicon.nameless:
            last -= 1
        while last - first > 1 and self._units[first].text in self._lexicon.nameless:
            first += 1
        joiner = " " if self._lexicon.spaced else ""
        name = joiner.join(unit.raw.lower() for unit in self._units[first:last])
        self._tokens.append(Token("title", name, self._raw(first, last)))
        if verb:
            self._tokens.append(Token("colon", ":", ""))
        return verb or end

    def _tells(self, at: int) -> bool:
        """Whether a word begins to say what a move does: "sweep THAT turns left"."""
        return self._units[at].text in self._lexicon.tells and _base(self._text_at(at + 1), self._lexicon) is not None

    def _told(self, at: int, tells: int) -> int:
        """Takes a name up to the word that says what the move does, in the third person. Where to go on."""
        name = " ".join(unit.raw.lower() for unit in self._units[at:tells])
        self._tokens += [Token("title", name, self._raw(at, tells)), Token("colon", ":", "")]
        for n in range(tells + 1, len(self._units)):
            begins = n == tells + 1 or self._kind_at(n - 1) in ("and", "then") or self._units[n - 1].text == ","
            if begins and (base := _base(self._text_at(n), self._lexicon)):
                self._units[n] = self._units[n]._replace(text=base)
        return tells + 1

    def _text_at(self, at: int) -> str:
        return self._units[at].text if at < len(self._units) else ""

    def _first_verb(self, start: int, end: int) -> int | None:
        """Where the first command begins; one word that nothing follows is part of the name: "that happy dance"."""
        at = start
        while at < end:
            entry, size = self._match(at)
            following = self._after_fillers(at + max(1, size))
            digits = following < len(self._units) and self._units[following].shape == "number"
            after = "num" if digits else self._kind_at(following)
            kind = entry.kind if entry else ""
            follows = after not in ("", *BEGINS) or (after and kind in ("do", "clear"))
            follows = follows or (kind == "move" and after == "halt")
            follows = follows or (entry is not None and kind == after == "dance" != entry.meaning)
            if kind in BEGINS and (follows or size > 1):
                return at
            if kind == "shape" and after in ("direction", "pace"):
                return at  # "call it snake zigzag forward"
            if kind in ("direction", "color", "waddle") and after in (*COUNTS, "until", "direction", kind):
                return at  # "call it corner forward forty centimeters"
            at += max(1, size)
        return None

    def _after_fillers(self, at: int) -> int:
        while at < len(self._units) and self._kind_at(at) in ("filler", "article"):
            at += 1
        return at

    def _token(self, at: int) -> tuple[Token, int]:
        unit = self._units[at]
        if unit.shape == "quote":
            return Token("text", unit.raw, unit.raw), at + 1
        if unit.shape == "color":
            return Token("color", unit.text, unit.raw), at + 1
        entry, size = self._match(at)
        if size < 2 and self._is_letter(at):
            return Token("text", unit.raw, unit.raw), at + 1
        if unit.shape == "number" and size < 2:  # "8字" is a shape
            return Token("num", unit.text, unit.raw), at + 1
        if not self._lexicon.spaced and (number := self._hanzi_number(at)) and number[1] >= size:
            text = "".join(unit.raw for unit in self._units[at : at + number[1]])
            if number[1] > size or (entry and entry.kind == "number"):
                return Token("num", str(number[0]), text), at + number[1]
        if entry:
            return Token(entry.kind, entry.meaning, self._raw(at, at + size)), at + size
        if unit.shape == "mark":
            return Token(_MARKS.get(unit.text, "filler"), unit.text, unit.raw), at + 1
        return self._unknown(at)

    def _is_letter(self, at: int) -> bool:
        """Whether a single capital letter is meant to be shown: "put a blue A on your face"."""
        raw, before = self._units[at].raw, self._kind_at(at - 1) if at else ""
        ends = at + 1 == len(self._units) or self._kind_at(at + 1) in ("filler", "face", "and", "then")
        if len(raw) == 1 and raw.isascii() and raw.isalpha() and (ends or self._units[at + 1].shape == "mark"):
            kinds = {token.kind for token in self._tokens}
            leads = {"article", "show"} if kinds & {"show", "do"} else set()
            if kinds <= SHOWS and before in leads | {"color", "size"} and before != self._kind_at(at):
                return before == "article" or self._kind_at(at) != "article"  # "a big green p", "make a p"
        shows = any(token.kind == "show" for token in self._tokens)
        return shows and len(raw) == 1 and "A" <= raw <= "Z" and not all(u.raw.isupper() for u in self._units)

    def _unknown(self, at: int) -> tuple[Token, int]:
        end = at + 1
        if not self._lexicon.spaced and is_han(self._units[at].text):
            while end < len(self._units) and is_han(self._units[end].text) and not self._match(end)[0]:
                end += 1
        return Token("unknown", self._raw(at, end), self._raw(at, end)), end

    def _match(self, at: int) -> tuple[Entry | None, int]:
        """The longest phrase here: a named move, or one of the lexicon."""
        for name in self._names:
            if tuple(unit.text for unit in self._units[at : at + len(name)]) == name:
                return Entry("named", self._names[name]), len(name)
        longest = self._lexicon.longest.get(self._units[at].text, 0)
        said = tuple(unit.text for unit in self._units[at : at + longest])
        for size in range(len(said), 0, -1):
            if found := self._lexicon.phrases.get(said[:size]):
                return found, size
        return None, 0

    def _hanzi_number(self, at: int) -> tuple[float, int] | None:
        ahead = "".join(unit.text if len(unit.text) == 1 else "\0" for unit in self._units[at : at + 12])
        return chinese_number(ahead)

    def _literal(self, kind: str, at: int) -> int:
        """Takes what is to be written, or a name, as it stands. Where to go on."""
        if kind == "write":
            at = self._skip_colors(at)
            ahead = range(at, len(self._units))
            named = next((n for n in ahead if self._kind_at(n) != "article" and self._units[n].text != "the"), at)
            if self._kind_at(named) == "letter":  # "write the letter A"
                return at
            at = self._skip_my_name(at)
        start, size = at, 1 if kind == "letter" else 0
        while at < len(self._units) and not self._ends(kind, start, at):
            entry, said = self._match(at)
            at += said if kind == "write" and entry and entry.kind == "talk" else 1  # "see you LATER" is one
            if at - start == size:
                break
        while kind == "letter" and at > start and (more := self._more_letters(at)):
            at += more
        if at > start:
            if start + 1 == at and self._units[start].shape == "quote":
                return start  # becomes a text by itself
            if kind == "letter" and self._match(start)[0] and self._units[start].shape == "word":
                entry = self._match(start)[0]
                if entry and entry.kind == "number":
                    return start
            last, article = at, self._kind_at(start) == "article" and at == start + 2
            if kind == "write" and article and len(self._units[start + 1].raw) == 1:
                start += 1  # "write an f"
            while kind == "forget" and last - start > 1 and self._units[start].text in self._lexicon.nameless:
                start += 1
            while kind != "letter" and last - start > 1 and self._units[last - 1].text in self._lexicon.courtesies:
                last -= 1
            raw = self._raw(start, last)
            joiner = " " if self._lexicon.spaced else ""
            name = joiner.join(unit.raw.lower() for unit in self._units[start:last])
            self._tokens.append(Token("text", raw, raw) if kind in ("write", "letter") else Token("title", name, raw))
        return at

    def _shows_words(self, at: int) -> bool:
        """Whether words are to be shown, not a thing: "display WELCOME TO MY SHOP", "show THAT'S MY GRANNY"."""
        end = next((n for n in range(at, len(self._units)) if self._ends("write", at, n)), len(self._units))
        entries = [self._match(n)[0] for n in range(at, end)]
        first, size = self._kind_at(at), self._match(at)[1]
        if first in NAMES or not any(entry is None or entry.kind == "chat" for entry in entries):
            return False
        if first in ("chat", "relative"):  # "show THEY'RE here", but not "put MY coat away"
            return end - at > size and (size > 1 or self._kind_at(at + 1) == "chat")
        if self._tokens[-1].value == "display":
            return not first or end - at >= WORDY
        led = end < len(self._units) and self._leads_to_face_or_color(end)
        said = [entry for entry, unit in zip(entries, self._units[at:end], strict=True) if unit.raw]
        states = any(entry is not None and entry.kind == "chat" for entry in said)  # "show business IS hard"
        shows = led or (self._tokens[-1].text.lower() == "show" and not states)
        return end - at >= WORDY and shows and first in ("", "mood", "talk")

    def _skip_my_name(self, at: int) -> int:
        """Where the name begins in "write my name leo", be there a pause before it; "my name is leo" is all written."""
        for phrase in self._lexicon.before_names:
            end = at + len(phrase.split())
            if [unit.text for unit in self._units[at:end]] == phrase.split():
                start = end + (self._text_at(end) == ",")
                if self._text_at(start) and self._match(start)[0] is None and self._units[start].shape == "word":
                    return start
        return at

    def _more_letters(self, at: int) -> int:
        """How many units of "and b", or of "b" after "the letters a", go on with the letters."""
        joined = self._kind_at(at) == "and"
        letter = self._units[at + joined].raw if at + joined < len(self._units) else ""
        several = joined or self._tokens[-1].text.lower().endswith("s")
        return 1 + joined if several and len(letter) == 1 and letter.isalpha() else 0

    def _skip_colors(self, at: int) -> int:
        """The colour in "write in red: hello" comes before the text."""
        end = at
        while end < len(self._units) and self._units[end].shape in ("word", "mark"):
            entry, size = self._match(end)
            if entry and entry.kind == "color":
                self._tokens.append(Token("color", entry.meaning, self._raw(end, end + size)))
                end += size
                at = end
            elif self._units[end].text in self._lexicon.leads or self._units[end].text == ":":
                end += size or 1
                at = end if self._units[end - 1].text == ":" or (at and self._tokens[-1].kind == "color") else at
            else:
                break
        return at

    def _ends(self, kind: str, start: int, at: int) -> bool:
        unit = self._units[at]
        if unit.shape == "quote":
            return at > start
        if unit.shape == "mark":
            return unit.text in ",.;:!?\n="
        if unit.shape == "number":
            return at > start and self._kind_at(at + 1) in ("times", "time") and kind != "letter"
        entry, size = self._match(at)
        if kind == "letter":  # "show the letter IN red" lacks one
            return at > start or (entry is not None and entry.kind == "filler" and len(unit.text) > 1)
        if entry is None or (at == start and entry.kind not in ENDS_TEXT):
            return False
        following = self._kind_at(at + size)
        if entry.kind == "number" and kind == "write" and following == "times":
            return True
        if entry.kind == "and":
            entry, said = self._match(at + size) if at + size < len(self._units) else (None, 0)
            backs_up = said > 1 and entry == ("direction", "back")
            return (
                backs_up
                or following in VERBS | {"light", "return", "bright"}
                or (following == "do" and self._names_a_thing(at + size))
            )
        if kind == "write" and entry.kind in VERBS:
            return self._is_commanded(start, at, size)
        if entry.kind in ("filler", "article") and kind == "write":
            return self._leads_to_face_or_color(at)
        if kind == "write" and entry.kind in SOFT_ENDS and self._lexicon.spaced:
            return self._parts(entry.kind, at, size)
        return entry.kind in ENDS_TEXT or (kind == "write" and entry.kind in ("twice", "again"))

    def _parts(self, kind: str, at: int, size: int) -> bool:
        """Whether a joint ends a text: an event or a command follows, as in "say ouch IF YOU HIT a wall"."""
        after = self._after_fillers(at + size)
        follows = self._kind_at(after)
        if follows == "event" or any(unit.text == kind == "then" for unit in self._units[at : at + size]):
            return True
        digits = after < len(self._units) and self._units[after].shape == "number"
        timed = (digits or follows in COUNTS) and self._kind_at(after + 1) == "time"
        return kind not in ("if", "until") and (timed or follows in VERBS | OBJECTS | {"return", "do", "direction"})

    def _names_a_thing(self, at: int) -> bool:
        """Whether a verb that says little has its object: "make A SUNSHINE", "do A SPIN", but not "let GO"."""
        at += max(1, self._match(at)[1])
        while self._kind_at(at) in ("filler", "article", "size", "pace"):
            at += max(1, self._match(at)[1])
        return self._kind_at(at) in OBJECTS

    def _is_commanded(self, start: int, at: int, size: int) -> bool:
        """Whether a verb ends a text: "say tick WAIT ONE SECOND", "write HELLO spin", but not "say let us go left"."""
        if not self._lexicon.spaced:
            return False
        text = "".join(unit.raw for unit in self._units[start:at])
        if len(text) > 1 and text.isupper():
            return not self._units[at].raw.isupper()
        if self._kind_at(at - 1) in LEADS_ON:
            return False
        after = self._after_fillers(at + size)
        if self._kind_at(after) in ("direction", "compass", "twice"):
            return True
        digits = after < len(self._units) and self._units[after].shape == "number"
        counted = digits or self._kind_at(after) in ("number", "fraction", "article")
        units = {self._kind_at(after + 1), self._kind_at(after + 2)} & {"time", "times", "length", "degree"}
        return counted and bool(units)

    def _leads_to_face_or_color(self, at: int) -> bool:
        """Whether "in", "on your" and the like lead to a colour, the face, or a time."""
        first = self._units[at].text in self._lexicon.leads
        while at < len(self._units) and self._kind_at(at) in ("filler", "article", "size"):
            at += 1
        if self._kind_at(at) in ("number",) or (at < len(self._units) and self._units[at].shape == "number"):
            return first and self._kind_at(at + 1) in ("time", "times")
        return first and self._kind_at(at) in ("color", "face", "pace", "rainbow", "letter")

    def _kind_at(self, at: int) -> str:
        if at >= len(self._units) or self._units[at].shape == "quote":
            return ""
        entry = self._match(at)[0]
        return entry.kind if entry else ""

    def _raw(self, start: int, end: int) -> str:
        return (" " if self._lexicon.spaced else "").join(unit.raw for unit in self._units[start:end] if unit.raw)


def _base(word: str, lexicon: Lexicon) -> str | None:
    """A verb as it is commanded: "turn" for "turns"; None for what is no verb in the third person."""
    bases = [word.removesuffix(ending) for ending in lexicon.endings if word.endswith(ending)]
    verbs = (base for base in bases if (entry := lexicon.phrases.get((base,))) and entry.kind in BEGINS)
    return next(verbs, None)
