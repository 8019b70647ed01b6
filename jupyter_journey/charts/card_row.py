"""Persona cards and the like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from jupyter_journey.charts.rendered import Rendered, render
from jupyter_journey.charts.voice import voice

__all__ = ["Card", "cards"]


class Card(TypedDict):
    """What a card says."""

    title: str
    subtitle: NotRequired[str]
    badge: NotRequired[str]
    """A word or two that stands out, such as ``assumed``."""
    fields: NotRequired[Sequence[tuple[str, Any]]]
    """Label and text or list, top to bottom."""


def cards(content: Iterable[Card | Mapping[str, Any]], language: str = "en") -> Rendered:
    """Show cards side by side, as many as fit; all text is escaped.

    Lists become bullet lists, missing values an en dash.

    Examples
    --------
    >>> cards([{"title": "Administrator", "fields": [("Goals", ["Less e-mail"])]}])
    Administrator
      Goals: Less e-mail
    """
    say = voice(language)
    ready = [
        {
            "title": str(card["title"]),
            "subtitle": str(card.get("subtitle") or ""),
            "badge": str(card.get("badge") or ""),
            "fields": [(str(label), say.shown(value)) for label, value in card.get("fields", ())],
        }
        for card in content
    ]
    return render("cards.html", "\n\n".join(_plain(card) for card in ready), cards=ready)


def _plain(card: dict[str, Any]) -> str:
    badge = f" [{card['badge']}]" if card["badge"] else ""
    lines = [f"{card['title']}{badge}", *([card["subtitle"]] if card["subtitle"] else [])]
    for label, value in card["fields"]:
        lines.append(f"  {label}: {value if isinstance(value, str) else '; '.join(value)}")
    return "\n".join(lines)
