"""`bolt-agent stop`: the emergency stop from another terminal."""

from __future__ import annotations

import asyncio
import sys

from bolt_agent.robot.remote_stop import stop_all

__all__ = ["stop_robots"]


def stop_robots() -> int:
    """Stop every robot of this user's sessions. 1 when there is none, or one does not answer."""
    stopped, running = asyncio.run(stop_all())
    if running == 0:
        print("bolt-agent: nothing is running here, so there is nothing to stop", file=sys.stderr)
        return 1
    if stopped:
        print(f"Stopped {stopped} robot{'s' * (stopped > 1)}. The next command lets it move again.")
    if stopped < running:
        print(f"bolt-agent: {running - stopped} session(s) did not answer; pick the ball up", file=sys.stderr)
        return 1
    return 0
