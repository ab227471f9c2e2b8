"""Artifact: what a conversation is making, such as the choreography that is being composed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bolt_agent.moss.prompts import outline_class

__all__ = ["Artifact", "find_artifact"]

A = TypeVar("A", bound="Artifact")


class Artifact(BaseModel):
    """Typed output that changes over a conversation. A MOSS file declares it as a member of its Moss:

        class Dance(Artifact):
            title: str = ""
            steps: list[str] = []

        class Moss(Parent):
            body: Ball
            dance: Dance = Dance()

        __ghost__ = MossAgent(name="Choreographer", artifact_type=Dance)

    Code changes `moss.dance`, which stays from turn to turn; `conversation.get_artifact()` is it, as it is then.
    """

    @classmethod
    def __class_prompt__(cls) -> str:
        """A model reads which artifact it makes, not what one is."""
        return "" if cls is Artifact else outline_class(cls)


def find_artifact(kind: type[A] | None, properties: Mapping[str, Any]) -> A | None:
    """The artifact among the variables that a MOSS file keeps; None where there is none (yet).

    properties: as a PyContext has them, written by generated code, so that it is checked here again.
    """
    if kind is None:
        return None
    name = f":{kind.__qualname__}"
    for value in properties.values():
        if isinstance(value, dict) and str(value.get("$type", "")).endswith(name):
            try:
                return kind.model_validate(_plain(value))
            except (ValidationError, RecursionError):
                return None
    return None


def _plain(value: Any) -> Any:
    """Kept data without the marks that say of which classes it was."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == {"$type", "value"}:
            if value["$type"] == "dict":
                return {_plain(key): _plain(item) for key, item in value["value"]}
            return _plain(value["value"])
        return {key: _plain(item) for key, item in value.items()}
    return value
