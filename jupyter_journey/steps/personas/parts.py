"""Segments: those of the journey with their size, and those the columns of its tables suggest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.metrics.sources import table_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Segment
from jupyter_journey.privacy import is_personal_column
from jupyter_journey.privacy.ledger import Ledger

__all__ = ["Customers", "customers_of"]

_ALL = "all"
_MOST_VALUES = 12
"""A column with more values names things, rather than kinds of customer."""
_MOST_COLUMNS = 4
_NO_KIND = frozenset(
    ("customer", "name", "company", "currency", "month", "answer", "comment", "kind", "touchpoint")
)
"""What a customer table holds that is no kind of customer."""


@dataclass(frozen=True)
class Customers:
    """A table with a row per customer, and what of it may be shown."""

    table: pd.DataFrame
    journey: Journey
    source: str
    """The name of the table."""

    @cached_property
    def columns(self) -> list[str]:
        """The columns that tell kinds of customer: first those of the journey's segments.

        Then those that part customers most evenly, by the entropy of the shares.
        """
        used = {name for segment in self.journey.document.segments for name in segment.where}
        kinds = [name for name in map(str, self.table.columns) if self._is_kind(name)]
        return sorted(kinds, key=lambda name: (name not in used, -self._evenness(name)))[
            :_MOST_COLUMNS
        ]

    def _is_kind(self, name: str) -> bool:
        column = self.table[name]
        if name in _NO_KIND or is_personal_column(name) or not _is_text(column):
            return False
        values = set(column.dropna().astype(str).str.casefold())
        stages = {stage.name.casefold() for stage in self.journey.document.stages}
        states = stages.union(catalogue.texts(self.journey.language)["stages"])
        return 2 <= len(values) <= _MOST_VALUES and not values <= states

    def _evenness(self, name: str) -> float:
        shares = self.table[name].value_counts(normalize=True).to_numpy()
        return float(-(shares * np.log(shares)).sum() / np.log(len(shares)))

    @cached_property
    def counts(self) -> dict[tuple[str, str], int]:
        """How many customers there are by column and value."""
        return {
            (column, str(value)): int(count)
            for column in self.columns
            for value, count in self.table[column].value_counts().items()
        }

    @cached_property
    def shown(self) -> frozenset[object]:
        """The keys of the counts that may be shown: of none too few, and none to be worked out."""
        ledger = Ledger(self.journey.settings.min_group)
        ledger.know(_ALL, len(self.table))
        for column in self.columns:
            ledger.split(_ALL, {key: n for key, n in self.counts.items() if key[0] == column})
        for segment in self.journey.document.segments:
            key, size = _key(segment), self._size(segment)
            if size is not None and key not in self.counts:
                ledger.split(_ALL, {key: size})
        if len(self.table) < ledger.least:
            return frozenset()
        return ledger.shown([key for key in ledger if key != _ALL])

    def size(self, segment: Segment) -> int | None:
        """Return how many customers a segment has, if the table tells and it may be shown."""
        return self._size(segment) if _key(segment) in self.shown else None

    def of(self, segment: Segment) -> pd.DataFrame | None:
        """Return the customers of a segment; None where the table lacks a column it goes by."""
        if not segment.where or not set(segment.where) <= set(self.table):
            return None
        kept = pd.Series(True, index=self.table.index)
        for column, value in segment.where.items():
            kept &= _holds(self.table[column], value)
        return self.table[kept]

    def _size(self, segment: Segment) -> int | None:
        part = self.of(segment)
        return None if part is None else len(part)

    @cached_property
    def suggested(self) -> pd.DataFrame:
        """The segments that the columns suggest.

        ``column``, ``value``, ``customers``, ``share`` (of all customers of the table),
        ``segment`` (the journey's, where it has this one); groups of too few are left out.
        """
        own = {_key(segment): segment.name for segment in self.journey.document.segments}
        rows = [
            (column, value, count, count / len(self.table), own.get((column, value)))
            for (column, value), count in self.counts.items()
            if (column, value) in self.shown
        ]
        names = ["column", "value", "customers", "share", "segment"]
        return pd.DataFrame(rows, columns=names).astype({"segment": "string"})


def customers_of(journey: Journey) -> Customers | None:
    """Return the customers of the journey's CRM, or else of its survey; None without either.

    Raises
    ------
    SourceError, ColumnError
        If the table can't be read.
    """
    for role in ("crm", "survey"):
        table = table_of(journey, role)
        if table is None:
            continue
        if "customer" in table:  # one row each: the last one is how things are now
            table = table.drop_duplicates("customer", keep="last")
        source = next(one.name for one in journey.document.sources if one.role == role)
        return Customers(table, journey, source)
    return None


def _key(segment: Segment) -> object:
    where: Mapping[str, object] = segment.where
    if len(where) == 1:
        ((column, value),) = where.items()
        return (column, str(value))
    return ("segment", segment.id)


def _holds(column: pd.Series, value: object) -> pd.Series:
    """Compare as the condition's type asks, as conditions on events do."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return pd.to_numeric(column, errors="coerce").eq(value).fillna(False)
    texts = column.astype("string").fillna("")
    return texts.str.lower() == str(value).lower() if isinstance(value, bool) else texts == value


def _is_text(column: pd.Series) -> bool:
    return pd.api.types.is_string_dtype(column) or pd.api.types.is_object_dtype(column)
