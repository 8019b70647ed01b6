"""The page of a batch: every report in one table, the failed ones and the biggest movers first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import MISSING, Voice, voice
from jupyter_journey.model.storage import write
from jupyter_journey.privacy import found_in
from jupyter_journey.reports import index_files
from jupyter_journey.reports.changes import Change, Key, changes
from jupyter_journey.reports.cleaning import told
from jupyter_journey.reports.html import page, script
from jupyter_journey.reports.manifest import Row
from jupyter_journey.reports.templates import PATHS
from jupyter_journey.reports.thumbnails import Thumbnails

__all__ = ["Entry", "Index", "write_index"]

_KEY_FIGURES = 4
_PAGES = (".html", ".pdf", ".ipynb")
"""What a report's name leads to, best first."""


def write_index(out: Path, rows: Sequence[Row], language: str = "en") -> Path:
    """Write ``index.html``, ``index.csv`` and ``index.json`` for a batch.

    The page is one file, works without a network, and without script as a plain table. Personal
    data in parameters or errors are left out.

    Parameters
    ----------
    out
        The folder of the batch.
    rows
        What the manifest says of each report.
    language
        Language of the page.

    Returns
    -------
    pathlib.Path
        The page.

    Raises
    ------
    UnknownNameError
        If there are no words in the language.
    JourneyFileError
        If a file can't be written.
    """
    say = voice(language)
    index = Index(out, [Entry(_clean(row, out, say)) for row in rows])
    write(out / "index.json", index_files.as_json(index).encode(), None, overwrite=True)
    write(out / "index.csv", index_files.as_csv(index).encode(), None, overwrite=True)
    write(out / "index.html", _page(index, say).encode(), None, overwrite=True)
    return out / "index.html"


@dataclass(frozen=True)
class Entry:
    """A report with what moved in it."""

    row: Row

    @cached_property
    def changes(self) -> dict[Key, Change]:
        """Its figures beside those of the run before, by what they are of.

        Where the last run failed they are those of the last good one, and nothing moved.
        """
        return changes(self.row.before if self.row.state == "done" else (), self.row.figures)

    @cached_property
    def moved(self) -> list[Change]:
        """The figures that moved by more than chance, the farthest first."""
        found = [change for change in self.changes.values() if change.moved]
        return sorted(found, key=lambda change: -change.size)

    @property
    def rank(self) -> tuple[bool, bool, float, int, str]:
        """What sorts the table: failed ones, then unfinished ones, then the biggest movers."""
        farthest = self.moved[0].size if self.moved else 0.0
        done, failed = self.row.state == "done", self.row.state == "failed"
        return not failed, done, -farthest, -len(self.moved), self.row.name


class Index:
    """The reports of a batch, sorted, and what the columns of their table are.

    Parameters
    ----------
    out
        The folder of the batch.
    entries
        Its reports.
    """

    def __init__(self, out: Path, entries: Sequence[Entry]) -> None:
        self.out = out
        self.entries = sorted(entries, key=lambda entry: entry.rank)

    @cached_property
    def parameters(self) -> list[str]:
        """The parameters in which the reports differ, in the order of the plan."""
        names = dict.fromkeys(name for entry in self.entries for name in entry.row.parameters)
        return [
            name
            for name in names
            if name not in PATHS
            and len({str(entry.row.parameters.get(name, "")) for entry in self.entries}) > 1
        ]

    @cached_property
    def key_figures(self) -> list[Key]:
        """The figures to show: on the map, moved in most reports, else held by most."""
        held: Counter[Key] = Counter()
        moves: Counter[Key] = Counter()
        for entry in self.entries:
            for key, change in entry.changes.items():
                if change.after and change.after.lane:
                    held[key] += 1
                    moves[key] += bool(change.moved)
        ranked = sorted(held, key=lambda key: (-moves[key], -held[key]))  # stable: as on the map
        return ranked[:_KEY_FIGURES]

    @cached_property
    def titles(self) -> dict[Key, str]:
        """What the figures are called."""
        return {
            key: change.told.title
            for entry in self.entries
            for key, change in entry.changes.items()
        }

    @property
    def compared(self) -> int:
        """How many figures could be compared with the run before."""
        return sum(
            change.moved is not None for entry in self.entries for change in entry.changes.values()
        )

    def link(self, row: Row) -> str:
        """Return where a report's name leads, seen from the index; empty: nowhere."""
        failed = f"{row.name}.failed.ipynb"
        if row.state == "failed" and (self.out / failed).is_file():
            return failed
        found = {Path(path).suffix: path for path in row.outputs}
        return next((found[suffix] for suffix in _PAGES if suffix in found), "")


def _clean(row: Row, out: Path, say: Voice) -> Row:
    """Return a row without personal data, and without paths of this machine in its error."""

    def clean(value: Any) -> Any:
        found = next(found_in(str(value)), None)
        return say("batch", "left_out") if found else value

    parameters = {name: clean(value) for name, value in row.parameters.items()}
    return row.but(
        parameters=parameters,
        error=clean(told(row.error, out)) if row.error else "",
        why=clean(row.why),
    )


def _page(index: Index, say: Voice) -> str:
    maps = Thumbnails(say)
    rows = [_row(entry, index, say, maps) for entry in index.entries]
    counts = Counter(entry.row.state for entry in index.entries)
    moved = sum(len(entry.moved) for entry in index.entries)
    return page(
        "batch.html.j2",
        title=say("batch", "title"),
        language=say.language,
        summary=[
            say("batch", "states", state, n=say.number(counts[state]))
            for state in ("done", "failed", "running", "interrupted", "planned")
            if counts[state]
        ],
        moves=say("batch", "moves", moved=say.number(moved), compared=say.number(index.compared))
        if index.compared
        else "",
        failed=[row for row in rows if row["error"]],
        parameters=[(name, _parameter(name, say)) for name in index.parameters],
        figures=[index.titles[key] for key in index.key_figures],
        rows=rows,
        symbols=maps.drawn,
        has_maps=any(row["map"] for row in rows),
        script=script("batch.js"),
        say=say,
    )


def _parameter(name: str, say: Voice) -> str:
    """Return what a parameter is called: the common ones in words, others by their names."""
    known: dict[str, str] = catalogue.texts(say.language)["request"]
    return known.get(name, name)


def _row(entry: Entry, index: Index, say: Voice, maps: Thumbnails) -> dict[str, Any]:
    row = entry.row
    return {
        "name": row.name,
        "link": quote(index.link(row)),
        "state": row.state,
        "state_said": say("batch", "state", row.state),
        "error": row.error if row.state != "done" else "",
        "parameters": [_value(row.parameters.get(name, ""), say) for name in index.parameters],
        "map": maps.of(entry.changes.values()) if row.figures else Markup(),
        "figures": [_figure(entry.changes.get(key), say) for key in index.key_figures],
        "moved": len(entry.moved),
        "farthest": _farthest(entry, say),
    }


def _value(value: Any, say: Voice) -> str:
    shown = say.shown(value)
    return shown if isinstance(shown, str) else ", ".join(shown)


def _figure(change: Change | None, say: Voice) -> dict[str, Any]:
    """Say a figure, what it was, and whether it moved."""
    if change is None or change.after is None:
        return {"value": MISSING, "sort": "", "before": "", "mark": "", "verdict": ""}
    now, then = change.after, change.before
    mark = ("▲" if change.by > 0 else "▼") if change.moved else ""
    return {
        "value": say.quantity(now.value, now.unit),
        "sort": now.value,
        "before": say("batch", "before", value=say.quantity(then.value, then.unit)) if then else "",
        "mark": mark,
        "verdict": change.verdict or "",
    }


def _farthest(entry: Entry, say: Voice) -> str:
    if not entry.moved:
        return ""
    change = entry.moved[0]
    return f"{change.told.title}: {moved_in_words(change, say)}"


def moved_in_words(change: Change, say: Voice) -> str:
    """Say a figure before and after."""
    sides = (change.before, change.after)
    return " → ".join(say.quantity(one.value, one.unit) if one else MISSING for one in sides)
