"""The reflex brain: words -> tokens -> clauses -> intents -> code, each step in a module of its own."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Literal

from bolt_agent.brains.brain import Code, Exchange, Part, Refuse, Say, Situation
from bolt_agent.brains.reflex.answers import answer
from bolt_agent.brains.reflex.budget import fit
from bolt_agent.brains.reflex.clauses import parse
from bolt_agent.brains.reflex.commanding import STRANGE
from bolt_agent.brains.reflex.compose import compose
from bolt_agent.brains.reflex.emergency import asks_to_stop, is_stop
from bolt_agent.brains.reflex.errors import NotUnderstood
from bolt_agent.brains.reflex.intents import Answer, Define, Forget, Halt, Intent, React, Return
from bolt_agent.brains.reflex.lexicon import Lexicon, language_of, languages, load_lexicon
from bolt_agent.brains.reflex.limits import LONGEST_TEXT, Unwilling
from bolt_agent.brains.reflex.places import UNSEEN
from bolt_agent.brains.reflex.playing import what_it_does
from bolt_agent.brains.reflex.recall import Memory, remember, resolve, resolve_what_can_be
from bolt_agent.brains.reflex.remembering import asks_for_facts, fact_in, forgotten_in
from bolt_agent.brains.reflex.replies import Voice
from bolt_agent.brains.reflex.segment import segment
from bolt_agent.brains.reflex.spelling import nearest
from bolt_agent.brains.reflex.tidy import tidy
from bolt_agent.brains.reflex.tokens import Token
from bolt_agent.brains.reflex.writer import write

__all__ = ["ReflexBrain", "Thought", "means_stop"]

Intents = tuple[Intent, ...]

NEAR = 8.0
"""cm; a roll shorter than that would not be worth it."""


@dataclass(frozen=True)
class Thought:
    """What the brain makes of a sentence, with the steps in between."""

    reply: str
    code: str | None
    status: Literal["ok", "refused"]
    language: str
    tokens: tuple[Token, ...] = ()
    intents: Intents = ()


class ReflexBrain:
    """Understands everyday commands without a network, and writes the code for them.

    >>> ReflexBrain().think("show a red heart").code
    'def run(moss):\\n    moss.face.show("heart", "red")\\n'
    """

    name = "reflex"
    tries = 1

    def __init__(self) -> None:
        self._memory = Memory()
        self._awake = False
        self._code: str | None = None
        self.thought: Thought | None = None
        """What it made of the last sentence it replied to."""

    @staticmethod
    def warm_up() -> None:
        """Load the words and the grammar now, so that the first answer is as quick as the others."""
        for language in languages():
            load_lexicon(language)
        parse([Token("move", "roll", "roll")])

    async def reply(self, text: str, situation: Situation) -> AsyncGenerator[Part, None]:
        """Answer what a person said."""
        if not self._awake:
            self._wake_up(situation.history)
        if asks_for_facts(text) and (facts := await situation.recall(text)):
            yield Say(Voice(load_lexicon(language_of(text))).say("facts", facts="; ".join(facts)))
            return
        self.thought = thought = self.think(text, situation)
        if thought.status == "refused":
            yield Refuse(thought.reply)
            return
        yield Say(thought.reply)
        if thought.code is not None:
            yield Code(thought.code)

    def _wake_up(self, history: Sequence[Exchange]) -> None:
        """Go on with an earlier conversation: think its commands again, as far as it was this brain that did them."""
        self._awake = True
        for past in history:
            if past.code is not None and self.think(past.say).code != past.code:
                self._memory = Memory()

    def think(self, text: str, situation: Situation | None = None) -> Thought:
        """The same at once, with the steps in between."""
        situation = situation or Situation()
        lexicon = load_lexicon(language_of(text[:LONGEST_TEXT]))
        voice = Voice(lexicon)
        if is_stop(text):
            return Thought(voice.say("stopped"), None, "ok", lexicon.language)
        if not text.strip():
            return Thought(voice.say("nothing_said"), None, "refused", lexicon.language)
        for key, do, words in (("fact_kept", "keep", fact_in(text)), ("fact_forgotten", "forget", forgotten_in(text))):
            if words is not None:
                code = f"def run(moss):\n    moss.memory.{do}({words!r})\n"
                return Thought(voice.say(key), code, "ok", lexicon.language)
        self._notice_others(situation)
        tokens: list[Token] = []
        try:
            tokens = self._tokens(text, lexicon)
            self._rehearse(tokens, lexicon)
            plain, left = resolve_what_can_be(compose(parse(tokens)), self._memory)
            intents, notes = fit(plain)
            if not intents:
                raise NotUnderstood(text.strip())
            return self._act(intents, [*notes, *left], tokens, lexicon, situation)
        except NotUnderstood as error:
            if asks_to_stop(text):
                return Thought(voice.say("stopped"), None, "ok", lexicon.language, tuple(tokens), (Halt(),))
            return Thought(_puzzled(error, text, voice, lexicon), None, "refused", lexicon.language, tuple(tokens))
        except Unwilling as error:
            reply = voice.say(error.key, **error.values)
            return Thought(reply, None, "refused", lexicon.language, tuple(tokens))
        except RecursionError:
            return Thought(voice.say("too_much"), None, "refused", lexicon.language)

    def _tokens(self, text: str, lexicon: Lexicon) -> list[Token]:
        if len(text) > LONGEST_TEXT:
            raise Unwilling("too_much")
        names = {
            lexicon.units(name + ending): name for ending in lexicon.endings[::-1] for name in self._memory.names
        } | {lexicon.units(name): name for name in self._memory.names}
        tokens = tidy(segment(text, lexicon, names), lexicon)
        kinds = {token.kind for token in tokens}
        strange = next((token for token in tokens if token.kind in STRANGE), None)
        refuses = tokens and (tokens[0].kind == "not" or tokens[0][:2] == ("talk", "still"))
        said_joints = {token.kind for token in tokens if token.text} & {"then", "comma", "stop"}
        if strange is not None and refuses and not said_joints:
            return tokens[:1]  # whatever it is that it should not do
        if "ask" in kinds:
            wanted = kinds & {"move", "turn", "spin", "show", "dance"} and kinds & {"then", "and", "comma", "stop"}
            dropped = STRANGE if wanted else kinds - {"ask"}
            return [token for token in tokens if token.kind not in dropped]
        if strange is not None and not _only_talk(tokens):
            is_question = any(token.kind == "question" for token in tokens)
            raise NotUnderstood(strange.text, "only_know" if is_question else "not_understood")
        return tokens

    def _rehearse(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        """Work out what it does for the parts that it is to play."""
        for name in {token.value for token in tokens if token.kind == "named"} - self._memory.names.keys():
            if does := what_it_does(name, lexicon):
                self._memory.parts[name] = resolve(compose(parse(self._tokens(does, lexicon))), Memory())

    def _notice_others(self, situation: Situation) -> None:
        """Take over where another brain has moved the ball in between."""
        last = situation.history[-1] if situation.history else None
        if last is not None and last.code is not None and last.code != self._code:
            self._memory.facing = self._memory.aimed = situation.state.heading
            self._memory.trail = None

    def _act(
        self, intents: Intents, notes: list[str], tokens: list[Token], lexicon: Lexicon, situation: Situation
    ) -> Thought:
        voice, memory = Voice(lexicon), self._memory
        if all(isinstance(intent, Return) for intent in intents) and self._is_there(intents, situation):
            return Thought(voice.say("already_there"), None, "ok", lexicon.language, tuple(tokens), intents)
        said = [self._answer(intent, voice, lexicon, situation) for intent in intents]
        doing = tuple(intent for intent in intents if not _is_said(intent))
        program = write(doing, memory)
        things = dict.fromkeys(token.value for token in tokens if program and token.kind == UNSEEN)
        unseen = [voice.say("unseen", thing=", ".join(things))] if things else []
        does = voice.sentence(doing) if program else ""
        spoken = [*said, *unseen, does, *(voice.say(note) for note in dict.fromkeys(notes))]
        if program:
            memory.facing, memory.aimed = program.facing, program.aimed
            remember(doing, memory)
            memory.said = voice.sentence(doing)
            if program.rolled:
                memory.trail = program.trail
                if not all(isinstance(intent, Return) for intent in doing):
                    memory.origin = (situation.state.x, situation.state.y)
            self._code = program.code
        reply = " ".join(dict.fromkeys(text for text in spoken if text))
        code = program.code if program else None
        return Thought(reply or voice.say("stopped"), code, "ok", lexicon.language, tuple(tokens), intents)

    def _is_there(self, intents: Intents, situation: Situation) -> bool:
        """Whether the ball is where it should come back to, with no way to retrace."""
        home = any(isinstance(intent, Return) and intent.home for intent in intents)
        x, y = (0.0, 0.0) if home else self._memory.origin
        near = math.hypot(situation.state.x - x, situation.state.y - y) < NEAR
        return near and not self._memory.trail

    def _answer(self, intent: Intent, voice: Voice, lexicon: Lexicon, situation: Situation) -> str:
        """What is said about an intent that does not move anything now, and what is remembered of it."""
        memory = self._memory
        match intent:
            case Answer(topic, asks):
                if asks:
                    return answer(topic, voice, lexicon, situation, memory)
                return voice.say(f"talk.{topic}")
            case Define(name, body):
                memory.names[name] = body
                return voice.say("defined", name=name)
            case Forget(name):
                if memory.names.pop(name, None) is None:
                    return voice.say("unknown_move", name=name)
                return voice.say("forgotten", name=name)
            case React(event, then, ()):
                memory.reactions[event] = intent
                key = "armed" if then else "armed.stop"
                return voice.say(key, event=voice.event(event), then=voice.describe(then))
            case _:
                return ""


def means_stop(text: str) -> bool:
    """Whether the robot is to stop now, before anything else: the emergency word, or a sentence that asks for no more.

    >>> [means_stop(text) for text in ("Stop!", "there is a vase, stop", "stop turning", "turn left and stop")]
    [True, True, True, False]
    """
    return is_stop(text) or (asks_to_stop(text) and ReflexBrain().think(text).intents == (Halt(),))


def _is_said(intent: Intent) -> bool:
    return isinstance(intent, (Answer, Define, Forget)) or (isinstance(intent, React) and not intent.body)


def _only_talk(tokens: list[Token]) -> bool:
    """Small talk with other words in it is still small talk, as long as nothing is to be done."""
    kinds = {token.kind for token in tokens}
    return "talk" in kinds and kinds <= {"talk", "chat", "question", "comma", "stop", "that", "do", "and"}


def _puzzled(error: NotUnderstood, text: str, voice: Voice, lexicon: Lexicon) -> str:
    words = (error.words or text).strip()
    near = next((lexicon.near[word] for word in (words.lower(), *words.lower().split()) if word in lexicon.near), None)
    alike = None if near else nearest(words, lexicon)
    hint = voice.say("hint.near", word=near) if near else voice.say("hint", word=alike) if alike else ""
    key = "cannot" if near and error.key == "not_understood" else error.key
    return voice.say(key, words=words[:60], hint=hint).strip()
