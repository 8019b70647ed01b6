"""Small groups stay hidden, also behind the groups around them."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from jupyter_journey.privacy import is_small, suppressed


def test_nobody_and_everybody_may_be_shown() -> None:
    assert not is_small(0, 50, 10)
    assert not is_small(50, 50, 10)


def test_few_and_all_but_few_may_not() -> None:
    assert is_small(9, 50, 10)
    assert is_small(41, 50, 10)
    assert not is_small(40, 50, 10)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_what_is_shown_of_a_row_rests_on_enough(pairs: list[tuple[int, int]]) -> None:
    rows = [{"stage": str(i), "customers": min(p), "n": max(p)} for i, p in enumerate(pairs)]
    frame = pd.DataFrame(rows, columns=["stage", "customers", "n"]).astype(
        {"stage": "string", "customers": "int64", "n": "int64"}
    )
    shown = suppressed(frame, 10, count="customers", whole="n", labels=["stage"])
    assert shown["stage"].tolist() == frame["stage"].tolist()
    for (_, before), (_, after) in zip(frame.iterrows(), shown.iterrows(), strict=True):
        count, rest = before["customers"], before["n"] - before["customers"]
        hidden = before["n"] < 10 or 0 < count < 10 or 0 < rest < 10
        assert pd.isna(after["customers"]) == hidden
        assert hidden or after["n"] == before["n"]
