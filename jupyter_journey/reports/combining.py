"""From a plan to its reports: combinations of parameters, checked, each with its name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from jupyter_journey.errors import JourneyError, PersonalDataError
from jupyter_journey.paths import is_address
from jupyter_journey.privacy.scan import found_in
from jupyter_journey.reports.declared import Template, as_declared
from jupyter_journey.reports.naming import named
from jupyter_journey.reports.plan import Plan, Query
from jupyter_journey.reports.templates import PATHS

__all__ = ["Planned", "reports_of"]

Values = dict[str, Any]


@dataclass(frozen=True)
class Planned:
    """One report of a plan."""

    name: str
    template: Template
    parameters: Mapping[str, Any]
    """With paths as the plan writes them."""

    @property
    def paths(self) -> dict[str, str]:
        """The parameters that are paths, not addresses such as ``s3://…``."""
        given = {name: self.parameters.get(name) for name in PATHS}
        return {
            name: value
            for name, value in given.items()
            if value and isinstance(value, str) and not is_address(value)
        }


def reports_of(plan: Plan) -> list[Planned]:
    """Return all reports of a plan, in the order it names them.

    Raises
    ------
    PlanError
        If a parameter is unknown to a template or of another type, two reports would bear one
        name or write one journey, or there is nothing to report.
    PersonalDataError
        If a parameter holds personal data, and ``personal_data`` doesn't say why.
    """
    templates = [Template.of(plan, name) for name in plan.templates or (plan.template,)]
    chosen = list(_combinations(plan))
    if not chosen:
        raise plan.wrong("", "asks for no report: rows, or a list of matrix or zip, are empty")
    reports = []
    for template in templates:
        with _told_of(plan, "exclude."):
            excluded = [_typed(template, values) for values in plan.exclude]
        for values in chosen:
            given = {**plan.parameters, **values}
            with _told_of(plan):
                read = _typed(template, given)
            if not any(_agrees(read, left_out) for left_out in excluded):
                name = named(plan, template, values, given, several=len(templates) > 1)
                reports.append(Planned(name, template, _checked(plan, template, read)))
    if not reports:
        raise plan.wrong("exclude", "leaves no report")
    _no_twins(plan, reports)
    _no_rivals(plan, reports)
    return reports


def _combinations(plan: Plan) -> Iterator[Values]:
    """Yield what the reports differ by, as written."""
    journeys = plan.journeys or ((plan.journey,) if plan.journey else ())
    rows = _rows(plan)
    _once(plan, {"matrix": plan.matrix, "zip": plan.zip, "rows": rows[0] if rows else {}})
    crossed = [
        dict(zip(plan.matrix, values, strict=True)) for values in product(*plan.matrix.values())
    ]
    zipped = [
        dict(zip(plan.zip, values, strict=True)) for values in zip(*plan.zip.values(), strict=True)
    ]
    places = [{"journey": place} for place in journeys]
    parts = (places or [{}], rows, zipped if plan.zip else [{}], crossed)
    yield from ({k: v for part in one for k, v in part.items()} for one in product(*parts))
    for extra in plan.include:
        own = [{}] if "journey" in extra else places or [{}]
        yield from ({**place, **extra} for place in own)


def _agrees(values: Values, asked: Values) -> bool:
    return bool(asked) and all(key in values and values[key] == asked[key] for key in asked)


def _once(plan: Plan, parts: Mapping[str, Iterable[str]]) -> None:
    seen: dict[str, str] = {}
    for part, names in parts.items():
        for name in names:
            if name in seen:
                raise plan.wrong(f"{part}.{name}", f"stands in {seen[name]}, too. Say it once")
            seen[name] = part


def _rows(plan: Plan) -> list[Values]:
    if plan.rows is None:
        return [{}]
    if isinstance(plan.rows, Query):
        return _selected(plan, plan.rows.sql)
    if isinstance(plan.rows, list):
        return [{str(name): _plain(value) for name, value in row.items()} for row in plan.rows]
    import pandas as pd

    try:
        # As texts: pandas would make 7 of 007; the template's types tell what is a number.
        frame = pd.read_csv(plan.place(plan.rows), dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise plan.wrong("rows", f"can't be read: {error}") from error
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]


def _selected(plan: Plan, sql: str) -> list[Values]:
    try:
        import duckdb
    except ImportError as error:
        reason = "needs DuckDB. Install it: pip install duckdb"
        raise plan.wrong("rows.sql", reason) from error
    with duckdb.connect() as connection:
        connection.execute("SET file_search_path = ?", [str(plan.folder.resolve())])
        try:
            answer = connection.execute(sql)
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        except duckdb.Error as error:
            raise plan.wrong("rows.sql", f"can't be answered: {error}") from error


def _plain(value: Any) -> Any:
    """Take a frame's numbers as Python's."""
    return value.item() if hasattr(value, "item") else value


@contextmanager
def _told_of(plan: Plan, part: str = "") -> Iterator[None]:
    """Tell of what is wrong with a parameter where the plan says it."""
    try:
        yield
    except JourneyError as error:
        key = error.parameter if isinstance(getattr(error, "parameter", None), str) else ""
        raise plan.wrong(f"{part}{key}", str(error)) from error


def _typed(template: Template, values: Values) -> Values:
    """Return values in the types that a template declares."""
    return {name: as_declared(template, name, value) for name, value in values.items()}


def _checked(plan: Plan, template: Template, read: Values) -> Values:
    """Return the parameters in the template's order, once nothing stands against them."""
    checked = {name: read[name] for name in template.types if name in read}
    with _told_of(plan):
        template.check(checked)
    found = list(found_in(json.dumps(checked, ensure_ascii=False), "parameters"))
    if found and not checked.get("personal_data"):
        raise PersonalDataError(path=str(plan.file or "plan"), found=found[:3])
    return checked


def _no_twins(plan: Plan, reports: list[Planned]) -> None:
    """Refuse two reports of one name; some file systems hold upper and lower case for the same."""
    seen: dict[str, Planned] = {}
    for report in reports:
        other = seen.setdefault(report.name.casefold(), report)
        if other is not report:
            apart = [k for k, v in report.parameters.items() if other.parameters.get(k) != v]
            told = f"they differ in {', '.join(apart) or 'nothing'}"
            reason = f"gives two reports the name {report.name!r}; {told}"
            raise plan.wrong("names", reason)


def _no_rivals(plan: Plan, reports: list[Planned]) -> None:
    """Refuse two reports that write one journey: side by side, the last would win."""
    seen: dict[Path, Planned] = {}
    for report in reports:
        output = report.paths.get("output")
        if output and report.template.is_step:
            other = seen.setdefault(plan.place(output), report)
            if other is not report:
                reason = f"would be written by two reports, {other.name!r} and {report.name!r}"
                raise plan.wrong("output", f"{output!r} {reason}. Give each its own, or none")
