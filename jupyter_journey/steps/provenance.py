"""Where a report comes from: whose journey, for whom, from which sources, made with what, when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from jupyter_journey.charts.paragraphs import paragraphs
from jupyter_journey.charts.rendered import Rendered, render
from jupyter_journey.charts.tables import table
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.metrics import METRICS, fingerprints
from jupyter_journey.metrics.provenance import code_version
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Measurement, Source
from jupyter_journey.paths import file_name
from jupyter_journey.steps.figures import period_in_words, told
from jupyter_journey.steps.request import Request

__all__ = ["FIGURES", "Provenance", "provenance"]

FIGURES = "application/vnd.jupyter-journey.figures+json"
"""The form of an output that holds a report's figures for programs."""
_SHORT = 12


@dataclass(frozen=True, repr=False)
class Provenance:
    """The foot of a report, for readers, and its figures, for programs."""

    rendered: Rendered
    figures: list[dict[str, Any]]
    """As :func:`jupyter_journey.steps.figures.told` returns them."""

    language: str

    def _repr_mimebundle_(
        self,
        include: Any = None,  # noqa: ARG002
        exclude: Any = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        data = {
            "text/html": self.rendered.html,
            "text/plain": self.rendered.text,
            FIGURES: self.figures,
        }
        return data, {FIGURES: {"language": self.language}}

    def __repr__(self) -> str:
        return self.rendered.text


def provenance(shown: Journey, request: Request) -> Provenance:
    """Gather what a report rests on.

    Parameters
    ----------
    shown
        The journey with the figures the report may show, and no others.
    request
        What the report was asked for.

    Examples
    --------
    >>> made = provenance(Journey.new("Acme Boards"), Request())
    >>> print(str(made).splitlines()[0])
    Acme Boards · revision 0
    """
    say = voice(shown.language)
    about, sources = _about(shown, request, say), _sources(shown, say)
    now = datetime.now(UTC)
    made = say("provenance", "made", version=code_version(), day=f"\0{say.day(now.date())}\0")
    before, day, after = made.split("\0")
    return Provenance(
        render(
            "provenance.html",
            "\n".join([about.text, *([sources.text] if sources else []), f"{before}{day}{after}"]),
            about=about,
            sources=sources,
            made=(before, now.isoformat(timespec="seconds"), day, after),
        ),
        told(shown),
        say.language,
    )


def _about(shown: Journey, request: Request, say: Voice) -> Rendered:
    parts = [shown.title]
    if shown.path:
        parts.append(shown.path.name)
    parts.append(say("provenance", "revision", revision=shown.revision))
    asked = {name: getattr(request, name) for name in ("persona", "segment")}
    asked["period"] = period_in_words(request.period or _span(shown), say)
    asked["where"] = ", ".join(f"{key} = {value}" for key, value in request.where.items())
    parts += [
        say("provenance", "asked", what=say("request", name), value=value)
        for name, value in asked.items()
        if value
    ]
    return paragraphs([" · ".join(parts)])


def _span(shown: Journey) -> str:
    """Return the first and the last day of all figures."""
    periods = [one.period.split("/") for one in shown.document.measurements if one.period]
    if not periods:
        return ""
    return f"{min(days[0] for days in periods)}/{max(days[-1] for days in periods)}"


def _sources(shown: Journey, say: Voice) -> Rendered | None:
    """Show the sources the figures were computed from, or else those the journey names."""
    rows = [_row(source, figures) for source, figures in _used(shown)]
    if not rows:
        return None
    frame = pd.DataFrame(rows).astype({"rows": "Int64", "figures": "Int64"})
    return table(
        frame,
        title=say("provenance", "title"),
        labels={name: say("provenance", name) for name in map(str, frame)},
        language=say.language,
    )


def _used(shown: Journey) -> Iterator[tuple[Source, list[Measurement]]]:
    figures = [one for one in shown.document.measurements if one.value is not None]
    for source in shown.document.sources:
        own = [one for one in figures if one.source_id == source.id]
        if own or not figures:
            yield source, own


def _row(source: Source, figures: list[Measurement]) -> dict[str, Any]:
    own = [one for one in figures if _of_one_source(one)] or figures
    digests = {fingerprints.parts(one.fingerprint)[0].removeprefix("sha256:") for one in own}
    return {
        "source": source.name,
        "file": file_name(source.path),
        "rows": source.counted.get("rows"),
        "figures": len(figures) or None,
        "fingerprint": ", ".join(sorted(digest[:_SHORT] for digest in digests if digest)),
    }


def _of_one_source(figure: Measurement) -> bool:
    """Tell whether a figure's digest is that of its source's file alone."""
    return figure.metric not in METRICS or len(METRICS[figure.metric].inputs) == 1
