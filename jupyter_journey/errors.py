"""Every error a user can meet: one base, fields to act on, one sentence with the way out."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, ClassVar

__all__ = [
    "CatalogueError",
    "CellValueError",
    "ColumnError",
    "DuplicateColumnError",
    "DuplicateNameError",
    "FrameError",
    "FrameValueError",
    "InterruptedRunError",
    "JourneyError",
    "JourneyFileError",
    "MissingExtraError",
    "ParameterError",
    "PersonalDataError",
    "PlanError",
    "RecordError",
    "RefusedError",
    "SourceError",
    "StaleSaveError",
    "StepError",
    "UnknownNameError",
]


class JourneyError(Exception):
    """The base of all errors of Jupyter Journey.

    Each child has a message ``template`` and takes its fields as keywords; the fields stay
    readable as attributes, so that a caller can act on them.

    Examples
    --------
    >>> error = ColumnError(source="e.csv", column="time", reason="is missing", way_out="Add it.")
    >>> error.column
    'time'
    >>> print(error)
    e.csv: column 'time' is missing. Add it.
    """

    template: ClassVar[str] = "{reason}"

    def __init__(self, **fields: Any) -> None:
        self.fields = fields
        super().__init__(self.template.format(**fields))

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("fields", {})
        if name in fields:
            return fields[name]
        raise AttributeError(name)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.fields)


def _rebuild(kind: type[JourneyError], fields: dict[str, Any]) -> JourneyError:
    return kind(**fields)


class JourneyFileError(JourneyError):
    """A journey file is missing, malformed, or says something impossible.

    Fields: ``path`` (the file), ``where`` (a JSON path such as ``$.cells[3].value``; empty for the
    file as a whole), ``reason``.

    Examples
    --------
    >>> print(JourneyFileError(path="a.journey.json", where="$.title", reason="is missing"))
    a.journey.json, $.title: is missing
    """

    template = "{path}{at}: {reason}"

    def __init__(self, *, path: str, where: str, reason: str, **_: Any) -> None:
        at = f", {where}" if where else ""
        super().__init__(path=path, where=where, at=at, reason=reason)


class CatalogueError(JourneyError):
    """A file or folder of the catalogue can't be read.

    Fields: ``path``, ``reason``, ``way_out``.

    Examples
    --------
    >>> print(CatalogueError(path="lanes.yaml", reason="is empty", way_out="Add a lane."))
    lanes.yaml: is empty. Add a lane.
    """

    template = "{path}: {reason}. {way_out}"


class MissingExtraError(JourneyError):
    """Something needs a package that isn't installed.

    Fields: ``what`` (is to be made), ``package``, ``extra`` (of this package, which brings it).
    """

    template = (
        "{what} needs the package {package}, which isn't installed. "
        "pip install 'jupyter-journey[{extra}]'"
    )


class StaleSaveError(JourneyError):
    """The file changed on disk since this journey was read.

    Fields: ``path``.
    """

    template = (
        "{path} was changed by someone else since this journey was read, so nothing was written. "
        "Load it again and repeat your change, or save with overwrite=True."
    )


class UnknownNameError(JourneyError):
    """A name or id that stands for nothing here.

    Fields: ``kind`` (what was looked for), ``name`` (what was given), ``known`` (the valid ones).
    """

    template = "There is no {kind} {name!r}{hint}"

    def __init__(self, *, kind: str, name: str, known: Iterable[str], **_: Any) -> None:
        names = sorted({str(item) for item in known})
        super().__init__(kind=kind, name=name, known=names, hint=_hint(name, names))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def _hint(name: str, known: list[str]) -> str:
    """Say the nearest valid name, or else all of them."""
    by_lower = {item.lower(): item for item in known}
    close = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {by_lower[close[0]]!r}?"
    return f". Known: {', '.join(known)}." if known else ", and none is defined yet."


class DuplicateNameError(JourneyError):
    """Two things bear one name where the name has to tell them apart.

    Fields: ``kind``, ``name``.
    """

    template = (
        "Two {kind}s are named {name!r}. Rename one of them, or use the tidy frame, "
        "which goes by id."
    )


class DuplicateColumnError(DuplicateNameError):
    """Two columns of a frame that goes by their names have the same.

    Fields: ``kind``, ``name``.
    """

    template = "Two columns are named {name!r}. Rename one of them."


class RecordError(JourneyError):
    """A row doesn't make a record.

    Fields: ``collection``, ``row`` (position, from 0), ``column``, ``reason``.
    """

    template = "{collection}, row {row}, column {column!r}: {reason}"


class CellValueError(JourneyError):
    """A value doesn't fit the kind of its lane.

    Fields: ``stage``, ``lane``, ``kind``, ``value``, ``expected``.
    """

    template = (
        "Lane {lane!r} at stage {stage!r} is of kind {kind!r} and takes {expected}; got {value!r}."
    )


class FrameError(JourneyError):
    """A frame, or a row of it, can't be edited that way.

    Fields: ``reason``, ``way_out``.
    """

    template = "{reason}. {way_out}"


class FrameValueError(JourneyError):
    """A value doesn't fit its column.

    Fields: ``column``, ``value``, ``expected``.
    """

    template = "Column {column!r} takes {expected}; got {value!r}."


class ColumnError(JourneyError):
    """A column of a source is missing or holds what it must not.

    Fields: ``source``, ``column``, ``reason``, ``way_out``.
    """

    template = "{source}: column {column!r} {reason}. {way_out}"

    def __init__(self, *, source: str, column: str, reason: str, way_out: str, **_: Any) -> None:
        way_out = _sentence(way_out)
        super().__init__(source=source, column=column, reason=reason, way_out=way_out)


class SourceError(JourneyError):
    """A data source can't be read.

    Fields: ``source``, ``reason``, ``way_out``.
    """

    template = "{source}: {reason}. {way_out}"

    def __init__(self, *, source: str, reason: str, way_out: str, **_: Any) -> None:
        super().__init__(source=source, reason=reason, way_out=_sentence(way_out))


class ParameterError(JourneyError):
    """A template parameter is unknown or of the wrong type.

    Fields: ``template_name``, ``parameter``, ``reason``.
    """

    template = "{template_name}: parameter {parameter!r} {reason}"


class PlanError(JourneyError):
    """A plan of reports is malformed, or asks for what can't be.

    Fields: ``path`` (the file), ``key`` (such as ``limits.time``; empty for the file as a whole),
    ``reason``.

    Examples
    --------
    >>> print(PlanError(path="weekly.yaml", key="retries", reason="can't be -1"))
    weekly.yaml, retries: can't be -1.
    """

    template = "{path}{at}: {reason}"

    def __init__(self, *, path: str, key: str, reason: str, **_: Any) -> None:
        at = f", {key}" if key else ""
        super().__init__(path=path, key=key, at=at, reason=_sentence(reason))


class PersonalDataError(JourneyError):
    """What was to be written seems to hold personal data; nothing was written.

    Fields: ``path`` (the file that wasn't written), ``found`` (the first few: ``where``, ``kind``,
    ``hint``).
    """

    template = (
        "{path} wasn't written: {told}. Take it out, or say why it may stand there: "
        "personal_data='…' among a template's parameters, or in the journey's settings."
    )

    def __init__(self, *, path: str, found: Iterable[Any], **_: Any) -> None:
        found = tuple(found)
        told = "; ".join(f"{one.where} seems to hold a {one.kind} ({one.hint})" for one in found)
        super().__init__(path=path, found=found, told=told)


class RefusedError(JourneyError):
    """A step refused its input; nothing was written.

    Fields: ``step``, ``reason`` (the sentence of the error in the notebook).
    """

    template = "{reason}"


class StepError(JourneyError):
    """A step's notebook failed, and not because of its input.

    Fields: ``step``, ``cell`` (number from 1), ``reason``, ``path`` (the notebook that failed).
    """

    template = (
        "Step {step!r} failed in cell {cell}: {reason}. The notebook as far as it ran: {path}"
    )


class InterruptedRunError(JourneyError):
    """The user stopped a run.

    Fields: ``done``, ``total``, ``out``.
    """

    template = "Stopped by you after {done} of {total} reports; those are whole, in {out}."
