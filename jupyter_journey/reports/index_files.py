"""The index of a batch for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from jupyter_journey.exports.formulas import escaped
from jupyter_journey.reports.manifest import column

if TYPE_CHECKING:
    from jupyter_journey.reports.index import Entry, Index

__all__ = ["as_csv", "as_json"]


def as_json(index: Index) -> str:
    """Write all that the manifest says of each report, with what moved: a list, a line each."""
    lines = (json.dumps(_said(entry), ensure_ascii=False) for entry in index.entries)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def as_csv(index: Index) -> str:
    """Write a line per report: its parameters, its state, and its key figures before and after.

    What a spreadsheet would take for a formula bears an apostrophe in front, which
    :func:`jupyter_journey.exports.formulas.restored` takes off again.
    """
    names = list(dict.fromkeys(name for one in index.entries for name in one.row.parameters))
    shown = [(index.titles[key], key) for key in index.key_figures]
    own = ("name", "template", "state", "error", "moved")
    head = [*own[:2], *(column(name, own) for name in names), *own[2:]]
    head += [part for title, _ in shown for part in (title, f"{title} (before)")]
    text = io.StringIO()
    # quoted, as a bare carriage return would begin a line, and a formula in it
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([escaped(name) for name in head])
    for entry in index.entries:
        row = entry.row
        told = [_text(row.parameters.get(name, "")) for name in names]
        line: list[Any] = [row.name, row.template, *told, row.state, row.error]
        line = [escaped(value) for value in line] + [len(entry.moved)]
        for _, key in shown:
            change = entry.changes.get(key)
            sides = (change.after, change.before) if change else (None, None)
            line += [one.value if one else None for one in sides]
        writer.writerow(line)
    return text.getvalue()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _said(entry: Entry) -> dict[str, Any]:
    row = entry.row
    return {
        "name": row.name,
        "template": row.template,
        "parameters": row.parameters,
        "state": row.state,
        "error": row.error,
        "started": row.started,
        "ended": row.ended,
        "outputs": row.outputs,
        "figures": row.figures,
        "moved": [
            {
                "metric": change.told.metric,
                "figure": change.told.title,
                "unit": change.told.unit,
                "before": change.before.value if change.before else None,
                "after": change.after.value if change.after else None,
                "verdict": change.verdict,
            }
            for change in entry.moved
        ],
    }
