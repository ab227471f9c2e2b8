"""What is said in Chinese, and what the virtual BOLT then really did."""

import pytest
from reflex_virtual import cases, chunks, misses

CASES = cases("reflex_cases.jsonl", "zh")


@pytest.mark.parametrize("some", chunks(CASES), ids=lambda some: some[0]["id"])
def test_the_ball_does_what_was_said(some):
    assert [miss for case in some for miss in misses(case)] == []
