"""What data a figure was computed from, in a digest that tells when they change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from jupyter_journey.events import Log
from jupyter_journey.events.inputs.origin import place_of, stamp_of
from jupyter_journey.events.inputs.streams import items
from jupyter_journey.metrics.sources import Data
from jupyter_journey.model.records import Document

__all__ = ["joined", "mapping_of", "of_data", "parts"]

_SHORT = 8


def of_data(data: Data) -> str:
    """Return the digest of a source: of the files' bytes (unpacked), else of a table's content.

    A log that was read from a file has the file's, as long as the file is as it was when read. Of
    one that a query selected, query, number of events and time of the last one tell.

    Raises
    ------
    SourceError
        If there is no such file.
    """
    if isinstance(data, Log):
        origin = data.origin
        if origin.spec.query:
            said = f"{origin.spec.query}\0{data.n}\0{data.last}"
            return f"sha256:{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"
        if not origin.place or origin.stamp != stamp_of(origin.place):
            return data.fingerprint
        data = origin.place
    total = hashlib.sha256()
    if isinstance(data, pd.DataFrame):
        total.update(data.to_csv(index=False).encode("utf-8", "surrogatepass"))
    else:
        for item in items(place_of(data)):
            for piece in item.chunks():
                total.update(piece)
    return f"sha256:{total.hexdigest()}"


def mapping_of(
    document: Document,
    roles: Collection[str],
    segment_id: str | None,
    persona_id: str | None,
) -> str:
    """Return a short digest of what a journey says of these sources, in figures of this segment.

    That is how they are read, which events and answers stand for what, who is in the segment, and
    the settings that figures follow.
    """
    its = {item.segment_id for item in document.personas if item.id == persona_id}
    segments = its | {segment_id}
    said = [
        [[item.id, item.side, item.events, item.rules] for item in document.stages],
        [
            [item.id, item.name, item.stage_id, item.events, item.rules]
            for item in document.touchpoints
        ],
        [
            [
                *(item.id, item.event, item.rule, item.from_stage_id, item.to_stage_id),
                item.refused_reason,
            ]
            for item in document.milestones
        ],
        [[item.id, dict(item.where)] for item in document.segments if item.id in segments],
        [
            [item.role, dict(item.columns), _meaning(item.spec)]
            for item in document.sources
            if item.role in roles
        ],
        [document.settings.level, document.settings.min_group],
    ]
    text = json.dumps(said, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_SHORT]


def _meaning(spec: Mapping[str, str]) -> dict[str, str]:
    """Return what of a reading spec figures depend on: not in how many parts a log lies."""
    return {name: value for name, value in spec.items() if name != "partitions"}


def parts(fingerprint: str) -> tuple[str, str]:
    """Return the digests of the data and of the mapping, as a figure keeps them together.

    Examples
    --------
    >>> parts("sha256:12ab+cd03")
    ('sha256:12ab', 'cd03')
    """
    data, _, mapping = fingerprint.partition("+")
    return data, mapping


def joined(digests: Iterable[str]) -> str:
    """Return one digest of several sources; of one, its own."""
    one, *more = digests
    if not more:
        return one
    return f"sha256:{hashlib.sha256(' '.join([one, *more]).encode()).hexdigest()}"
