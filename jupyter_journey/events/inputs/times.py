"""A column of times to moments in UTC, batch after batch, by one convention."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.time_formats import ISO, UNIX, dated, unix_moments
from jupyter_journey.events.parsing import BLANK, Place, filled, first, texts_of

__all__ = ["Times"]

_LOCAL = pa.timestamp("us")
_MOMENT = pa.timestamp("us", "UTC")
_UTC_NAMES = pa.array(["Z", "z", "UTC", "GMT"])
_TWICE = {"": "raise", "earlier": "earliest", "later": "latest"}
_WAY_OUT = (
    "Give all times alike, such as 2026-03-31T14:05:00Z: all with a zone or none, "
    "or say how they are written: spec=sniff(path, time=…)."
)


class Times:
    """Parses times by a spec whose convention is settled.

    All times of all batches must be of one form, and all with a zone or all without.
    """

    def __init__(self, spec: ReadingSpec) -> None:
        self._spec = spec
        self._form = spec.time or ISO
        self._zoned: bool | None = None
        self.offsets: set[str] = set()
        """The zone offsets met, as written; none where the spec's zone was taken."""

    def __call__(self, column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
        """Return moments in UTC, to the microsecond.

        Raises
        ------
        ColumnError
            If a value isn't such a time, doesn't exist in the zone, or occurs in it twice.
        """
        column = filled(column, place)
        if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
            return self._typed(column, place)
        if pa.types.is_integer(column.type) and self._form in UNIX:
            return self._unix(column, place)
        texts = texts_of(column, place, _WAY_OUT)
        if self._form in UNIX:
            return self._unix(texts, place)
        moments = self._quick(texts) if self._form == ISO else None
        return self._slow(texts, place) if moments is None else self._local(moments, place)

    def _typed(self, column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
        zone = getattr(column.type, "tz", None)
        # Finer than a microsecond is cut off: that is no order of events one could trust.
        moments = column.cast(pa.timestamp("us", zone), safe=False)
        return moments.cast(_MOMENT) if zone else self._local(moments, place)

    def _unix(self, column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
        moments = pa.chunked_array(
            [unix_moments(chunk, self._form) for chunk in column.chunks], pa.int64()
        )
        self._refuse_misfit(column, moments, place, f"isn't a time in {self._form}")
        return moments.cast(_LOCAL).cast(_MOMENT)

    def _quick(self, texts: pa.ChunkedArray) -> pa.ChunkedArray | None:
        """Parse ISO 8601 the fast way; None if that can't take every value."""
        zoned = self._zoned
        if zoned is None and len(texts):
            zoned = _has_zone(texts[0].as_py())
        try:
            moments = texts.cast(_MOMENT if zoned else _LOCAL)
        except pa.ArrowInvalid:
            return None
        self._zoned = zoned
        if not zoned:
            return moments
        if pc.all(pc.ends_with(texts, "Z")).as_py():
            self.offsets.add("Z")
        else:
            found = pc.extract_regex(texts, pattern=r"(?P<z>Z|[+-]\d{2}:?(?:\d{2})?)$")
            self.offsets.update(pc.unique(pc.struct_field(found, "z")).to_pylist())
        return moments

    def _slow(self, texts: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
        array = texts.combine_chunks()
        local, offsets = dated(array, self._form)
        self._refuse_misfit(texts, local, place, f"isn't a time of the form {self._form}")
        has_zone = pc.not_equal(offsets, "")
        if self._zoned is None and len(array):
            self._zoned = bool(has_zone[0].as_py())
        odd = pc.index(has_zone, not self._zoned).as_py()
        if odd >= 0:
            lacks = "has no zone, but others have one" if self._zoned else "has a zone, alone"
            raise place.refuse(odd, f"{lacks} ({texts[odd].as_py()!r})", _WAY_OUT)
        if not self._zoned:
            return self._local(pa.chunked_array([local]), place)
        self.offsets.update(pc.unique(offsets).to_pylist())
        plain = pc.if_else(pc.is_in(offsets, _UTC_NAMES), "Z", offsets)
        iso = pc.binary_join_element_wise(pc.strftime(local, "%Y-%m-%dT%H:%M:%S"), plain, "")
        return pa.chunked_array([iso.cast(_MOMENT)])

    def _local(self, moments: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
        if moments.type != _LOCAL:
            return moments
        zone, twice = self._spec.zone, _TWICE[self._spec.ambiguous]
        if zone == "UTC":
            return moments.cast(_MOMENT)
        try:
            return pc.assume_timezone(moments, zone, ambiguous=twice).cast(_MOMENT)
        except pa.ArrowInvalid as error:
            raise self._clock_change(moments, place) from error

    def _clock_change(self, moments: pa.ChunkedArray, place: Place) -> Exception:
        """Say which time the zone's clocks skip, or show twice."""
        zone = self._spec.zone
        low = pc.assume_timezone(moments, zone, ambiguous="earliest", nonexistent="earliest")
        high = pc.assume_timezone(moments, zone, ambiguous="latest", nonexistent="latest")
        position = first(pc.not_equal(low, high))
        value = moments[position].as_py()
        if low[position].as_py().replace(tzinfo=None) != value:
            reason = f"names a time that clocks in {zone} skip ({value})"
            return place.refuse(position, reason, "Correct it, or give times with their offset.")
        return place.refuse(
            position,
            f"names a time that occurs twice in {zone} ({value})",
            "Give times with their offset, or say which: sniff(path, ambiguous='earlier').",
        )

    def _refuse_misfit(
        self, texts: pa.ChunkedArray, parsed: pa.Array, place: Place, reason: str
    ) -> None:
        if not parsed.null_count:
            return
        position = first(pc.is_null(parsed))
        value = texts[position].as_py()
        if value == "":
            raise place.refuse(position, "has no value", BLANK)
        raise place.refuse(position, f"{reason} ({value!r})", _WAY_OUT)


def _has_zone(text: str) -> bool:
    clock = text[10:]
    return clock.endswith("Z") or "+" in clock or "-" in clock
