"""What is about to be written is looked through for personal data, and stopped if it holds any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import islice
from typing import Any

import pandas as pd

from jupyter_journey.errors import PersonalDataError
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import COLLECTIONS
from jupyter_journey.privacy.scan import Found, found_in, is_personal_column

__all__ = [
    "check_frame",
    "check_journey",
    "check_notebook",
    "found_in_journey",
    "found_in_notebook",
]

_MARKUP = ("text/html", "image/svg+xml")
_TOLD = ("aria-label", "title", "alt", "href")
_INLINE = frozenset(("a", "b", "code", "em", "i", "mark", "small", "span", "strong", "tspan", "u"))
_NAMED = 3
_PROGRAM = frozenset(("_esm", "_signs", "_words"))
"""What a widget's state holds of the program itself."""


def check_journey(journey: Journey, path: str) -> None:
    """Refuse to write a journey that holds personal data, unless its settings say why it may.

    Raises
    ------
    PersonalDataError
        With the place of what was found.
    """
    _stop(found_in_journey(journey), path, journey.settings.personal_data)


def check_frame(frame: pd.DataFrame, path: str, reason: str = "") -> None:
    """Refuse to write a frame whose texts or columns hold personal data, unless told why it may.

    Raises
    ------
    PersonalDataError
        With the columns of what was found.
    """
    _stop(_found_in_frame(frame), path, reason)


def check_notebook(content: Mapping[str, Any], path: str) -> None:
    """Refuse to write a notebook that holds personal data, unless its metadata say why it may.

    Raises
    ------
    PersonalDataError
        With the place of what was found.
    """
    own = content["metadata"].get("jupyter_journey", {})
    _stop(found_in_notebook(content), path, own.get("personal_data", ""))


def found_in_journey(journey: Journey) -> Iterator[Found]:
    """Yield the personal data in a journey's texts, and in the columns its conditions name.

    Examples
    --------
    >>> journey = Journey.new("Draft").add("personas", name="Ann", role="ann@example.com")
    >>> next(found_in_journey(journey)).where
    'personas/ann/role'
    """
    document = journey.document.model_dump(mode="json", exclude={"settings"})
    for collection in COLLECTIONS:
        for record in document.pop(collection):
            place = record.get("id") or f"{record['lane_id']}/{record['stage_id']}"
            yield from _found(record, f"{collection}/{place}")
    yield from _found(document, "")


def found_in_notebook(content: Mapping[str, Any]) -> Iterator[Found]:
    """Yield the personal data in a notebook's cells, their outputs and its metadata."""
    for number, cell in enumerate(content["cells"], start=1):
        yield from found_in("".join(cell["source"]), f"cell {number}")
        for output in cell.get("outputs", ()):
            where = f"output of cell {number}"
            for kind, data in output.get("data", {}).items():
                yield from _shown(kind, data, where)
            rest = {key: value for key, value in output.items() if key != "data"}
            yield from _found(rest, where)
    yield from _found(content.get("metadata", {}), "metadata")


def _found_in_frame(frame: pd.DataFrame) -> Iterator[Found]:
    """Yield the personal data of each column; of the rows' labels as well."""
    for name, values in [(frame.index.name, frame.index.to_series()), *frame.items()]:
        where = f"column {name}"
        known = values.dropna()
        if len(known) and is_personal_column(str(name)):
            yield Found(where, "column", str(name))
        if not pd.api.types.is_numeric_dtype(known) and known.dtype.kind != "M":
            yield from found_in("\n".join(sorted({str(value) for value in known})), where)


def _shown(kind: str, data: Any, where: str) -> Iterator[Found]:
    """Yield what a reader of one form of an output could find in it."""
    if kind in _MARKUP:
        page = _Page()
        page.feed("".join(data))
        page.close()
        yield from found_in("".join(page.texts), where)
        yield from (Found(where, "column", name) for name in page.heads if is_personal_column(name))
    elif not kind.startswith("image/"):
        yield from _found("".join(data) if kind.startswith("text/") else data, where)


def _found(value: Any, where: str) -> Iterator[Found]:
    """Yield what is in a JSON value: in its texts, and in the names of its fields."""
    if isinstance(value, str):
        yield from found_in(value, where)
    elif isinstance(value, Mapping):
        for key, held in value.items():
            if key in _PROGRAM:
                continue
            place = f"{where}/{key}".lstrip("/")
            if held is not None and is_personal_column(key):
                yield Found(where, "column", key)
            yield from _found(held, place)
    elif isinstance(value, Iterable):
        for held in value:
            yield from _found(held, where)


def _stop(found: Iterator[Found], path: str, reason: str) -> None:
    some = [] if reason else list(islice(found, _NAMED))
    if some:
        raise PersonalDataError(path=path, found=some)


class _Page(HTMLParser):
    """Collects what a page says: its texts, words in attributes, and heads of columns."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.heads: list[str] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # What heads a row is an item such as the channel e-mail, and no column.
        self._tag = "" if ("scope", "row") in attrs else tag
        self._break(tag)
        self.texts += [f"{value}\n" for name, value in attrs if value and name in _TOLD]

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._tag in ("style", "script"):
            return
        self.texts.append(data)
        if self._tag == "th":
            self.heads.append(data)

    def _break(self, tag: str) -> None:
        """Keep apart what stands in cells and paragraphs of their own."""
        if tag not in _INLINE:
            self.texts.append("\n")
