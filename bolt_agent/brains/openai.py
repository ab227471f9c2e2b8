"""The brain behind an endpoint that speaks OpenAI's chat completions: OpenAI itself, Ollama, llama.cpp, vLLM."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pydantic_core

import prompts
from bolt_agent.brains.brain import Attempt, Code, Exchange, Observation, Part, Say, Situation, Think, Usage
from bolt_agent.brains.budget import Ledger
from bolt_agent.brains.errors import BrainError, MissingKey, NoAnswer, Unreachable
from bolt_agent.brains.models import Budget, Model
from bolt_agent.brains.splitting import Splitter
from bolt_agent.logs import log
from bolt_agent.robot.stage import BodyState
from bolt_agent.tracing import span

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["OpenAIBrain"]

CONNECT_TIME = 5.0
"""Seconds to reach the endpoint."""

NOBODY_SPOKE = "(Nobody spoke; the robot said this by itself.)"
"""What stands for the words of a turn that had none; some endpoints refuse a message without any."""

CHARACTERS_A_TOKEN = 4
"""For endpoints that do not count tokens, and to notice an answer that goes on beyond its bound."""

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


class OpenAIBrain:
    """A model behind an endpoint.

    system: the prompt that tells it who it is and what its code can use.   ledger: counts what it takes.
    """

    name = "openai"
    tries = 3
    """Programs a turn: the first, and two more after a failure."""

    def __init__(self, system: str, model: Model, *, ledger: Ledger | None = None, acts: bool = True) -> None:
        self._system = system
        self._model = model
        self._ledger = ledger or Ledger(Budget())
        self._pace = _Pace(model.requests_per_minute)
        self._takes_tools = acts
        self._connection: AsyncOpenAI | None = None

    async def reply(self, text: str, situation: Situation) -> AsyncGenerator[Part, None]:
        """Stream the model's answer.

        Raises MissingKey, Unreachable, OverBudget, NoAnswer, or BrainError when the endpoint refuses.
        """
        if self._model.base_url is None and not os.environ.get(self._model.key):
            raise MissingKey(f"no key for {self._model.model}: put it into {self._model.key}")
        self._ledger.check()
        self._pace.step()
        answer = _Answer(self._model)
        messages = self._messages(text, situation, await situation.recall(text))
        try:
            with span("model", model=self._model.model):
                async for part in self._stream(messages, answer):
                    yield part
        finally:  # what was begun is paid for, given up or not
            usage = answer.usage(messages)
            self._ledger.add(usage)
            log("model", model=usage.model, tokens_in=usage.tokens_in, tokens_out=usage.tokens_out, cost=usage.cost)
        if not answer.answered:
            raise NoAnswer(f"the model {self._model.model} answered nothing")
        yield usage

    async def summarize(self, summary: str, turns: Sequence[Exchange]) -> str:
        """A new summary of a conversation, from the one so far and the turns since. Raises what `reply` raises."""
        writer = OpenAIBrain(prompts.read("summary.md"), self._model, ledger=self._ledger, acts=False)
        writer._connection = self._client()
        said = "\n".join(f"Person: {turn.say}\nRobot: {turn.reply}" for turn in turns)
        asked = f"The summary so far:\n{summary or '(none)'}\n\nThe turns:\n{said}"
        parts = writer.reply(asked, Situation(context="Write the new summary."))
        return "".join([part.text async for part in parts if isinstance(part, Say)])

    async def _stream(self, messages: list[dict[str, str]], answer: _Answer) -> AsyncGenerator[Part, None]:
        import openai

        try:
            stream = await self._ask(messages)
            async with stream:  # an answer that is given up half way closes its connection
                async for chunk in stream:
                    for part in answer.take(chunk):
                        yield part
        except openai.AuthenticationError as error:
            raise MissingKey(f"the endpoint does not accept the key in {self._model.key}: {_brief(error)}") from error
        except (openai.APIConnectionError, openai.InternalServerError, openai.RateLimitError) as error:
            where = self._client().base_url
            raise Unreachable(f"no answer from {where}: {_brief(error)}; is the server running?") from error
        except openai.OpenAIError as error:
            raise BrainError(f"the model endpoint refused: {_brief(error)}") from error
        except BrainError:
            raise
        except (AttributeError, TypeError, ValueError) as error:  # what came has not the shape it should have
            raise NoAnswer(f"the answer of {self._model.model} cannot be read: {_brief(error)}") from error
        for part in answer.end():
            yield part

    async def _ask(self, messages: list[dict[str, str]]) -> Any:
        """Begin an answer; without tools where the model has none, and it is not asked for them again."""
        import openai

        create: Any = self._client().chat.completions.create
        wanted: dict[str, Any] = {
            "model": self._model.model,
            "messages": messages,
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens" if self._model.base_url else "max_completion_tokens": self._model.max_tokens,
        }
        if self._model.temperature is not None:
            wanted["temperature"] = self._model.temperature
        if self._takes_tools:
            try:
                return await create(**wanted, tools=[MOSS_TOOL])
            except openai.BadRequestError as error:
                if "tool" not in _brief(error).lower():
                    raise
                self._takes_tools = False
        return await create(**wanted)

    def _client(self) -> AsyncOpenAI:
        if self._connection is None:
            from openai import AsyncOpenAI, Timeout

            self._connection = AsyncOpenAI(
                base_url=self._model.base_url,
                api_key=os.environ.get(self._model.key) or "none",  # local servers want one, and any will do
                timeout=Timeout(self._model.silence, connect=CONNECT_TIME),
                max_retries=self._model.retries,
            )
        return self._connection

    def _messages(self, text: str, situation: Situation, facts: Sequence[str]) -> list[dict[str, str]]:
        messages = [{"role": "system", "content": self._system}]
        if situation.summary:
            messages.append({"role": "system", "content": f"Earlier in this conversation:\n{situation.summary}"})
        for turn in situation.history:
            messages.append({"role": "user", "content": turn.say or NOBODY_SPOKE})
            messages.append({"role": "assistant", "content": _answer(turn.reply, turn.code)})
        now = situation.context or f"(Your body: {_body(situation.state)}.)"
        if facts:
            now = "\n".join([now, "You remember:", *(f"- {fact}" for fact in facts)])
        messages.append({"role": "user", "content": f"{text}\n\n{now}"})
        for earlier in situation.attempts:
            messages.append({"role": "assistant", "content": _answer("", earlier.code)})
            messages.append({"role": "user", "content": _outcome(earlier)})
        return messages


class _Answer:
    """One answer while it arrives: its parts, and what it takes."""

    def __init__(self, model: Model) -> None:
        self.answered = False
        self._model = model
        self._splitter = Splitter()
        self._tools = _ToolCode()
        self._size = 0
        self._counted: Any = None

    def take(self, chunk: Any) -> Iterator[Part]:
        """What a chunk says, writes and thinks. Raises NoAnswer for an answer without an end."""
        self._counted = getattr(chunk, "usage", None) or self._counted
        for choice in chunk.choices[:1]:
            delta = choice.delta
            thought = getattr(delta, "reasoning_content", None) or getattr(delta, "reasoning", None)
            if isinstance(thought, str):
                yield from self._note([Think(thought)])
            yield from self._note(self._splitter.feed(delta.content or ""))
            for call in delta.tool_calls or ():
                yield from self._note(self._tools.feed(call.index, call.function.arguments if call.function else None))

    def end(self) -> Iterator[Part]:
        """What was held back."""
        yield from self._note(self._splitter.end())

    def usage(self, messages: list[dict[str, str]]) -> Usage:
        """What it took: as the endpoint counted it, else by the length of what was sent."""
        asked = sum(len(message["content"]) for message in messages)
        tokens_in = getattr(self._counted, "prompt_tokens", None) or asked // CHARACTERS_A_TOKEN
        tokens_out = getattr(self._counted, "completion_tokens", None) or self._size // CHARACTERS_A_TOKEN
        return Usage(self._model.model, tokens_in, tokens_out, self._model.cost(tokens_in, tokens_out))

    def _note(self, parts: Iterator[Part] | list[Part]) -> Iterator[Part]:
        for part in parts:
            if isinstance(part, Say | Code | Think):
                self._size += len(part.text)
                self.answered |= not isinstance(part, Think) and bool(part.text.strip())
            if self._size > 2 * CHARACTERS_A_TOKEN * self._model.max_tokens:  # twice: tokens may be long
                raise NoAnswer(f"the answer of {self._model.model} has no end; it was cut")
            yield part


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


class _Pace:
    """Keeps to so many requests a minute, by refusing: whoever waits a minute for a robot thinks that it hangs."""

    def __init__(self, per_minute: int | None, now: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._now = now
        self._asked: deque[float] = deque(maxlen=per_minute)

    def step(self) -> None:
        now = self._now()
        if self._per_minute is not None and len(self._asked) == self._per_minute and now - self._asked[0] < 60:
            raise BrainError(f"more than {self._per_minute} requests a minute (requests_per_minute in config.toml)")
        self._asked.append(now)


def _answer(reply: str, code: str | None) -> str:
    return f"{reply}\n\n```python\n{code.strip()}\n```".strip() if code else reply or "(nothing)"


def _outcome(earlier: Attempt | Observation) -> str:
    if isinstance(earlier, Observation):
        return f"The program ran:\n{earlier.seen}\nGo on, or say how it went."
    return f"The program failed:\n{earlier.error}\nWrite it corrected."


def _body(state: BodyState) -> str:
    return (
        f"{state.x:.0f} cm right and {state.y:.0f} cm forward of the start, facing {state.heading:.0f} degrees, "
        f"battery {state.battery} %"
    )


def _brief(error: Exception) -> str:
    text = " ".join(str(error.__cause__ or error).split())
    return text if len(text) <= 200 else text[:197] + "..."
