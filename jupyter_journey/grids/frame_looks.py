"""How a frame is looked at: order, filter, widths, locks. None of it changes the frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from jupyter_journey.grids.frame_sheet import Sheet
from jupyter_journey.grids.messages import GUARD

__all__ = ["Looks"]

WIDTHS = (40, 1200)
"""The narrowest and the widest column, in pixels."""


class Shared(Protocol):
    """What all pages share: a widget's traits."""

    view: dict[str, Any]
    _locked: list[int]


class Looks:
    """What the mouse does to the view, on positions of columns and keys of rows."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    @property
    def locked(self) -> frozenset[int]:
        """The keys of rows that no page may edit."""
        return frozenset(self._shared._locked)  # noqa: SLF001  (ours; the trait is no public name)

    @locked.setter
    def locked(self, keys: Iterable[int]) -> None:
        self._shared._locked = sorted(keys)  # noqa: SLF001

    def change(self, **change: Any) -> None:
        """Look otherwise in these respects."""
        with GUARD:
            self._shared.view = {**self._shared.view, **change}

    def resize(self, column: int, pixels: int) -> None:
        """Make a column so wide, within bounds."""
        narrowest, widest = WIDTHS
        width = min(max(int(pixels), narrowest), widest)
        self.change(widths={**self._shared.view.get("widths", {}), str(column): width})

    def turn_to(self, sheet: Sheet, before: Sheet) -> None:
        """Take over another sheet's locks; forget the look where its columns stand elsewhere."""
        before.locked = self.locked
        self.locked = sheet.locked
        names, old = sheet.frame.columns, before.frame.columns
        if not names[: len(old)].equals(old[: len(names)]):
            self._shared.view = {}
