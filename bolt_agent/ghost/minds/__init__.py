"""Ghosts that think beside each other: their drivers, their tasks, and the shell in which they live."""
