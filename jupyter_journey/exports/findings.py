"""Findings for people, for programs (JSON), and for code hosts and editors (SARIF 2.1.0)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

import pandas as pd

__all__ = ["FORMATS", "as_json", "as_sarif", "as_text"]

_LEVELS = MappingProxyType({"error": "error", "warning": "warning", "hint": "note"})
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(findings: pd.DataFrame, path: str, content: str) -> str:  # noqa: ARG001
    """Write a line per finding, and how many there are of each level.

    Parameters
    ----------
    findings
        What :func:`jupyter_journey.check` returns.
    path, content
        The journey's file and what stands in it.
    """
    lines = [
        f"{row['check']} {row['level']:<7} {row['where']}: {row['message']} {row['fix']}"
        for row in findings.to_dict("records")
    ]
    counts = (f"{n} {level}{'s' * (n != 1)}" for level, n in _counts(findings))
    return "\n".join([*lines, ", ".join(counts)])


def as_json(findings: pd.DataFrame, path: str, content: str) -> str:  # noqa: ARG001
    """Write ``file``, ``counts`` by level, and ``findings`` with the columns of the frame.

    Examples
    --------
    >>> row = {"check": "CHK-101", "level": "error", "where": "goals", "message": "", "fix": ""}
    >>> found = pd.DataFrame([row])
    >>> json.loads(as_json(found, "a.journey.json", ""))["counts"]
    {'error': 1, 'warning': 0, 'hint': 0}
    """
    said = {
        "file": path,
        "counts": dict(_counts(findings)),
        "findings": findings.astype(str).to_dict("records"),
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


def as_sarif(findings: pd.DataFrame, path: str, content: str) -> str:
    r"""Write a SARIF log, which code hosts show beside the lines it tells of.

    Parameters
    ----------
    findings
        What :func:`jupyter_journey.check` returns.
    path
        The journey's file, relative to the project.
    content
        The file's text: the lines are those of the records found fault with.

    Examples
    --------
    >>> row = {"check": "CHK-101", "level": "error", "where": "goals", "message": "", "fix": ""}
    >>> found = pd.DataFrame([row])
    >>> log = json.loads(as_sarif(found, "a.journey.json", '{\n  "goals": []\n}'))
    >>> place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    >>> place["region"]
    {'startLine': 2}
    """
    lines = content.splitlines()
    checks = sorted(set(findings["check"]))
    driver = {
        "name": "Jupyter Journey",
        "version": version("jupyter-journey"),
        "rules": [{"id": check} for check in checks],
    }
    results = [_result(row, path, lines) for row in findings.to_dict("records")]
    run = {"tool": {"driver": driver}, "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


FORMATS: Mapping[str, Callable[[pd.DataFrame, str, str], str]] = MappingProxyType(
    {"text": as_text, "json": as_json, "sarif": as_sarif}
)
"""Writer by name of the format."""


def _counts(findings: pd.DataFrame) -> list[tuple[str, int]]:
    return [(level, int((findings["level"] == level).sum())) for level in _LEVELS]


def _result(row: Mapping[Any, Any], path: str, lines: list[str]) -> dict[str, Any]:
    return {
        "ruleId": row["check"],
        "level": _LEVELS[row["level"]],
        "message": {"text": f"{row['message']} {row['fix']}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": path.replace("\\", "/")},
                    "region": {"startLine": _line(row["where"], lines)},
                },
                "logicalLocations": [{"fullyQualifiedName": row["where"]}],
            }
        ],
    }


def _line(where: str, lines: list[str]) -> int:
    """Return the number of the line a place such as ``goals/faster-start`` begins at, or 1."""
    collection, _, record = where.partition("/")
    start = next((at for at, line in enumerate(lines) if line.startswith(f'  "{collection}":')), 0)
    if not record:
        return start + 1
    named = f'"id": {json.dumps(record, ensure_ascii=False)}'
    found = (at for at in range(start, len(lines)) if lines[at].strip().startswith(named))
    return next(found, start) + 1
