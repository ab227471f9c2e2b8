"""Functions in plain words: their files, and how they become code."""
