"""What a grid needs of the notebook it stands in: its output, and word of each cell that ran."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from threading import Timer
from typing import Any
from weakref import ref

import pandas as pd
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


class _Follower:
    """Lets a grid follow its frame after a cell.

    It holds both weakly: a grid that was shown once and given up mustn't be kept, nor its frame.
    """

    def __init__(self, grid: Any, frame: pd.DataFrame) -> None:
        self._grid, self._frame = ref(grid), ref(frame)
        # By name: anywidget gives every widget a class of its own.
        self._kind = type(grid).__name__

    def __call__(self, *_: Any) -> None:
        grid = self._grid()
        try:
            if grid is not None:
                grid._follow()  # noqa: SLF001
        except JourneyError as error:
            warnings.warn(f"The grid doesn't show the frame's last change. {error}", stacklevel=2)

    def gives_way(self, grid: Any, frame: pd.DataFrame) -> bool:
        """Tell whether it has nothing left to do once this grid follows this frame."""
        return self._grid() is None or (
            self._frame() is frame and self._kind == type(grid).__name__
        )


def after_each_cell(grid: Any, frame: pd.DataFrame) -> Callable[[], None] | None:
    """Let a grid follow its frame after each cell that ran, as long as the grid lives.

    What it refuses becomes a warning below that cell. Returns how to stop that, or None outside of
    IPython. The newest grid of a kind follows a frame: who runs a cell again makes another grid,
    and the one before lives on unseen.
    """
    shell = get_ipython()
    if shell is None:
        return None
    events = shell.events
    for earlier in tuple(events.callbacks["post_run_cell"]):
        if isinstance(earlier, _Follower) and earlier.gives_way(grid, frame):
            events.unregister("post_run_cell", earlier)
    follower = _Follower(grid, frame)
    events.register("post_run_cell", follower)

    def stop() -> None:
        if follower in events.callbacks["post_run_cell"]:
            events.unregister("post_run_cell", follower)

    return stop
