"""Which models there are, and which one does what: the tables [models], [roles] and [budget] of the settings.

    [models.quick]
    base_url = "http://127.0.0.1:11434/v1"      # Ollama, llama.cpp, vLLM ...
    model = "qwen3:4b"

    [models.clever]                              # OpenAI itself: no base_url
    model = "gpt-4o-mini"
    key = "OPENAI_API_KEY"                       # the environment variable that holds it, never the key
    price_in = 0.15                              # for a million tokens, in a currency of yours
    price_out = 0.60

    [roles]
    talker = ["quick", "clever"]                 # the first that answers
    thinker = ["clever"]

    [budget]                                     # a day
    tokens = 300_000
    money = 1.00

Without these tables there is one model, that of OPENAI_BASE_URL, OPENAI_API_KEY and --model.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bolt_agent.settings import BadSettings

__all__ = ["DEFAULT_MODEL", "TALKER", "Budget", "Model", "Models", "configured", "read_models"]

DEFAULT_MODEL: Final = "gpt-4o-mini"

TALKER: Final = "talker"
"""The role of the ghost that a person talks to."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Model(_Table):
    """A model behind an endpoint that speaks OpenAI's chat completions."""

    model: str
    """Its name at the endpoint."""
    base_url: str | None = None
    """The endpoint; OpenAI's own without one."""
    key: str = "OPENAI_API_KEY"
    """The environment variable that holds the key; local servers need none."""
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int = Field(default=4000, gt=0)
    """The longest answer. One that has no end is cut there."""
    silence: float = Field(default=30.0, gt=0)
    """Seconds of wall time to wait for its next piece."""
    retries: int = Field(default=2, ge=0, le=10)
    """How often to ask again, later and later, an endpoint that is busy or fails."""
    requests_per_minute: int | None = Field(default=None, gt=0)
    price_in: float = Field(default=0.0, ge=0)
    price_out: float = Field(default=0.0, ge=0)
    """For a million tokens in and out."""

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """What an answer costs.

        >>> Model(model="m", price_in=0.5, price_out=2.0).cost(1_000_000, 500_000)
        1.5
        """
        return (self.price_in * tokens_in + self.price_out * tokens_out) / 1e6


class Budget(_Table):
    """The most that models may take in a day. None: no bound."""

    tokens: int | None = Field(default=None, ge=0)
    money: float | None = Field(default=None, ge=0)


class Models(_Table):
    """The models of a person, by name, and who takes which."""

    models: dict[str, Model] = Field(default_factory=dict)
    roles: dict[str, list[str]] = Field(default_factory=dict)
    budget: Budget = Field(default_factory=Budget)

    def for_role(self, role: str = TALKER) -> dict[str, Model]:
        """Those a role takes, by name, the first one first. A role that is not set takes all, in their order."""
        names = self.roles.get(role) or self.roles.get(TALKER) or list(self.models)
        return {name: self.models[name] for name in names}


def read_models(settings: Mapping[str, Any], chosen: str | None = None) -> Models:
    """The models of these settings. chosen: the one to use, by its name here or at the endpoint of the environment.

    Raises BadSettings.
    """
    tables = {name: settings[name] for name in ("models", "roles", "budget") if name in settings}
    try:
        read = Models.model_validate(tables)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadSettings(f"config.toml, {where}: {first['msg']}") from None
    unknown = [name for names in read.roles.values() for name in names if name not in read.models]
    if unknown:
        raise BadSettings(f"config.toml, roles: no model {unknown[0]!r} in [models]")
    if chosen in read.models:
        return read.model_copy(update={"roles": {**read.roles, TALKER: [chosen]}})
    if read.models and chosen is None:
        return read
    model = chosen or os.environ.get("BOLT_AGENT_MODEL") or DEFAULT_MODEL
    alone = Model(model=model, base_url=os.environ.get("OPENAI_BASE_URL"))
    return read.model_copy(update={"models": {**read.models, model: alone}, "roles": {**read.roles, TALKER: [model]}})


def configured(settings: Mapping[str, Any]) -> bool:
    """Whether the settings or the environment name a model, an endpoint or a key."""
    named = settings.get("models") or os.environ.get("OPENAI_API_KEY") or os.environ.get("OPENAI_BASE_URL")
    return bool(named)
