"""The brain behind any endpoint that speaks OpenAI's chat completions: OpenAI itself, Ollama, llama.cpp, vLLM."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Iterator
from typing import TYPE_CHECKING, Any

import pydantic_core

from bolt_agent.brains.brain import Code, Part, Situation
from bolt_agent.brains.errors import BrainError, MissingKey, Unreachable
from bolt_agent.brains.splitting import Splitter

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["DEFAULT_MODEL", "OpenAIBrain", "configured"]

DEFAULT_MODEL = "gpt-4o-mini"

CONNECT_TIME, SILENCE_TIME = 5.0, 60.0
"""Seconds to reach the endpoint, and to wait for its next piece."""

REMEMBERED = 20
"""Earlier turns that the model is shown."""

MOSS_TOOL = {
    "type": "function",
    "function": {
        "name": "moss",
        "description": "Run a program that moves the robot; it defines run(moss).",
        "parameters": {
            "type": "object",
            "properties": {"code": {"type": "string", "description": "Python that defines run(moss)"}},
            "required": ["code"],
        },
    },
}


def configured() -> bool:
    """Whether the environment names an endpoint or a key."""
    return bool(os.environ.get("OPENAI_API_KEY") or os.environ.get("OPENAI_BASE_URL"))


class OpenAIBrain:
    """A model behind an endpoint. system: the prompt that tells it who it is and what its code can use.

    Raises MissingKey when neither a key nor an endpoint is set.
    """

    name = "openai"
    tries = 3
    """Programs a turn: the first, and two more after a failure."""

    def __init__(self, system: str, *, model: str | None = None) -> None:
        if not configured():
            raise MissingKey(
                "no model is set: put a key into OPENAI_API_KEY, or the address of a local server into "
                "OPENAI_BASE_URL; `--brain reflex` needs neither"
            )
        self._system = system
        self._model = model or os.environ.get("BOLT_AGENT_MODEL") or DEFAULT_MODEL
        self._connection: AsyncOpenAI | None = None

    async def reply(self, text: str, situation: Situation) -> AsyncGenerator[Part, None]:
        """Stream the model's answer. Raises Unreachable, or BrainError when the endpoint refuses."""
        import openai

        splitter, tools = Splitter(), _ToolCode()
        try:
            stream: Any = await self._client().chat.completions.create(
                model=self._model,
                messages=self._messages(text, situation),  # type: ignore[arg-type]
                tools=[MOSS_TOOL],  # type: ignore[list-item]
                stream=True,
            )
            async with stream:  # an answer that is given up half way closes its connection
                async for chunk in stream:
                    for part in _parts(chunk, splitter, tools):
                        yield part
        except openai.AuthenticationError as error:
            raise MissingKey(f"the endpoint does not accept the key in OPENAI_API_KEY: {_brief(error)}") from error
        except (openai.APIConnectionError, openai.InternalServerError) as error:
            where = self._client().base_url
            raise Unreachable(f"no answer from {where}: {_brief(error)}; is the server running?") from error
        except openai.OpenAIError as error:
            raise BrainError(f"the model endpoint refused: {_brief(error)}") from error
        for part in splitter.end():
            yield part

    def _client(self) -> AsyncOpenAI:
        if self._connection is None:
            from openai import AsyncOpenAI, Timeout

            self._connection = AsyncOpenAI(
                api_key=os.environ.get("OPENAI_API_KEY") or "none",  # local servers want one, and any will do
                timeout=Timeout(SILENCE_TIME, connect=CONNECT_TIME),
                max_retries=1,
            )
        return self._connection

    def _messages(self, text: str, situation: Situation) -> list[dict[str, str]]:
        messages = [{"role": "system", "content": self._system}]
        for turn in situation.history[-REMEMBERED:]:
            messages.append({"role": "user", "content": turn.say})
            messages.append({"role": "assistant", "content": _answer(turn.reply, turn.code)})
        state = situation.state
        body = (
            f"(Your body: {state.x:.0f} cm right and {state.y:.0f} cm forward of the start, facing {state.heading:.0f} "
            f"degrees, battery {state.battery} %.)"
        )
        messages.append({"role": "user", "content": f"{text}\n\n{body}"})
        for attempt in situation.attempts:
            messages.append({"role": "assistant", "content": _answer("", attempt.code)})
            messages.append({"role": "user", "content": f"The program failed:\n{attempt.error}\nWrite it corrected."})
        return messages


def _parts(chunk: Any, splitter: Splitter, tools: _ToolCode) -> Iterator[Part]:
    """What one chunk of the answer says and writes."""
    for choice in chunk.choices[:1]:
        yield from splitter.feed(choice.delta.content or "")
        for call in choice.delta.tool_calls or ():
            yield from tools.feed(call.index, call.function.arguments if call.function else None)


class _ToolCode:
    """The code in the arguments of tool calls, while they arrive as pieces of JSON."""

    def __init__(self) -> None:
        self._arguments: dict[int, str] = {}
        self._given: dict[int, int] = {}

    def feed(self, call: int, piece: str | None) -> Iterator[Part]:
        self._arguments[call] = self._arguments.get(call, "") + (piece or "")
        try:
            arguments = pydantic_core.from_json(self._arguments[call], allow_partial="trailing-strings")
        except ValueError:
            return
        code = arguments.get("code", "") if isinstance(arguments, dict) else ""
        given = self._given.get(call, 0)
        if isinstance(code, str) and len(code) > given:
            self._given[call] = len(code)
            yield Code(code[given:])


def _answer(reply: str, code: str | None) -> str:
    return f"{reply}\n\n```python\n{code.strip()}\n```".strip() if code else reply or "(nothing)"


def _brief(error: Exception) -> str:
    text = " ".join(str(error.__cause__ or error).split())
    return text if len(text) <= 200 else text[:197] + "..."
