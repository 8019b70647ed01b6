"""Two batches compared: which figures moved by more than chance, which reports came and went."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd

from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.charts.tables import table
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.errors import SourceError
from jupyter_journey.metrics.drifting import DTYPES
from jupyter_journey.model.storage import write
from jupyter_journey.reports.changes import Change, changes
from jupyter_journey.reports.html import page, script
from jupyter_journey.reports.moves import drawn_move

__all__ = ["Difference", "difference"]

_DTYPES = {"report": "string"} | {name: kind for name, kind in DTYPES.items() if name != "test"}
_STATES = ("failed", "new", "gone")


@dataclass(frozen=True)
class Difference:
    """What changed from one batch of reports to another."""

    before: Mapping[str, Mapping[str, Any]]
    """The reports of the earlier batch by name, as its ``index.json`` has them."""
    after: Mapping[str, Mapping[str, Any]]
    language: str

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row per figure of the reports that are in both batches.

        ``report``, ``metric`` (id), ``name``, ``stage``, ``unit``, ``before``, ``after``,
        ``change`` = after − before, ``n_before``, ``n_after``, ``moved`` and ``verdict`` as
        :func:`jupyter_journey.drift` has them. What moved farthest, in widths of its intervals,
        comes first.
        """
        rows = [_row(name, change) for name, change in self._pairs]
        return pd.DataFrame(rows, columns=list(_DTYPES)).astype(_DTYPES)

    @cached_property
    def reports(self) -> pd.DataFrame:
        """A row per report: ``report``, ``state`` (both, new, gone, failed), ``error``."""
        rows = [
            {"report": name, "state": self._state(name), "error": _error(self.after.get(name))}
            for name in {**self.after, **self.before}
        ]
        return pd.DataFrame(rows, columns=["report", "state", "error"]).astype("string")

    def save(self, path: str | Path) -> Path:
        """Write the difference as a page of its own, and return the file.

        Raises
        ------
        JourneyFileError
            If the file can't be written.
        """
        target = Path(path)
        write(target, self._page().encode(), None, overwrite=True)
        return target

    def _state(self, name: str) -> str:
        if name not in self.after:
            return "gone"
        if self.after[name]["state"] != "done":
            return "failed"
        return "both" if name in self.before else "new"

    @cached_property
    def _pairs(self) -> list[tuple[str, Change]]:
        pairs = [
            (name, change)
            for name, told in self.after.items()
            if name in self.before and told["state"] == "done"
            for change in changes(self.before[name]["figures"], told["figures"]).values()
        ]
        return sorted(pairs, key=lambda pair: -pair[1].size)

    def _said(self, say: Voice) -> Iterator[tuple[dict[str, Any], Change]]:
        """Yield what moved, and how its row of a table begins."""
        for name, change in self._pairs:
            if change.moved and change.before and change.after:
                sides = {"before": change.before, "after": change.after}
                values = {f"{side}_value": one.value for side, one in sides.items()}
                words = {side: say.quantity(one.value, one.unit) for side, one in sides.items()}
                yield {"report": name, "figure": change.told.title, **words, **values}, change

    @property
    def summary(self) -> str:
        """How many figures moved, in a sentence."""
        say = voice(self.language)
        told = self.frame["moved"]
        counts = {"moved": say.number(int(told.sum())), "compared": say.number(int(told.count()))}
        return say("difference", "moves", **counts)

    def _page(self) -> str:
        say = voice(self.language)
        states = self.reports.groupby("state", observed=True)
        rows = [
            said
            | {
                "by": change.size,
                "verdict": change.verdict or "",
                "drawn": drawn_move(change, say),
            }
            for said, change in self._said(say)
        ]
        return page(
            "difference.html.j2",
            title=say("difference", "title"),
            language=self.language,
            summary=self.summary,
            groups=[
                (state, say("difference", state), states.get_group(state).to_dict("records"))
                for state in _STATES
                if state in states.groups
            ],
            rows=rows,
            script=script("batch.js"),
            say=say,
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return self._shown._repr_mimebundle_(include, exclude)

    def __repr__(self) -> str:
        return self._shown.text

    @property
    def _shown(self) -> Rendered:
        say = voice(self.language)
        told = [said for said, _ in self._said(say)]
        columns = ["report", "figure", "before", "after"]
        return table(
            pd.DataFrame(told, columns=columns),
            title=self.summary,
            labels={name: say("difference", name) for name in columns},
            language=self.language,
        )


def difference(a: str | Path, b: str | Path, language: str = "en") -> Difference:
    """Compare two batches of reports: ``a`` before, ``b`` after.

    Reports are matched by name, their figures by metric, stage, milestone, touchpoint and name.
    Whether a figure moved by more than chance follows the rule of :func:`jupyter_journey.drift`;
    at the 95% level chance alone moves about one share in twenty.

    Parameters
    ----------
    a, b
        Folders of batches, or their ``index.json``.
    language
        Language of what is shown.

    Raises
    ------
    SourceError
        If there is no index, or it can't be read.
    UnknownNameError
        If there are no words in the language.
    """
    voice(language)
    return Difference(_read(Path(a)), _read(Path(b)), language)


def _read(path: Path) -> dict[str, Any]:
    """Return the reports of a batch by name."""
    index = path / "index.json" if path.is_dir() else path
    try:
        return {row["name"]: row for row in json.loads(index.read_text(encoding="utf-8"))}
    except FileNotFoundError as error:
        reason, way_out = "there is no such file", "Name the folder a batch was written to"
        raise SourceError(source=str(index), reason=reason, way_out=way_out) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason, way_out = f"is no index of a batch ({error})", "Run the batch again"
        raise SourceError(source=str(index), reason=reason, way_out=way_out) from error


def _row(report: str, change: Change) -> dict[str, Any]:
    before, after, told = change.before, change.after, change.told
    values = [one.value if one else nan for one in (before, after)]
    return {
        "report": report,
        "metric": told.metric,
        "name": told.name,
        "stage": told.stage or None,
        "unit": told.unit,
        "before": values[0],
        "after": values[1],
        "change": values[1] - values[0],
        "n_before": before.n if before else None,
        "n_after": after.n if after else None,
        "moved": change.moved,
        "verdict": change.verdict,
    }


def _error(told: Mapping[str, Any] | None) -> str:
    return str(told["error"]) if told and told["state"] != "done" else ""
