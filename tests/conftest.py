"""What every test needs: a place of its own for everything that is kept."""

import os
import tempfile

_kept = tempfile.TemporaryDirectory(prefix="bolt-agent-tests-")
os.environ["BOLT_AGENT_DATA"] = _kept.name  # before anything asks for it, and for every process that a test starts
