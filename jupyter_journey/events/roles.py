"""Files beside the events, by role: customers, survey answers, tickets, spend."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

import pandas as pd

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.role_frames import role_frame
from jupyter_journey.privacy.pseudonyms import Wish

__all__ = ["SCALES", "read_crm", "read_spend", "read_survey", "read_tickets"]

SCALES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"CSAT": (1, 5), "NPS": (0, 10), "CES": (1, 7)}
)
"""Least and greatest score of each kind of question."""
_PARTS_OF: Mapping[str, str] = MappingProxyType({"clicks": "impressions", "opens": "sends"})


def read_crm(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    *,
    pseudonyms: Wish = False,
) -> pd.DataFrame:
    """Read customers, contacts or deals, such as HubSpot and Salesforce export them.

    Parameters
    ----------
    source, columns, spec, preset, pseudonyms
        As for :func:`jupyter_journey.read_events`; presets: ``hubspot-contacts``,
        ``hubspot-deals``, ``salesforce-history``.

    Returns
    -------
    pandas.DataFrame
        ``customer`` (id as written; needed), and where the file has them ``name``, ``company``,
        ``role``, ``industry``, ``country``, ``plan``, ``stage`` (texts), ``created``, ``closed``
        (times in UTC), ``amount``, ``probability`` (numbers as written), ``mrr`` (monthly recurring
        revenue), ``currency`` (a text) and, where it has a row per customer and month, ``month``
        (text such as ``2026-03``); then its other columns, as they are. The index is each row's
        number in the file.

    Raises
    ------
    SourceError, ColumnError
        If the file can't be read, or a value isn't what its column holds; with the row.
    """
    return role_frame("crm", source, columns, spec, preset, {}, pseudonyms)


def read_survey(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    values: Mapping[str, str] | None = None,
    *,
    pseudonyms: Wish = False,
) -> pd.DataFrame:
    """Read survey answers, such as Typeform, SurveyMonkey and Qualtrics export them.

    Parameters
    ----------
    source, columns, spec, preset, pseudonyms
        As for :func:`jupyter_journey.read_events`; presets: ``typeform``, ``surveymonkey``,
        ``qualtrics``.
    values
        What holds for all answers where no column says it, such as
        ``{"kind": "NPS", "touchpoint": "Onboarding"}``.

    Returns
    -------
    pandas.DataFrame
        ``touchpoint``, ``kind`` (``CSAT``: satisfaction from 1 to 5; ``NPS``: recommendation from
        0 to 10; ``CES``: effort from 1 to 7), ``score`` (a number; missing where none was given);
        these are needed. Where the file has them ``answer``, ``customer``, ``comment`` (texts),
        ``asked_at`` (time in UTC); then its other columns. The index is each row's number in the
        file.

    Raises
    ------
    SourceError, ColumnError
        If the file can't be read, or a score lies outside its scale; with the row.

    Examples
    --------
    >>> answers = pd.DataFrame({"How likely are you to recommend us?": ["9", "3"]})
    >>> column = {"score": "How likely are you to recommend us?"}
    >>> frame = read_survey(answers, column, values={"kind": "NPS", "touchpoint": "Shop"})
    >>> frame["score"].tolist()
    [9.0, 3.0]
    """
    frame = role_frame("survey", source, columns, spec, preset, values or {}, pseudonyms)
    _check_scores(frame, (columns or {}).get("score", "score"))
    return frame


def read_tickets(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    *,
    pseudonyms: Wish = False,
) -> pd.DataFrame:
    """Read support tickets, such as Zendesk and Freshdesk export them.

    Parameters
    ----------
    source, columns, spec, preset, pseudonyms
        As for :func:`jupyter_journey.read_events`; presets: ``zendesk``, ``freshdesk``.

    Returns
    -------
    pandas.DataFrame
        ``ticket`` (id as written), ``created_at`` (time in UTC); both are needed. Where the file
        has them ``customer``, ``status``, ``priority``, ``channel``, ``topic``, ``satisfaction``
        (texts), ``solved_at`` (time in UTC; missing while open), ``reopens`` (a count),
        ``first_reply_minutes``, ``resolution_minutes`` (minutes; ``1:30:00`` is read as hours,
        minutes and seconds, and plain numbers as hours where the column's name says so); then its
        other columns. The index is each row's number in the file, and of several files the file.

    Raises
    ------
    SourceError, ColumnError
        If the file can't be read, a value isn't what its column holds, or a ticket is solved before
        it is created; with the row.
    """
    frame = role_frame("tickets", source, columns, spec, preset, {}, pseudonyms)
    if "solved_at" in frame:
        early = frame.index[frame["solved_at"] < frame["created_at"]]
        if len(early):
            way_out = "Correct the times, or leave one out."
            raise _refused(frame, "solved_at", early[0], "is before created_at", way_out)
    return frame


def read_spend(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
) -> pd.DataFrame:
    """Read what was spent on marketing.

    Parameters
    ----------
    source, columns, spec
        As for :func:`jupyter_journey.read_events`.

    Returns
    -------
    pandas.DataFrame
        ``month`` (text such as ``2026-03``), ``channel`` (text), ``spend`` (a number in the unit of
        ``currency``, which is a text and may be lacking), and where the file has them
        ``impressions``, ``clicks``, ``sends``, ``opens`` (counts); then its other columns. The
        index is each row's number in the file.

    Raises
    ------
    SourceError, ColumnError
        If the file can't be read, a value isn't what its column holds, or there are more clicks
        than impressions or more opens than sends; with the row.
    """
    frame = role_frame("spend", source, columns, spec, None, {})
    for part, whole in _PARTS_OF.items():
        if {part, whole} <= set(frame):
            odd = frame.index[(frame[part] > frame[whole]).fillna(False)]
            if len(odd):
                name, reason = (columns or {}).get(part, part), f"holds more than {whole}"
                raise _refused(frame, name, odd[0], reason, "Correct the counts, or leave one out.")
    return frame


def _check_scores(frame: pd.DataFrame, column: str) -> None:
    unknown = frame.index[~frame["kind"].isin(list(SCALES))]
    if len(unknown):
        given = frame["kind"][unknown[0]]
        close = get_close_matches(str(given).upper(), SCALES, n=1)
        way_out = f"Did you mean {close[0]!r}?" if close else f"Kinds are {', '.join(SCALES)}."
        raise _refused(frame, "kind", unknown[0], f"holds {given!r}", way_out)
    for kind, (least, most) in SCALES.items():
        scores = frame.loc[frame["kind"] == kind, "score"].dropna()
        wrong = scores.index[~scores.between(least, most)]
        if len(wrong):
            reason = f"holds '{scores[wrong[0]]:g}'"
            way_out = f"{kind} is scored from {least} to {most}."
            raise _refused(frame, column, wrong[0], reason, way_out)


def _refused(frame: pd.DataFrame, column: str, row: Any, reason: str, way_out: str) -> ColumnError:
    """Name the row, which of several files bears the file's name."""
    source, number = row if isinstance(row, tuple) else (frame.attrs["source"], row)
    reason = f"{reason} in row {number}"
    return ColumnError(source=source, column=column, reason=reason, way_out=way_out)
