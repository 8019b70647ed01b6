"""How a log was read, kept with its table: so that every filtered log still knows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Self

import pyarrow as pa

from jupyter_journey.events.inputs.spec import ReadingSpec

__all__ = ["Origin"]

_KEY = b"jupyter_journey.origin"


@dataclass(frozen=True)
class Origin:
    """What reading a source settled and left out."""

    spec: ReadingSpec = field(default_factory=lambda: ReadingSpec(format="table"))
    """The conventions by which it was read."""
    dropped: int = 0
    """Rows left out because another agreed with them in all of ``spec.unique``."""
    offsets: tuple[str, ...] = ()
    """The zone offsets its times carried, as written; none where ``spec.zone`` was taken."""
    key_id: str = ""
    """Id of the key its customers' ids were replaced under; empty: they are as written."""

    def on(self, table: pa.Table) -> pa.Table:
        """Return the table with this origin."""
        said = {
            "spec": self.spec.model_dump(mode="json", exclude_defaults=True),
            "dropped": self.dropped,
            "offsets": self.offsets,
            "key_id": self.key_id,
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
        spec = ReadingSpec().change(**said["spec"])
        return cls(spec, said["dropped"], tuple(said["offsets"]), said["key_id"])
