"""Answers to questions about the robot itself."""

from __future__ import annotations

from bolt_agent.brains.brain import Situation
from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.recall import Memory
from bolt_agent.brains.reflex.replies import Voice
from bolt_agent.robot.colors import COLOR_NAMES

__all__ = ["answer"]

MOST_LISTED = 30


def answer(topic: str, voice: Voice, lexicon: Lexicon, situation: Situation, memory: Memory) -> str:
    """The answer to one question."""
    state = situation.state
    match topic:
        case "battery":
            return voice.say("ask.battery", battery=state.battery)
        case "position":
            aside = "right" if state.x >= 0 else "left"
            along = "front" if state.y >= 0 else "behind"
            return voice.say(
                "ask.position",
                x=voice.say(f"ask.position.{aside}", n=round(abs(state.x))),
                y=voice.say(f"ask.position.{along}", n=round(abs(state.y))),
            )
        case "heading":
            return voice.say("ask.heading", heading=round(state.heading) % 360)
        case "speed":
            return voice.say("ask.speed", speed=round(state.speed))
        case "moves":
            return _listed("ask.moves", list(memory.names), voice)
        case "history":
            return voice.say("ask.history", said=memory.said) if memory.said else voice.say("ask.history.none")
        case "shapes":
            names = [lexicon.name(kind, shape) for kind in ("shape", "figure") for shape in lexicon.meanings(kind)]
            return _listed("ask.shapes", names, voice)
        case "icons":
            names = [lexicon.name(kind, icon) for kind in ("figure", "icon") for icon in lexicon.meanings(kind)]
            return _listed("ask.icons", names, voice)
        case "parts":
            of_each = {does: name for name, does in reversed(lexicon.parts.items())}  # the first of its names
            return _listed("ask.parts", list(of_each.values())[::-1], voice)
        case "colors":
            names = [lexicon.name("color", color) for color in lexicon.meanings("color") if color in COLOR_NAMES]
            return _listed("ask.colors", names, voice)
        case _:
            return voice.say(f"ask.{topic}")


def _listed(key: str, names: list[str], voice: Voice) -> str:
    return voice.say(key, names=", ".join(names[:MOST_LISTED])) if names else voice.say(f"{key}.none")
