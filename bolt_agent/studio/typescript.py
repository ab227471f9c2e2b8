"""Writes the protocol as TypeScript: `python -m bolt_agent.studio.typescript > frontend/src/protocol.ts`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bolt_agent.ghost import messages
from bolt_agent.studio import protocol

__all__ = ["protocol_in_typescript"]

Schema = Mapping[str, Any]

HEAD = """\
// Generated from bolt_agent/studio/protocol by `python -m bolt_agent.studio.typescript`: do not edit.

export const PROTOCOL = {protocol};
export const SAMPLE_RATE = {rate};
"""

UNIONS = {
    "Message": messages.Message,
    "Item": messages.Item,
    "ServerMessage": protocol.ServerMessage,
    "ClientMessage": protocol.ClientMessage,
}
"""Types that are one of several models."""

OR = "\n  | "

ANSWERS = (protocol.Gallery, protocol.NewMove, protocol.Conversations, protocol.Recording)
"""What passes over HTTP."""

PLAIN = {"string": "string", "number": "number", "integer": "number", "boolean": "boolean", "null": "null"}


def protocol_in_typescript() -> str:
    """The text of the TypeScript module."""
    asked = _members("ClientMessage")
    told = [*_members("Message"), *_members("Item"), *_members("ServerMessage"), *ANSWERS]
    # What the server sends has all its fields; what a page sends may leave out those with a default.
    interfaces = {name: _interface(name, schema) for name, schema in _definitions(asked).items()}
    interfaces |= {name: _interface(name, schema, whole=True) for name, schema in _definitions(told).items()}
    parts = [HEAD.format(protocol=json.dumps(protocol.PROTOCOL), rate=protocol.SAMPLE_RATE)]
    parts += [text for _, text in sorted(interfaces.items())]
    parts += [f"export type {name} =\n  | {OR.join(_names(name))};\n" for name in UNIONS]
    return "\n".join(parts)


def _members(union: str) -> list[Any]:
    return list(get_args(get_args(UNIONS[union])[0]))


def _definitions(models: Iterable[type[BaseModel]]) -> dict[str, Schema]:
    _, whole = models_json_schema([(model, "validation") for model in models], ref_template="{model}")
    definitions: dict[str, Schema] = whole["$defs"]
    return definitions


def _interface(name: str, schema: Schema, *, whole: bool = False) -> str:
    required = schema.get("required", ())
    fields = (
        f"  {key}{'' if whole or key in required or 'const' in value else '?'}: {_type(value)};\n"
        for key, value in schema.get("properties", {}).items()
    )
    return f"{_comment(schema)}export interface {name} {{\n{''.join(fields)}}}\n"


def _comment(schema: Schema) -> str:
    lines = str(schema.get("description", "")).splitlines()
    if len(lines) <= 1:
        return "".join(f"/** {line} */\n" for line in lines)
    return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return _named(str(schema["$ref"]))
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return _union([_type(option) for option in options])
    if schema.get("type") == "array":
        return _array(schema)
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        return f"Record<string, {_type(inner) if isinstance(inner, Mapping) else 'unknown'}>"
    return PLAIN.get(str(schema.get("type")), "unknown")


def _union(options: list[str]) -> str:
    return next((name for name in UNIONS if set(options) == set(_names(name))), " | ".join(dict.fromkeys(options)))


def _names(union: str) -> Iterator[str]:
    return (model.__name__ for model in _members(union))


def _array(schema: Schema) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(_type(item) for item in schema['prefixItems'])}]"
    item = _type(schema.get("items", {}))
    return f"({item})[]" if " | " in item else f"{item}[]"


def _named(reference: str) -> str:
    return reference.rpartition("/")[2]


if __name__ == "__main__":
    sys.stdout.write(protocol_in_typescript())
