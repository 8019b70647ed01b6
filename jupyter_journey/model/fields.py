"""The types of the records' fields: what a value may be, in one form for files and frames."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

__all__ = [
    "EMPTY",
    "CellValue",
    "Conditions",
    "Count",
    "Counts",
    "Day",
    "Direction",
    "Evidence",
    "Id",
    "LaneKind",
    "LineName",
    "Moment",
    "Name",
    "Number",
    "SourceRole",
    "Strings",
    "Value",
    "Words",
]


LaneKind = Literal[
    "text", "list", "chips", "score", "metric", "reference", "choice", "date", "image"
]
LineName = Literal["interaction", "visibility", "internal-interaction"]
Evidence = Literal["assumed", "observed", "proposed"]
Direction = Literal["up", "down"]
SourceRole = Literal["events", "crm", "survey", "interviews", "tickets", "spend", "other"]


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _as_value(value: Any) -> Any:
    """Keep one form of an empty cell, so that frames and files can't disagree about it."""
    if isinstance(value, list | tuple):
        value = tuple(item for item in value if item != "")
    return None if value in ("", ()) else value


def _as_date(value: Any) -> Any:
    """Read ISO days only: pydantic alone would take "0" for the first day of 1970."""
    if not isinstance(value, str):
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise PydanticCustomError("day", "must be a day such as 2026-03-31")
    return day


def _as_moment(value: Any) -> Any:
    """Read ISO times with a zone, kept in UTC: one moment has one form, in files and frames."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(moment, datetime):
            return value
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise PydanticCustomError(
        "moment", "must be a time with its zone, such as 2026-03-31T12:00:00Z"
    )


# Control characters and the byte order mark are spelled out: engines differ in what \s covers.
Id = Annotated[
    str,
    StringConstraints(min_length=1, pattern=r"^[^\s\u0000-\u001f\u007f-\u009f\ufeff/\\]+$"),
]
Name = Annotated[str, StringConstraints(min_length=1)]
Strings = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""JSON numbers are exact up to 2^53 - 1."""
Day = Annotated[date, BeforeValidator(_as_date)]
Moment = Annotated[datetime, BeforeValidator(_as_moment)]
Scalar = str | Number | bool
Value = str | Number | tuple[str, ...]
CellValue = Annotated[Value | None, BeforeValidator(_as_value)]


def _frozen(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(mapping))


EMPTY: Mapping[str, Any] = {}
_FROZEN = (AfterValidator(_frozen), PlainSerializer(dict), Field(validate_default=True))
Words = Annotated[Mapping[str, str], *_FROZEN]
Counts = Annotated[Mapping[str, Count], *_FROZEN]
Conditions = Annotated[Mapping[str, Scalar], *_FROZEN]
