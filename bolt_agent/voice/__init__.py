"""Speech in and out: microphone to words, words to speaker."""

import os

# The ear multiplies small matrices all the time. A second thread of numpy's BLAS makes that no faster, but it spins
# while it waits for the first: on a busy computer that costs thirty times the work. Read when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
