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
from jupyter_journey.paths import front_end

__all__ = ["Output", "after_each_cell", "page_code"]

QUIET_SECONDS = 0.3
"""How long no further change must come before the kept output is renewed."""


def page_code(name: str) -> str:
    """Return a page's script, such as ``frame_grid.js``, as text.

    Of a file anywidget tells each grid when it changes, and so keeps all of them, closed or not.
    """
    # A line break tells it that this is no path.
    return front_end(name).read_text(encoding="utf-8") + "\n"


class Output:
    """A grid's output: renewed after edits, so that a saved notebook holds the last state."""

    def __init__(self, grid: Any) -> None:
        self._grid = ref(grid)
        self._is_shown = False
        self._timer: Timer | None = None

    def show(self) -> None:
        """Display the grid where the running cell puts its outputs.

        Raises
        ------
        NotImplementedError
            If the grid is closed: then IPython shows its name.
        """
        if self._open_grid() is None:
            raise NotImplementedError
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

    def _open_grid(self) -> Any:
        grid = self._grid()
        # A widget that is closed loses its forms.
        return grid if grid is not None and grid._repr_mimebundle_ is not None else None

    def _display(self, *, update: bool) -> None:
        grid = self._open_grid()
        if grid is not None:
            data, metadata = grid._repr_mimebundle_()
            name = grid._grid_id  # noqa: SLF001
            shown: Any = display
            shown(data, metadata=metadata, raw=True, display_id=name, update=update)


class _Follower:
    """Lets a grid follow its frame after a cell.

    It holds both weakly: a grid that was shown once and given up mustn't be kept, nor its frame.
    """

    def __init__(self, grid: Any, frame: pd.DataFrame, names: dict[str, Any]) -> None:
        self._grid, self._frame = ref(grid), ref(frame)
        # By name: anywidget gives every widget a class of its own.
        self._kind = type(grid).__name__
        # The user's variables, of which some hold the frame.
        self._names = names
        self._held_by = self._holders()

    def __call__(self, *_: Any) -> None:
        grid = self._grid()
        try:
            if grid is not None:
                grid._follow()  # noqa: SLF001
        except JourneyError as error:
            warnings.warn(f"The grid doesn't show the frame's last change. {error}", stacklevel=2)
        self._notice_another()

    def _holders(self) -> list[str]:
        # IPython's own names hold whatever was shown once.
        return [
            name
            for name, value in tuple(self._names.items())
            if isinstance(value, pd.DataFrame) and self.follows(value) and not name.startswith("_")
        ]

    def _notice_another(self) -> None:
        """Warn where the frame's name came to stand for another frame, which no grid shows."""
        before, self._held_by = self._held_by, self._holders()
        for name in () if self._held_by else before:
            other = self._names.get(name)
            if isinstance(other, pd.DataFrame) and not any(it.follows(other) for it in _all()):
                warnings.warn(
                    f"The grid shows and edits the frame that {name!r} stood for before; now it "
                    f"stands for another. Show that one: {self._kind}({name}, bind=True).",
                    stacklevel=3,
                )

    def follows(self, frame: pd.DataFrame) -> bool:
        """Tell whether it is this frame's."""
        return self._frame() is frame

    def gives_way(self, grid: Any, frame: pd.DataFrame) -> bool:
        """Tell whether it has nothing left to do once this grid follows this frame."""
        return self._grid() is None or (self.follows(frame) and self._kind == type(grid).__name__)


def _all() -> list[_Follower]:
    """Return what lets grids follow their frames."""
    shell = get_ipython()
    hooks = shell.events.callbacks["post_run_cell"] if shell else ()
    return [hook for hook in hooks if isinstance(hook, _Follower)]


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
    for earlier in _all():
        if earlier.gives_way(grid, frame):
            events.unregister("post_run_cell", earlier)
    follower = _Follower(grid, frame, shell.user_ns)
    events.register("post_run_cell", follower)

    def stop() -> None:
        if follower in events.callbacks["post_run_cell"]:
            events.unregister("post_run_cell", follower)

    return stop
