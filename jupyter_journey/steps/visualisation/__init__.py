"""Step 7, visualisation: the map and its other forms (VIS, CHK-7xx)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.map_page import map_html
from jupyter_journey.charts.opportunity_matrix import opportunities
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.charts.storyboard_panels import storyboard
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.figures import figures_of
from jupyter_journey.steps.log import selected
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result
from jupyter_journey.steps.visualisation import checks as _checks  # noqa: F401  (registers them)
from jupyter_journey.steps.visualisation.experience import experience
from jupyter_journey.steps.visualisation.filling import filled
from jupyter_journey.steps.visualisation.flow import flow
from jupyter_journey.steps.visualisation.people import people

__all__ = ["filled", "run"]

STEP = 7
_QUESTIONS = "RULE-20"


def run(journey: Journey, request: Request | None = None) -> Result:
    """Fill the map's empty cells from stages and touchpoints, and tell the journey in other forms.

    Returns
    -------
    Result
        ``frames``, as far as there is something to show: ``flow`` (source, target, n, customers:
        between the stages, of the event log), ``experience`` (stage, curve, value, low, high),
        ``figures`` (those on the map, with n, interval
        and period), ``reviews`` (reviewer, day, version, comment, answer) and ``innovation`` (the
        questions of RULE-20). ``pictures``: ``map``, ``storyboard``, ``opportunities`` and
        ``people``, the personas side by side.

    Examples
    --------
    >>> journey = Journey.new("Draft").add("touchpoints", name="Website", stage_id="awareness")
    >>> run(journey).journey.wide().loc["Touchpoints", "Awareness"]
    ('website',)
    """
    request = request or Request()
    complete = filled(journey)
    shown = selected(complete, request)
    frames: dict[str, pd.DataFrame] = {
        "flow": flow(complete, request),
        "experience": experience(shown, request.persona),
        "figures": figures_of(shown),
        "reviews": _reviews(shown),
        "innovation": _innovation(shown),
    }
    persona = request.persona or None
    pictures: dict[str, Any] = {
        "map": Rendered(map_html(shown, persona=persona, theme="auto"), shown.title),
        "storyboard": storyboard(shown, persona),
        "opportunities": opportunities(shown),
        "people": people(shown),
    }
    return Result(
        STEP,
        complete,
        {name: frame for name, frame in frames.items() if len(frame)},
        request=request,
        sentences=_sentences(shown),
        pictures={name: picture for name, picture in pictures.items() if picture is not None},
        sheets=("map", "reviews", "about"),
        about=("form", "next_review"),
    )


def _reviews(journey: Journey) -> pd.DataFrame:
    """Return who said what of which version, and what came of it (VIS-04)."""
    rows = [
        (review.name, review.day, review.version, review.comment, review.answer)
        for review in journey.document.reviews
    ]
    return pd.DataFrame(rows, columns=["reviewer", "day", "version", "comment", "answer"])


def _innovation(journey: Journey) -> pd.DataFrame:
    """Return the questions that find innovations, to be asked before the next version."""
    asked = catalogue.texts(journey.language)["rules"][_QUESTIONS]["questions"]
    return pd.DataFrame({"question": pd.Series(asked, dtype="string")})


def _sentences(journey: Journey) -> dict[str, str]:
    """Say when the map is looked at again."""
    day, say = journey.document.next_review, voice(journey.language)
    return {} if day is None else {"reviews": say("answers", "reviews", day=say.day(day))}
