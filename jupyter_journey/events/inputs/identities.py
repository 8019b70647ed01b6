"""Whose an event is that names no user, but the device it was done on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.events.inputs.batches import Batch
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.parsing import Place, dictionary

__all__ = ["DEVICE", "Identities"]

DEVICE = "$device:"
"""What stands before a device's id, where it is a customer for itself."""


class Identities:
    """Which user each device belongs to, in a whole source.

    A row without a user is its device's. A device on which one user was ever seen, before or
    after, is that user's; one of none or of several users is a customer for itself. Tools that
    have no user at hand write the device's id in their place, as such or behind ``$device:``.
    """

    def __init__(self, devices: pa.Array, users: pa.Array) -> None:
        self._devices = devices
        self._users = users

    @classmethod
    def of(cls, pieces: Iterable[Batch], spec: ReadingSpec) -> Self:
        """Gather all devices and their users."""
        pairs = pa.table({name: pa.array([], pa.string()) for name in ("device", "user")})
        for batch in pieces:
            user, device = _told(batch, spec)
            seen = pa.table({"device": device, "user": user}).drop_null()
            pairs = pa.concat_tables([pairs, seen]).group_by(["device", "user"]).aggregate([])
        told = pairs.group_by("device").aggregate([("user", "count"), ("user", "min")])
        own = told.filter(pc.equal(told["user_count"], 1))
        return cls(own["device"].combine_chunks(), own["user_min"].combine_chunks())

    def customers(self, batch: Batch, spec: ReadingSpec) -> pa.ChunkedArray:
        """Return by row the user, the device's user, or the device; null where none is named."""
        user, device = _told(batch, spec)
        known = self._users.take(pc.index_in(device, self._devices))
        alone = pc.binary_join_element_wise(DEVICE, device, "")
        return pc.coalesce(user, known, alone)


def _told(batch: Batch, spec: ReadingSpec) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """Return what rows say of user and device, as texts; null where that is nothing."""
    user, device = (_texts(batch, spec.columns[part]) for part in ("customer", "device"))
    named = pc.fill_null(pc.equal(user, device), False)
    marked = pc.fill_null(pc.equal(user, pc.binary_join_element_wise(DEVICE, device, "")), False)
    return pc.if_else(pc.or_(named, marked), pa.scalar(None, pa.string()), user), device


def _texts(batch: Batch, column: str) -> pa.ChunkedArray:
    values = batch.table[column]
    filled = values.drop_null()
    if len(filled):
        dictionary(filled.filter(_said(filled)), Place(batch.source, column, None))
    texts = values.cast(pa.string())
    return pc.if_else(_said(texts), texts, pa.scalar(None, pa.string()))


def _said(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.not_equal(values.cast(pa.string()), "")
