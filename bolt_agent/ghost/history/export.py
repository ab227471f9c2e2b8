"""A conversation as a file, `NAME.chat.yml`: to read, to share, to edit, and to run again.

schema: bolt-chat/1
world: walled
turns:
- say: roll forward, then show a heart
  reply: Rolling forward, then showing a heart.
  code: |
    def run(moss):
        moss.body.new_move(run=True).roll(0, 90, 1.5)
        moss.body.wait()
        moss.face.show("heart")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bolt_agent.ghost.history.errors import HistoryError
from bolt_agent.ghost.history.records import TurnRecord
from bolt_agent.ghost.messages import Code, Result

__all__ = ["BadChat", "Chat", "ChatTurn", "chat_of", "read_chat", "write_chat"]

LONGEST = 10_000_000
"""Characters of a file."""


class BadChat(HistoryError, ValueError):
    """A file is no conversation; the message says where."""


def _listed(code: Any) -> Any:
    return [code] if isinstance(code, str) else code


class ChatTurn(BaseModel):
    """One turn. code: the program that it ran, or several, one after another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    say: str = ""
    reply: str = ""
    code: Annotated[list[str], BeforeValidator(_listed)] = Field(default_factory=list)
    status: Literal["ok", "refused", "error", "stopped", "running"] = "ok"
    began: str = ""


class Chat(BaseModel):
    """A conversation. world, seed: those of the virtual robot."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["bolt-chat/1"] = Field("bolt-chat/1", alias="schema")
    world: str = "open"
    seed: int = 0
    turns: list[ChatTurn]


def chat_of(turns: Sequence[TurnRecord], about: Mapping[str, Any]) -> Chat:
    """A conversation, from its history."""
    told = [
        ChatTurn(say=turn.say, reply=turn.reply, code=list(_programs(turn)), status=turn.status, began=turn.began)
        for turn in turns
    ]
    return Chat(schema="bolt-chat/1", world=about.get("world", "open"), seed=about.get("seed", 0), turns=told)


def write_chat(chat: Chat, path: Path) -> None:
    """Write it as YAML. Raises OSError."""
    data = {"schema": chat.format, **chat.model_dump(exclude={"format"}, exclude_defaults=True)}
    for turn in data["turns"]:
        if len(turn.get("code", ())) == 1:
            (turn["code"],) = turn["code"]
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, encoding="utf-8")


def read_chat(path: Path) -> Chat:
    """Read one. Raises OSError and BadChat."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if len(text) > LONGEST:
        raise BadChat(f"{path} is too long to be a conversation")
    try:
        return Chat.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise BadChat(f"{path} is no YAML: {' '.join(str(error).split())}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "it"
        raise BadChat(f"{path} is no conversation: {where}: {first['msg'].lower()}") from None


def _programs(turn: TurnRecord) -> Iterator[str]:
    """Those that a turn ran, without the ones that failed and were written anew."""
    given_up = {message.answers for message in turn.messages if isinstance(message, Result) and message.again}
    for message in turn.messages:
        if isinstance(message, Code) and message.id not in given_up:
            yield message.text


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as lines."""


def _as_lines(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _as_lines)
