"""Speech in and out: microphone to words, words to speaker."""
