"""The tools for people who write MOSS files: start one, check it, read its prompt, test it, see what it would do."""
