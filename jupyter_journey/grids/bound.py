"""A wide frame of the user's that a map is bound to: each follows the other, in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
from pandas.api.types import is_object_dtype

from jupyter_journey.errors import JourneyError
from jupyter_journey.model.journey import Journey

__all__ = ["UnbindableFrameError", "bindable", "followed", "has_shape", "write"]

_COLLECTIONS: tuple[tuple[str, Literal["index", "columns"]], ...] = (
    ("lanes", "index"),
    ("stages", "columns"),
)


class UnbindableFrameError(JourneyError):
    """A frame can't be edited in place by a map.

    Fields: ``reason``.
    """

    template = "This frame can't be bound to a map: {reason}"


def bindable(frame: Journey | pd.DataFrame) -> pd.DataFrame:
    """Return the given frame if it could hold what a map may write into it.

    Raises
    ------
    UnbindableFrameError
        If it is none or tidy, has levels or twins in its labels, or columns of one narrow dtype.
    """
    if not isinstance(frame, pd.DataFrame):
        reason = "there is none; give a wide frame, such as journey.wide()."
        raise UnbindableFrameError(reason=reason)
    if "value" in frame.columns and frame.columns.name != "stage":
        raise UnbindableFrameError(reason="it is tidy; bind a wide one, such as journey.wide().")
    for axis, labels in (("index", frame.index), ("columns", frame.columns)):
        if labels.nlevels > 1:
            raise UnbindableFrameError(
                reason=f"its {axis} has {labels.nlevels} levels, lanes and stages have one. "
                "Join them into one name each."
            )
        if not labels.is_unique:
            twin = labels[labels.duplicated()][0]
            reason = f"{twin!r} stands twice in its {axis}. Rename one of them."
            raise UnbindableFrameError(reason=reason)
        strange = next((label for label in labels if not isinstance(label, str)), None)
        if strange is not None:
            reason = f"{strange!r} in its {axis} is no text. Name lanes and stages by texts."
            raise UnbindableFrameError(reason=reason)
    for column, dtype in frame.dtypes.items():
        if not is_object_dtype(dtype):
            raise UnbindableFrameError(
                reason=f"column {column!r} is of dtype {dtype}, but a stage holds texts, lists and "
                "numbers. Give frame.astype(object)."
            )
    return frame


def followed(journey: Journey, frame: pd.DataFrame, persona_id: str | None) -> Journey:
    """Return the journey with what somebody changed in the frame: labels, their order, values.

    A label that stands where another stood, and is new, is taken for its new name. A column that
    pandas gave a dtype of its own becomes one of objects again, in place.

    Raises
    ------
    JourneyError
        If the frame can't be one of this map any more, or a value doesn't suit its lane.
    """
    for place, dtype in enumerate(frame.dtypes):
        # What pandas makes of frame["Onboarding"] = "" could hold no list.
        if not is_object_dtype(dtype):
            # As a series: pandas takes texts in a bare object array for its own kind.
            whole: Any = frame.iloc[:, place].astype(object)
            frame.isetitem(place, whole)
    bindable(frame)
    for collection, axis in _COLLECTIONS:
        journey = _with_labels(journey, collection, [str(label) for label in getattr(frame, axis)])
    return journey.with_wide(frame, persona_id)


def _with_labels(journey: Journey, collection: str, labels: list[str]) -> Journey:
    present = _names(journey, collection)
    if present == labels:
        return journey
    if len(present) == len(labels):
        for old, new in zip(present, labels, strict=True):
            if old not in labels and new not in present:
                journey = journey.rename(collection, old, new)
    present = _names(journey, collection)
    for name in present:
        if name not in labels:
            journey = journey.remove(collection, name)
    for name in labels:
        if name not in present:
            kind = {"kind": "text"} if collection == "lanes" else {}
            journey = journey.add(collection, name=name, **kind)
    for name in labels:
        journey = journey.move(collection, name)
    return journey


def _names(journey: Journey, collection: str) -> list[str]:
    return [record.name for record in getattr(journey.document, collection)]


def write(frame: Any, before: Journey, after: Journey, persona_id: str | None = None) -> None:
    """Bring a frame from one state of its map to another, touching only what differs."""
    wide = after.wide(persona_id)
    if not has_shape(frame, wide):
        names = {axis: _renames(before, after, collection) for collection, axis in _COLLECTIONS}
        shaped = frame.rename(**names).reindex(index=wide.index, columns=wide.columns)
        # The one way in pandas to give a frame that others hold other labels and another shape.
        reshape: Any = pd.DataFrame.__init__
        kept = dict(frame.attrs)
        reshape(frame, shaped.astype(object))
        frame.attrs.update(kept)
    seen = _values(before.wide(persona_id))
    values = wide.to_numpy()
    for row, lane in enumerate(wide.index):
        for column, stage in enumerate(wide.columns):
            value = values[row, column]
            if not _same(value, seen.get((lane, stage), ...)):
                frame.iat[row, column] = value
    frame.attrs.update(wide.attrs)


def has_shape(frame: pd.DataFrame, wide: pd.DataFrame) -> bool:
    """Tell whether a frame could hold a map's: the same labels, any value."""
    return wide.index.equals(frame.index) and wide.columns.equals(frame.columns)


def _renames(before: Journey, after: Journey, collection: str) -> dict[str, str]:
    old, new = (
        {record.id: record.name for record in getattr(journey.document, collection)}
        for journey in (before, after)
    )
    return {name: new[key] for key, name in old.items() if key in new}


def _values(wide: pd.DataFrame) -> Mapping[tuple[str, str], Any]:
    values = wide.to_numpy()
    return {
        (lane, stage): values[row, column]
        for row, lane in enumerate(wide.index)
        for column, stage in enumerate(wide.columns)
    }


def _same(one: Any, other: Any) -> bool:
    # Not a number equals nothing, itself included; here it stands for an empty cell.
    return bool(one == other) or (one != one and other != other)
