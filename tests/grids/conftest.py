"""How a page reads packed columns, written down a second time and otherwise: by pandas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import timezone
from typing import Any

import numpy as np
import pandas as pd
import pytest
from node_pages import Browser, browser

from jupyter_journey import FrameGrid

Sent = Callable[[FrameGrid], list[list[Any]]]
Unpack = Callable[[dict[str, Any], Sequence[bytes]], list[Any]]


def column(layout: dict[str, Any], buffers: Sequence[bytes]) -> list[Any]:
    """Return a packed column's cells as JSON would hold them."""
    data = bytes(buffers[layout["data"]])
    if layout["as"] == "numbers":
        words = {np.inf: "Infinity", -np.inf: "-Infinity"}
        numbers = np.frombuffer(data, "<f8").tolist()
        return [None if number != number else words.get(number, number) for number in numbers]
    if layout["as"] == "codes":
        names = [*layout["names"], None]
        return [names[code] for code in np.frombuffer(data, f"<i{layout['width']}")]
    if layout["as"] == "texts":
        bounds = np.frombuffer(buffers[layout["bounds"]], "<u4").tolist()
        place = layout["missing"]
        missing = bytes(len(bounds)) if place is None else buffers[place]
        return [
            None if gone else data[start:end].decode()
            for start, end, gone in zip(bounds, bounds[1:], missing, strict=False)
        ]
    if layout["as"] == "moments":
        offsets = None
        if layout["offsets"] is not None:
            offsets = np.frombuffer(buffers[layout["offsets"]], "<i4")
        return _moments(np.frombuffer(data, "<i8"), layout["unit"], offsets)
    values: list[Any] = json.loads(data)
    return values


def _moments(ticks: Any, unit: str, offsets: Any) -> list[Any]:
    stored = "s" if unit == "D" else unit
    series = pd.Series(ticks.view(f"M8[{unit}]")).astype(f"M8[{stored}]")
    texts = []
    for place, moment in enumerate(series):
        if moment is pd.NaT:
            texts.append(None)
            continue
        text = moment.isoformat(sep=" ")
        whole, point, fraction = text.partition(".")
        text = (whole + point + fraction.rstrip("0")).rstrip(".")
        if offsets is not None:
            zone = pd.Timedelta(seconds=int(offsets[place])).to_pytimedelta()
            shifted = pd.Timestamp(moment.floor("s"), tz=timezone(zone))
            text += shifted.isoformat()[19:]
        texts.append(text[:10] if unit == "D" else text)
    return texts


@pytest.fixture(scope="session")
def unpack() -> Unpack:
    """Read one packed column."""
    return column


@pytest.fixture(scope="session")
def sent() -> Sent:
    """Read all columns as a page gets them."""

    def columns(grid: FrameGrid) -> list[list[Any]]:
        snapshot = grid.get_state()["_snapshot"]
        return [column(layout, snapshot["data"]) for layout in snapshot["rows"]["columns"]]

    return columns


@pytest.fixture(scope="session")
def pages() -> Iterator[Browser]:
    """The process in which the pages' own stores run."""
    with browser() as started:
        yield started
