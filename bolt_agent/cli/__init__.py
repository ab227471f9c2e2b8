"""The command line. Nothing heavy is imported before a command needs it: `--help` answers at once."""

from __future__ import annotations

from bolt_agent.cli.main import main

__all__ = ["main"]
