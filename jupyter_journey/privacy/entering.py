"""How counts of a question's rows enter a ledger."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from jupyter_journey.privacy.ledger import Key, Ledger

__all__ = ["ALL", "Row", "Rows", "part_of", "records"]

ALL: Key = ("all",)
"""All customers of the log."""
Rows = list[dict[str, tuple[Key, ...]]]
"""By row: the counts each column rests on; under an empty name those of the other columns."""
Row = Mapping[Hashable, Any]


def part_of(ledger: Ledger, whole: Key, key: Key, value: Any) -> Key:
    """Enter a part of a whole, unless another table told more of it already."""
    if key not in ledger:
        ledger.split(whole, {key: int(value)})
    return key


def records(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame."""
    return [dict(row) for row in frame.to_dict("records")]
