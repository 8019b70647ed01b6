"""Any pandas frame as a widget: edited with the mouse and the keyboard, read with pandas."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import anywidget
import pandas as pd
import traitlets

from jupyter_journey.grids.frame_column import Schema
from jupyter_journey.grids.frame_desk import Desk
from jupyter_journey.grids.frame_edits import FrameEdits
from jupyter_journey.grids.frame_kept import MIME_TYPE, kept_cells, kept_html, sized
from jupyter_journey.grids.frame_looks import Looks
from jupyter_journey.grids.frame_packing import Buffers
from jupyter_journey.grids.frame_sheet import Sheet
from jupyter_journey.grids.frame_view import FrameView
from jupyter_journey.grids.keywords import check_keywords
from jupyter_journey.grids.messages import Line
from jupyter_journey.grids.notebook import Output, after_each_cell, page_code
from jupyter_journey.grids.pages import frame_page
from jupyter_journey.grids.words import frame_words
from jupyter_journey.privacy import check_frame

__all__ = ["FrameGrid"]


class FrameGrid(FrameEdits, FrameView, anywidget.AnyWidget):
    """A pandas frame that is edited in the notebook.

    What is typed into a cell stands in :attr:`frame` at once, in the dtype of its column; what
    doesn't fit stays in the cell, which says why, and never reaches the frame.

    A pasted block is one step of undo. One of more than 50,000 cells is refused at once, as a
    server of Jupyter takes no larger message: change the frame with pandas, then :meth:`apply` it.

    Parameters
    ----------
    frame
        Any frame of 0 to some 100,000 rows whose column names differ. Columns that can't be edited
        (intervals, mixed objects …) are shown as text.
    schema
        A :class:`Column` by column name, or a collection of a journey, such as ``"personas"``.
    bind
        Edit the given frame itself, and follow what pandas does to it: after each cell of the
        notebook that ran, by the newest of several grids of the frame. A name that comes to stand
        for another frame, as by ``frame = frame.assign(…)``, is warned of, not followed. Otherwise
        the grid works on a copy.
    read_only
        Show only.
    language
        Of menus, messages and help, and of what stays readable without a kernel: ``en``, ``de``,
        ``ja``, ``zh-Hant``.

    Raises
    ------
    FrameError
        If it is no frame.
    DuplicateColumnError
        If two columns have one name.
    UnknownNameError, ColumnError
        If the schema doesn't suit the frame, or there are no words in the language, or no such
        keyword.

    Examples
    --------
    >>> grid = FrameGrid(pd.DataFrame({"age": [31, 48]}, index=["Ada", "Ben"]))
    >>> grid.set("Ben", "age", 49)
    >>> grid.frame.loc["Ben", "age"]
    np.int64(49)
    >>> grid.undo()
    True
    """

    _esm = page_code("frame_grid.js")

    # Also where a frame is refused before there is anything to stop.
    _unhook: Callable[[], None] | None = None

    revision = traitlets.Int(0, read_only=True)
    """Counts the changes of the frame, wherever they came from. It can only be read: let another
    trait follow it by ``ipywidgets.dlink((grid, "revision"), (other, "value"))``."""
    read_only = traitlets.Bool(False).tag(sync=True)
    _grid_id = traitlets.Unicode().tag(sync=True)
    _words = traitlets.Dict().tag(sync=True)
    # Set by the page: see widgets/src/hosts/line.ts. It knows, so it needs no echo.
    _answered = traitlets.Int().tag(sync=True, echo_update=False)
    # Asked for, not sent: a page that loads gets the present state, an edit sends only itself.
    _snapshot = traitlets.Any().tag(
        sync=True,
        to_json=lambda _, grid: grid._desk.state(),  # noqa: SLF001
    )

    def __init__(
        self,
        frame: pd.DataFrame,
        schema: Schema | None = None,
        *,
        bind: bool = False,
        read_only: bool = False,
        language: str = "en",
        **layout: Any,
    ) -> None:
        check_keywords(self, layout)
        self._listeners: list[Callable[[Any], object]] = []
        self._looks = Looks(self)
        self._line = Line(lambda *said: self.send(*said))
        sheet = Sheet(frame, schema, frame if bind else None)
        self._language = language
        labels = {str(one.name): one.column.label for one in sheet.fields}
        self._heads = {name: label for name, label in labels.items() if label}
        words = frame_words(language)
        self._desk = Desk(
            sheet,
            schema,
            self._looks,
            line=self._line,
            tell=self._tell,
            notify=self._notify,
            language=language,
        )
        super().__init__(read_only=read_only, _grid_id=uuid4().hex, _words=words, **layout)
        self._output = Output(self)
        self.on_msg(self._hear)
        if bind:
            self._unhook = after_each_cell(self, frame)

    def close(self) -> None:
        """Take the grid off all pages and stop following a bound frame."""
        if self._unhook:
            self._unhook()
        super().close()

    @property
    def frame(self) -> pd.DataFrame:
        """The frame as it is now: the given one if bound, else a copy."""
        return self._desk.frame

    def apply(self, frame: pd.DataFrame) -> None:
        """Show another frame in place of this one; a bound frame takes over its content.

        Raises
        ------
        FrameError, DuplicateColumnError, UnknownNameError, ColumnError
            If the frame can't be shown under the schema; then nothing changes.

        Examples
        --------
        >>> grid = FrameGrid(pd.DataFrame({"age": [31, 48]}))
        >>> grid.apply(grid.frame.assign(paid=[True, False]))
        >>> grid.frame.columns.tolist()
        ['age', 'paid']
        """
        self._desk.replace(frame)

    def undo(self) -> bool:
        """Take back the last change; False if there is none.

        The last 200 changes can be taken back.

        Examples
        --------
        >>> grid = FrameGrid(pd.DataFrame({"age": [31]}))
        >>> grid.set(0, "age", 32)
        >>> grid.undo(), grid.frame.loc[0, "age"], grid.undo()
        (True, np.int64(31), False)
        """
        return self._desk.step("undo")

    def redo(self) -> bool:
        """Make the last change again that was taken back; False if there is none.

        Examples
        --------
        >>> grid = FrameGrid(pd.DataFrame({"age": [31]}))
        >>> grid.set(0, "age", 32)
        >>> grid.undo(), grid.redo(), grid.frame.loc[0, "age"]
        (True, True, np.int64(32))
        """
        return self._desk.step("redo")

    def on_change(self, listener: Callable[[Any], object]) -> Callable[[], None]:
        """Call the listener with this grid after each change; returns how to stop that.

        :meth:`JourneyGrid.on_change` gives its listener the journey itself.

        Examples
        --------
        >>> grid = FrameGrid(pd.DataFrame({"age": [31]}))
        >>> stop = grid.on_change(lambda changed: print(changed.frame["age"].tolist()))
        >>> grid.set(0, "age", 32)
        [32]
        >>> stop()
        """

        def tell(grid: Any) -> None:
            listener(grid)

        def stop() -> None:
            if tell in self._listeners:
                self._listeners.remove(tell)

        self._listeners.append(tell)
        return stop

    def to_html(
        self, path: str | os.PathLike[str], *, title: str | None = None, personal_data: str = ""
    ) -> Path:
        """Write all rows as a page of its own that needs no script, no style sheet, no network.

        Parameters
        ----------
        title
            Of page and table; default: how many rows and columns it has.
        personal_data
            Why personal data may stand in the page, which keeps the reason.

        Raises
        ------
        FrameError
            If there are more than 100,000 cells.
        PersonalDataError
            If the frame holds personal data, and nothing is said of why it may.
        """
        place = Path(path)
        with self._desk.seen() as frame:
            named = title or sized(frame, self._language)
            shown = frame_page(frame, named, self._language, personal_data)
            check_frame(frame, str(place), personal_data)
        place.write_text(shown, encoding="utf-8")
        return place

    def _hear(self, _: Any, content: dict[str, Any], __: Any) -> None:
        with self._line.answering(content, self._desk.refuse):
            self._desk.hear(content, is_read_only=self.read_only)

    def _tell(self, message: dict[str, Any], buffers: Buffers | None = None) -> None:
        # First of all, whoever observes the revision, and whatever fails there.
        self._line.say(message, buffers)
        try:
            self.set_trait("revision", message["revision"])
        finally:
            self._output.renew()

    def _follow(self) -> None:
        self._desk.follow()

    def _notify(self) -> None:
        for listener in tuple(self._listeners):
            listener(self)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live grid, and the forms that stay readable without a kernel."""
        data, metadata = super()._repr_mimebundle_() or ({}, {})
        with self._desk.seen() as frame:
            rows, columns = frame.shape
            data["text/plain"] = f"<FrameGrid of {rows:,} rows × {columns:,} columns>"
            data["text/html"] = kept_html(frame, self._language, self._heads)
            data[MIME_TYPE] = kept_cells(frame, self._language, self._heads)
        return data, metadata | {MIME_TYPE: {"grid_id": self._grid_id}}

    def _ipython_display_(self, **_: Any) -> None:
        self._output.show()
