"""How a log was read, kept with its table: so that every filtered log still knows."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any, Self

import pyarrow as pa

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.streams import items
from jupyter_journey.paths import absolute, is_address

__all__ = ["Origin", "place_of", "stamp_of"]

_KEY = b"jupyter_journey.origin"


@dataclass(frozen=True)
class Origin:
    """What reading a source settled and left out."""

    spec: ReadingSpec = field(default_factory=lambda: ReadingSpec(format="table"))
    """The conventions by which it was read."""
    dropped: int = 0
    """Rows left out because another agreed with them in all of ``spec.unique``."""
    incomplete: int = 0
    """Rows left out because ``spec.lifecycle`` doesn't say complete."""
    offsets: tuple[str, ...] = ()
    """The zone offsets its times carried, as written; none where ``spec.zone`` was taken."""
    place: str = ""
    """The absolute path or address it is all of; empty for tables in memory and for parts."""
    stamp: str = ""
    """:func:`stamp_of` that place when it was read."""
    key_id: str = ""
    """Id of the key its customers' ids were replaced under; empty: they are as written."""

    def on(self, table: pa.Table) -> pa.Table:
        """Return the table with this origin."""
        said = {
            "spec": self.spec.model_dump(mode="json", exclude_defaults=True),
            "dropped": self.dropped,
            "incomplete": self.incomplete,
            "offsets": self.offsets,
            "place": self.place,
            "key_id": self.key_id,
            "stamp": self.stamp,
        }
        metadata = {**(table.schema.metadata or {}), _KEY: json.dumps(said).encode()}
        return table.replace_schema_metadata(metadata)

    @classmethod
    def of(cls, table: pa.Table) -> Self:
        """Return the origin a table carries; that of a plain frame if it carries none."""
        text = (table.schema.metadata or {}).get(_KEY)
        if text is None:
            return cls()
        said = json.loads(text)
        return cls(
            spec=ReadingSpec().change(**said["spec"]),
            dropped=said["dropped"],
            incomplete=said["incomplete"],
            offsets=tuple(said["offsets"]),
            place=said["place"],
            key_id=said["key_id"],
            stamp=said["stamp"],
        )


def place_of(source: Any) -> str:
    """Return the absolute path or the address of a source; nothing for tables in memory.

    Examples
    --------
    >>> place_of("s3://logs/2026.parquet")
    's3://logs/2026.parquet'
    """
    if not isinstance(source, str | os.PathLike):
        return ""
    return absolute(os.fspath(source))


def stamp_of(place: str) -> str:
    """Return size and time of change of the files of a place; nothing if no file system tells."""
    if not place or is_address(place):
        return ""
    try:
        found = items(place)
    except SourceError:  # there are none
        return ""
    return json.dumps([(item.name, item.size, item.changed) for item in found])
