"""Plans of batches: which templates run with which parameters, and what comes out."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from jupyter_journey.errors import PlanError, UnknownNameError

__all__ = ["Limits", "Output", "Plan", "Query", "schema"]

Output = Literal["ipynb", "html", "pdf"]
Parameters = dict[str, Any]
_MOST = 30
"""How many reports Windows can watch at a time: it waits for 63 things at once, two of each."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Limits(_Part):
    """What one report may take."""

    time: Annotated[float, Field(gt=0)] | None = None
    """Seconds."""
    memory: Annotated[float, Field(gt=0)] | None = None
    """MB (10^6 bytes) of its process and those it starts, the shared 300 or so included."""


class Query(_Part):
    """Rows that a query selects; needs DuckDB."""

    sql: str
    """DuckDB's SQL; file names in it start in the plan's folder."""


def _records(rows: Any) -> Any:
    """Take a pandas frame as its rows."""
    if hasattr(rows, "to_dict"):
        columns = rows.columns
        return [dict(zip(columns, row, strict=True)) for row in rows.itertuples(index=False)]
    return rows


class Plan(_Part):
    """What a batch makes: every combination of the parameters, through every template.

    Parameters are keyword arguments, or the keys of a YAML file: :meth:`load`.

    Raises
    ------
    PlanError
        It names the first key that is wrong, and the one that may be meant.

    Examples
    --------
    >>> plan = Plan(template="stages", matrix={"language": ["en", "de"]})
    >>> plan.outputs
    ('ipynb', 'html')
    """

    template: str = ""
    """Name of a step such as `stages`, or path of a notebook."""
    templates: tuple[str, ...] = ()
    """Several of them."""
    journey: str = ""
    """Path of the journey file."""
    journeys: tuple[str, ...] = ()
    """Several of them: each gets all the reports."""
    matrix: dict[str, list[Any]] = {}
    """Values by parameter; each combination is a report."""
    zip: dict[str, list[Any]] = {}
    """Values by parameter, taken side by side: the first of each, the second of each …"""
    rows: Annotated[str | Query | list[Parameters] | None, BeforeValidator(_records)] = None
    """A CSV file, a query, or rows themselves: a column is a parameter, a row a report."""
    include: tuple[Parameters, ...] = ()
    """Further combinations, for each journey unless they name one."""
    exclude: tuple[Parameters, ...] = ()
    """Combinations to leave out: those that agree with all that is said here."""
    parameters: Parameters = {}
    """Parameters that all reports share."""
    names: str = ""
    """Pattern of the names, such as `{persona}-{language}` or `{language}/{persona}`."""
    out: str = "reports"
    """Folder of the reports."""
    outputs: Annotated[tuple[Output, ...], Field(min_length=1)] = ("ipynb", "html")
    """What is kept of each report."""
    inputs: tuple[str, ...] = ()
    """Further files the templates read: a change of theirs is a reason to run again."""
    limits: Limits = Limits()
    """Time and memory one report may take."""
    retries: Annotated[int, Field(ge=0, le=10)] = 0
    """How often a report that failed is tried again."""
    workers: Annotated[int, Field(ge=1)] | None = None
    """How many reports run at a time; default: one per core."""
    file: Annotated[Path | None, Field(exclude=True)] = None
    """Where the plan was read from: set by :meth:`load`."""

    def __init__(self, **said: Any) -> None:
        try:
            super().__init__(**said)
        except ValidationError as error:
            raise _complaint(str(said.get("file") or "plan"), error) from error

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a plan from a YAML file; paths in it start in its folder.

        Raises
        ------
        PlanError
            If the file can't be read, or a key or value is wrong: it names them.
        """
        import yaml

        file = Path(path)
        try:
            content = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise PlanError(path=str(file), key="", reason=f"can't be read ({error})") from error
        except yaml.YAMLError as error:
            reason = f"is no YAML: {' '.join(str(error).split())}"
            raise PlanError(path=str(file), key="", reason=reason) from error
        if not isinstance(content, dict):
            reason = "holds no keys. The least plan is `template: stages` and `journey: a file`"
            raise PlanError(path=str(file), key="", reason=reason)
        return cls.of(content | {"file": file})

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Take a plan's keys and values from a mapping.

        Raises
        ------
        PlanError
            It names the first key that is wrong, and the one that may be meant.
        """
        return cls(**{str(key): value for key, value in said.items()})

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        for one, several in (("template", "templates"), ("journey", "journeys")):
            if getattr(self, one) and getattr(self, several):
                message = f"give {one} or {several}, not both"
                raise ValueError(message)
        if not self.templates and not self.template:
            message = "template is missing: the name of a step, or a notebook's path"
            raise ValueError(message)
        if len({len(values) for values in self.zip.values()}) > 1:
            counts = ", ".join(f"{name} has {len(values)}" for name, values in self.zip.items())
            message = f"zip takes values side by side, and there are unequally many: {counts}"
            raise ValueError(message)
        return self

    @property
    def folder(self) -> Path:
        """Where the plan's relative paths start."""
        return self.file.parent if self.file else Path()

    def wrong(self, key: str, reason: str) -> PlanError:
        """Return the error that says what is wrong with a key."""
        return PlanError(path=str(self.file or "plan"), key=key, reason=reason)

    def place(self, path: str) -> Path:
        """Return the absolute path of what the plan names."""
        return (self.folder / path).resolve()

    def at_a_time(self, asked: int | None = None) -> int:
        """Return how many reports run at a time: as asked, else as the plan says, else by cores."""
        many = asked or self.workers or os.cpu_count() or 1
        return min(many, _MOST) if sys.platform == "win32" else many


def _complaint(path: str, error: ValidationError) -> PlanError:
    first = error.errors(include_url=False, include_context=False)[0]
    *above, last = [str(part) for part in first["loc"]] or [""]
    key = ".".join([*above, last]).strip(".")
    reason = f"can't be {first['input']!r}: {first['msg']}"
    if first["type"] == "extra_forbidden":
        fields = Limits.model_fields if above == ["limits"] else Plan.model_fields
        known = [name for name in fields if name != "file"]
        reason = f"is unknown. {UnknownNameError(kind='key', name=last, known=known)}"
    if first["type"] == "value_error":
        reason = first["msg"].removeprefix("Value error, ")
    return PlanError(path=path, key=key, reason=reason)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of plan files, by which an editor completes them."""
    body = Plan.model_json_schema()
    del body["properties"]["file"]
    about = "What a batch makes: every combination of the parameters, through every template."
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **body, "title": "Plan of reports", "description": about}
