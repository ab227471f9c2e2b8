"""One turn of one session: from words to a program, to motions, to what is told of it."""
