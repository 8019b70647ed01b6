"""What a grid needs of the notebook it stands in: its output, and word of each cell that ran."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from threading import Timer
from typing import Any
from weakref import ref

from IPython import get_ipython
from IPython.display import display

from jupyter_journey.errors import JourneyError

__all__ = ["Output", "after_each_cell"]

QUIET_SECONDS = 0.3
"""How long no further change must come before the kept output is renewed."""


class Output:
    """A grid's output: renewed after edits, so that a saved notebook holds the last state."""

    def __init__(self, grid: Any) -> None:
        self._grid = ref(grid)
        self._is_shown = False
        self._timer: Timer | None = None

    def show(self) -> None:
        """Display the grid where the running cell puts its outputs."""
        self._is_shown = True
        self._display(update=False)

    def renew(self) -> None:
        """Put the present state into the outputs that show the grid, once edits pause."""
        if self._timer:
            self._timer.cancel()
        if self._is_shown and get_ipython():
            self._timer = Timer(QUIET_SECONDS, self._display, kwargs={"update": True})
            self._timer.daemon = True
            self._timer.start()

    def _display(self, *, update: bool) -> None:
        grid = self._grid()
        if grid is not None:
            data, metadata = grid._repr_mimebundle_()
            name = grid._grid_id  # noqa: SLF001
            shown: Any = display
            shown(data, metadata=metadata, raw=True, display_id=name, update=update)


def after_each_cell(grid: Any, method: str) -> Callable[[], None] | None:
    """Call a grid's method after each cell that ran, as long as the grid lives.

    What it refuses becomes a warning below that cell. Returns how to stop that, or None outside of
    IPython.
    """
    shell = get_ipython()
    if shell is None:
        return None
    events = shell.events
    # Weakly: a grid that was shown once and given up mustn't be kept, nor its frame.
    found = ref(grid)

    def follow(*_: Any) -> None:
        living = found()
        if living is None:
            stop()
            return
        try:
            getattr(living, method)()
        except JourneyError as error:
            warnings.warn(f"The grid doesn't show the frame's last change. {error}", stacklevel=2)

    def stop() -> None:
        if follow in events.callbacks["post_run_cell"]:
            events.unregister("post_run_cell", follow)

    events.register("post_run_cell", follow)
    return stop
