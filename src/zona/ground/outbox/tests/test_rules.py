"""The waits before what did not leave is tried again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zona.ground.outbox import rules


@given(st.integers(1, 60))
def test_the_waits_double_up_to_a_bound(attempt: int) -> None:
    assert rules.wait_before(attempt) <= rules.LONGEST_WAIT
    assert rules.wait_before(attempt) <= rules.wait_before(attempt + 1)
