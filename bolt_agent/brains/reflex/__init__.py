"""The reflex brain: everyday commands in plain words to MOSS code, offline, in milliseconds."""

from bolt_agent.brains.reflex.brain import ReflexBrain, Thought, means_stop
from bolt_agent.brains.reflex.emergency import is_stop
from bolt_agent.brains.reflex.explaining import explain

__all__ = ["ReflexBrain", "Thought", "explain", "is_stop", "means_stop"]
