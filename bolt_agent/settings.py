"""Where a person's things are, and what their `config.toml` says.

Its plain values are options, its tables are read by those whose name they bear.
Environment variables and the command line come before it; `bolt-agent doctor` shows where each value came from.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import platformdirs

__all__ = ["BadSettings", "data_folder", "read_settings", "settings_file"]


class BadSettings(ValueError):
    """The settings file, or a table in it, cannot be understood; the message says where."""


def data_folder() -> Path:
    """Where everything is that is kept for this person: BOLT_AGENT_DATA, or their data folder."""
    named = os.environ.get("BOLT_AGENT_DATA")
    return Path(named) if named else platformdirs.user_data_path("bolt-agent")


def settings_file() -> Path:
    """Where the settings are: BOLT_AGENT_CONFIG, or `config.toml` in the user's config folder."""
    named = os.environ.get("BOLT_AGENT_CONFIG")
    return Path(named) if named else platformdirs.user_config_path("bolt-agent") / "config.toml"


def read_settings() -> dict[str, Any]:
    """The settings; none where there is no file. Raises BadSettings."""
    path = settings_file()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadSettings(f"{path} cannot be read: {error}") from error
