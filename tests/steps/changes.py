"""Changes of a journey that tests of checks plant and mend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jupyter_journey as jj

Change = Callable[[jj.Journey], jj.Journey]


def edit(collection: str, at: int = 0, /, **fields: Any) -> Change:
    """Change one record of a collection."""

    def change(journey: jj.Journey) -> jj.Journey:
        records = list(getattr(journey.document, collection))
        records[at] = records[at].model_copy(update=fields)
        return journey.replace(collection, records)

    return change


def add(collection: str, name: str, **fields: Any) -> Change:
    """Add a record."""
    return lambda journey: journey.add(collection, name=name, **fields)


def keep(collection: str, count: int = 0) -> Change:
    """Keep the first records of a collection."""
    return lambda journey: journey.replace(
        collection, getattr(journey.document, collection)[:count]
    )
