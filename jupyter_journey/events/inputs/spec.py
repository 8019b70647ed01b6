"""How a file is to be read: found by sniffing, shown, changed, and stored in the journey."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from jupyter_journey.errors import ParameterError, UnknownNameError
from jupyter_journey.events.inputs.time_formats import TIME_FORMATS
from jupyter_journey.model.fields import Strings, Words
from jupyter_journey.model.records import Record, Source

__all__ = ["ReadingSpec"]


def _encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise ValueError(f"no encoding is called {name!r}; cp1252 and utf-8 are some") from error


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called {name!r}; Europe/Berlin and UTC are") from error
    return name


def _time(name: str) -> str:
    if name and name not in TIME_FORMATS:
        raise ValueError(f"must be one of {', '.join(TIME_FORMATS)}; is {name!r}")
    return name


_Char = Annotated[str, StringConstraints(min_length=1, max_length=1, pattern=r"^[\x00-\x7f]$")]
_Rows = Annotated[int, Field(ge=0, le=1000)]


# Fields that aren't text are stored as JSON.
_JSON = frozenset(
    {"header_row", "header_rows", "rows_below", "missing", "unique", "keep", "partitions"}
)


class ReadingSpec(Record):
    """The conventions of a file, and which column plays which part.

    Made by :func:`jupyter_journey.sniff`. A field that says ``""`` leaves the convention open: then
    it is taken from the values if just one fits, and the reading is refused if several do.

    Examples
    --------
    >>> spec = ReadingSpec(delimiter=";", time="DD.MM.YYYY").change(zone="Europe/Berlin")
    >>> print(spec)
    delimiter: ;
    time: DD.MM.YYYY
    zone: Europe/Berlin
    >>> spec.change(zone="Europe/Berln")
    Traceback (most recent call last):
    jupyter_journey.errors.ParameterError: reading spec: parameter 'zone' no time zone is called ...
    """

    format: Literal["arrow", "csv", "excel", "jsonl", "parquet", "table"] = "csv"
    encoding: Annotated[str, AfterValidator(_encoding)] = "utf-8"
    """Name of a Python codec; ``utf-8-sig`` where a byte order mark stands first."""
    delimiter: _Char = ","
    quote: _Char = '"'
    header_row: Annotated[int, Field(ge=1, le=1000)] = 1
    """The row the header stands in, counted from 1; what stands above is left out."""
    header_rows: Annotated[int, Field(ge=1, le=3)] = 1
    """How many rows the header takes (2 with SurveyMonkey); their texts are joined by `` / ``."""
    rows_below: _Rows = 0
    """Rows between header and data that hold no data (2 with Qualtrics)."""
    sheet: str = ""
    """The sheet of a workbook."""
    decimal: Literal["", ".", ","] = ""
    thousands: Literal["", ".", ",", " ", "'"] = ""
    """The sign between groups of three digits; any but the decimal one unless said."""
    time: Annotated[str, AfterValidator(_time)] = ""
    """How times are written, such as ``DD.MM.YYYY``; a time of day may follow."""
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    """The zone of times that don't carry one."""
    ambiguous: Literal["", "earlier", "later"] = ""
    """Which of the two is meant by a time that occurs twice when clocks go back."""
    missing: Strings = ("",)
    """What stands for a missing number or time. Ids and names are never missing but when empty."""
    columns: Words = Field(default_factory=dict)
    """Which column plays which part, such as ``{"customer": "user_id"}``."""
    unique: Strings = ()
    """Columns that together tell a row; of rows that agree in all of them one is kept."""
    query: str = ""
    """The SQL that selects the rows, where the source is a database."""
    keep: Strings | None = None
    """Further columns to keep, for conditions; all of them unless said."""
    lifecycle: str = ""
    """A column such as ``lifecycle:transition`` that tells starts from ends: only rows that say
    ``complete`` there are events. Event logs of process mining have one; its presets name it."""
    partitions: Annotated[int, Field(ge=0, le=1 << 16)] = 0
    """Into how many parts of customers an event log past memory is dealt out on disk; 0: none."""
    preset: str = ""
    """The known shape the columns were taken from."""

    @classmethod
    def of(cls, source: Source) -> Self:
        """Return the spec stored with a journey's source.

        Raises
        ------
        ParameterError, UnknownNameError
            If what is stored makes no spec.
        """
        fields: dict[str, Any] = {}
        for name, text in source.spec.items():
            fields[name] = _unpacked(text) if name in _JSON else text
        return cls().change(**fields, columns=dict(source.columns))

    def words(self) -> dict[str, str]:
        """Return what differs from the defaults as text, for :attr:`Source.spec`.

        The columns have a field of their own there: :attr:`Source.columns`.

        Examples
        --------
        >>> ReadingSpec(delimiter=";", header_row=2).words()
        {'delimiter': ';', 'header_row': '2'}
        """
        said = self.model_dump(mode="json", exclude_defaults=True, exclude={"columns"})
        return {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in said.items()
        }

    def change(self, **fields: Any) -> Self:
        """Return a spec with other values in some fields.

        Raises
        ------
        UnknownNameError
            If there is no such field.
        ParameterError
            If a value doesn't fit.
        """
        known = type(self).model_fields
        for name in fields:
            if name not in known:
                raise UnknownNameError(kind="field of a reading spec", name=name, known=known)
        try:
            return type(self).model_validate({**dict(self), **fields})
        except ValidationError as error:
            flaw = error.errors()[0]
            raise ParameterError(
                template_name="reading spec",
                parameter=str(flaw["loc"][0]),
                reason=str(flaw["msg"]).removeprefix("Value error, "),
            ) from error

    def __str__(self) -> str:
        said = self.model_dump(exclude_defaults=True)
        return "\n".join(f"{name}: {_shown(value)}" for name, value in said.items())


def _unpacked(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{part} ← {column}" for part, column in value.items())
    return ", ".join(value) if isinstance(value, tuple) else str(value).replace("\t", "\\t")
