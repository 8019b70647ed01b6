"""What a report is made of, and why it has to run again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from jupyter_journey import __version__
from jupyter_journey.errors import JourneyError
from jupyter_journey.paths import absolute
from jupyter_journey.reports.combining import Planned
from jupyter_journey.reports.manifest import Row
from jupyter_journey.reports.plan import Output, Plan

__all__ = ["Fingerprints", "why"]

_MISSING = "missing"
_TEXTS = (".ipynb", ".json")


class Fingerprints:
    """The digests of a plan's files, each taken once.

    Parameters
    ----------
    plan
        Whose folder the paths start in.

    Raises
    ------
    PlanError
        If an input that the plan declares can't be read: no change of it would ever be seen.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._files: dict[str, str] = {}
        self._sources: dict[str, list[str]] = {}
        for path in plan.inputs:
            if self._file(self._place(path)) == _MISSING:
                raise plan.wrong("inputs", f"{path!r} can't be read. Check the path")

    def of(self, report: Planned) -> dict[str, str]:
        """Return the digests of what a report is made of, by the name of the part."""
        parameters = json.dumps(report.parameters, sort_keys=True, ensure_ascii=False)
        parts = {
            "template": self._file(str(report.template.path)),
            "parameters": hashlib.sha256(parameters.encode("utf-8", "surrogatepass")).hexdigest(),
            "version": __version__,
        }
        data = [self._place(path) for path in self._plan.inputs]
        if "journey" in report.paths:
            journey = self._place(report.paths["journey"])
            parts["journey"] = self._file(journey)
            data += self._of_journey(journey)
        if events := report.parameters.get("events"):
            data.append(self._place(events))
        if data:
            from jupyter_journey.metrics import fingerprints  # slow to load

            parts["data"] = fingerprints.joined(map(self._file, data))
        return parts

    def _place(self, path: str) -> str:
        return absolute(path, self._plan.folder)

    def _file(self, place: str) -> str:
        if place not in self._files:
            try:
                self._files[place] = _digest(place)
            except (JourneyError, OSError):  # the report that needs it will say so
                self._files[place] = _MISSING
        return self._files[place]

    def _of_journey(self, path: str) -> list[str]:
        if path not in self._sources:
            from jupyter_journey.model.journey import Journey

            try:
                journey = Journey.load(path)
            except JourneyError:  # the report will say so
                return []
            roles = dict.fromkeys(s.role for s in journey.document.sources if s.path)
            found = (journey.source_place(role) for role in roles)
            self._sources[path] = [source for source in found if source]
        return self._sources[path]


def _digest(place: str) -> str:
    """Return the digest of a file, or of all files of a folder, pattern or address."""
    path = Path(place)
    if path.suffix in _TEXTS and path.is_file():  # no need of the readers of data, slow to load
        return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    from jupyter_journey.metrics import fingerprints

    return fingerprints.of_data(place)


def why(
    row: Row | None, present: Mapping[str, str], out: Path, outputs: Iterable[Output] = ()
) -> str:
    """Return why a report has to run; nothing where it is up to date.

    Examples
    --------
    >>> why(None, {}, Path())
    'new'
    >>> done = Row("de", "stages", state="done", fingerprint={"journey": "a", "data": "b"})
    >>> why(done, {"journey": "a", "data": "c"}, Path())
    'changed: data'
    >>> why(done, {"journey": "a", "data": "b"}, Path(), ["html"])
    'missing: de.html'
    """
    if row is None:
        return "new"
    if row.state == "failed":
        return "failed last time"
    if row.state != "done":
        return "not finished last time"
    names = dict.fromkeys((*row.fingerprint, *present))
    apart = [name for name in names if row.fingerprint.get(name) != present.get(name)]
    if apart:
        return f"changed: {', '.join(apart)}"
    asked = [f"{row.name}.{kind}" for kind in outputs]
    missing = [path for path in asked if path not in row.outputs or not (out / path).is_file()]
    return f"missing: {', '.join(missing)}" if missing else ""
