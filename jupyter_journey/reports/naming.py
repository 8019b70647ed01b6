"""What reports are called: by a pattern that can't lead out of their folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from string import Formatter
from typing import Any

from jupyter_journey.errors import UnknownNameError
from jupyter_journey.model.names import slug
from jupyter_journey.reports.declared import Template
from jupyter_journey.reports.plan import Plan

__all__ = ["named"]

_TEXT = re.compile(r"[\w/ ().-]*")
_RESERVED = ("index", "difference")
_LONGEST = 120


def named(
    plan: Plan,
    template: Template,
    varied: Mapping[str, Any],
    given: Mapping[str, Any],
    *,
    several: bool,
) -> str:
    """Return a report's name: the plan's pattern filled, else what it differs by.

    Raises
    ------
    PlanError
        If the pattern names what the report has not, or leads elsewhere.
    """
    words = {name: _word(name, value) for name, value in given.items()} | {
        "template": template.stem
    }
    if plan.names:
        name = "".join(_filled(plan, words))
    else:
        parts = [template.stem] if several else []
        parts += [words[key] for key in varied if key != "journey" or len(plan.journeys) > 1]
        name = "-".join(parts) or template.stem
    reason = _objection(name)
    if reason:
        raise plan.wrong("names", f"{plan.names or name!r} {reason}")
    return name


def _filled(plan: Plan, words: Mapping[str, str]) -> Iterator[str]:
    try:
        pieces = list(Formatter().parse(plan.names))
    except ValueError as error:
        raise plan.wrong("names", f"{plan.names!r} is no pattern: {error}") from error
    for text, field, form, conversion in pieces:
        if not _TEXT.fullmatch(text):
            raise plan.wrong(
                "names", f"{text!r} can't stand in a file's name. Take letters, digits, - _ ."
            )
        yield text
        if field is None:
            continue
        if form or conversion or not field.isidentifier():
            raise plan.wrong(
                "names", f"{{{field}}} can't be filled. Write a parameter's name alone"
            )
        if field not in words:
            raise plan.wrong(
                "names", str(UnknownNameError(kind="parameter", name=field, known=words))
            )
        yield words[field]


def _word(name: str, value: Any) -> str:
    """Return a value as a part of a file's name."""
    if isinstance(value, dict):
        value = " ".join(f"{key} {held}" for key, held in value.items())
    if isinstance(value, list):
        value = " ".join(map(str, value))
    if name == "journey":
        value = PurePosixPath(str(value)).name.removesuffix(".journey.json")
    text = "" if value is None else str(value)
    return slug(text) if text.strip() else "all"


def _objection(name: str) -> str:
    parts = name.split("/")
    if any(not part.strip(" .") or part.startswith(".") for part in parts):
        return "leads to another folder, or to a hidden file"
    if name.casefold() in _RESERVED:
        return "is what the page of all reports is called"
    if any(len(part.encode()) > _LONGEST for part in parts):
        return f"is longer than {_LONGEST} bytes. Give a pattern with fewer parameters"
    return ""
