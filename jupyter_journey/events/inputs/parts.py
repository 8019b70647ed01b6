"""What columns of each kind of file mean: the parts they can play."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jupyter_journey.errors import UnknownNameError

__all__ = ["IMPLIED", "NEEDED", "PARTS", "check_parts", "parts_of_kind"]

PARTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "events": {
            "customer": "id",
            "event": "id",
            "time": "time",
            "sequence": "integer",
            "device": "id",
        },
        "crm": {
            "customer": "id",
            "name": "text",
            "company": "text",
            "role": "text",
            "industry": "text",
            "country": "text",
            "plan": "text",
            "stage": "text",
            "created": "time",
            "closed": "time",
            "amount": "number",
            "probability": "number",
            "month": "month",
            "mrr": "number",
            "currency": "text",
        },
        "survey": {
            "answer": "text",
            "customer": "text",
            "asked_at": "time",
            "touchpoint": "text",
            "kind": "text",
            "score": "number",
            "comment": "text",
        },
        "interviews": {
            "interview": "text",
            "persona": "text",
            "question": "text",
            "answer": "text",
        },
        "tickets": {
            "ticket": "id",
            "customer": "text",
            "created_at": "time",
            "solved_at": "time",
            "status": "text",
            "priority": "text",
            "channel": "text",
            "topic": "text",
            "satisfaction": "text",
            "reopens": "number",
            "first_reply_minutes": "minutes",
            "resolution_minutes": "minutes",
        },
        "spend": {
            "month": "month",
            "channel": "text",
            "spend": "number",
            "currency": "text",
            "impressions": "number",
            "clicks": "number",
            "sends": "number",
            "opens": "number",
        },
    }
)
"""By role of a file: the kind of value each part holds."""
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "events": ("customer", "event", "time"),
        "crm": ("customer",),
        "survey": ("touchpoint", "kind", "score"),
        "interviews": ("persona",),
        "tickets": ("ticket", "created_at"),
        "spend": ("month", "channel", "spend"),
    }
)
"""By role of a file: the parts that can't be done without."""
IMPLIED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {role: tuple(part for part in parts if part != "device") for role, parts in PARTS.items()}
)
"""By role of a file: the parts that columns of these names play unsaid; ``device`` is as often the
kind of one, such as mobile."""


def check_parts(role: str, given: Mapping[str, str]) -> None:
    """Refuse what is no part of such a file.

    Raises
    ------
    UnknownNameError
        With the nearest part that is one.
    """
    if role not in PARTS:
        raise UnknownNameError(kind="role of a file", name=role, known=PARTS)
    for part in given:
        if part not in PARTS[role]:
            kind = "part of an event log" if role == "events" else f"part of a {role} file"
            raise UnknownNameError(kind=kind, name=part, known=PARTS[role])


def parts_of_kind(role: str, kind: str, columns: Mapping[str, str]) -> list[str]:
    """Return the columns that play parts of this kind."""
    return [column for part, column in columns.items() if PARTS[role].get(part) == kind]
