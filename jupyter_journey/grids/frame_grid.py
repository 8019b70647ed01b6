"""Any pandas frame as a widget: edited with the mouse and the keyboard, read with pandas."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import anywidget
import pandas as pd
import traitlets

from jupyter_journey.grids.frame_changes import Change, Delete, Insert, SetCell
from jupyter_journey.grids.frame_column import Schema
from jupyter_journey.grids.frame_desk import Desk
from jupyter_journey.grids.frame_finding import By, column_of, keys_of, row_of
from jupyter_journey.grids.frame_kept import MIME_TYPE, kept_cells, kept_html, sized
from jupyter_journey.grids.frame_looks import Looks
from jupyter_journey.grids.frame_packing import Buffers
from jupyter_journey.grids.frame_sheet import Sheet
from jupyter_journey.grids.frame_unique import check_unique
from jupyter_journey.grids.frame_view import FrameView
from jupyter_journey.grids.messages import Line
from jupyter_journey.grids.notebook import Output, after_each_cell
from jupyter_journey.grids.pages import frame_page
from jupyter_journey.grids.words import frame_words
from jupyter_journey.paths import front_end
from jupyter_journey.privacy import check_frame

__all__ = ["FrameGrid"]


class FrameGrid(FrameView, anywidget.AnyWidget):
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
        notebook that ran, by the newest of several grids of the frame. Otherwise the grid works on
        a copy.
    read_only
        Show only.
    language
        Of menus, messages and help, and of what stays readable without a kernel: ``en``, ``de``,
        ``ja``, ``zh-Hant``.

    Raises
    ------
    FrameError
        If it is no frame.
    DuplicateNameError
        If two columns have one name.
    UnknownNameError, ColumnError
        If the schema doesn't suit the frame, or there are no words in the language.

    Examples
    --------
    >>> grid = FrameGrid(pd.DataFrame({"age": [31, 48]}, index=["Ada", "Ben"]))
    >>> grid.set("Ben", "age", 49)
    >>> grid.frame.loc["Ben", "age"]
    np.int64(49)
    >>> grid.undo()
    True
    """

    _esm = front_end("frame_grid.js")

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

    def set(self, row: Any, column: Any, value: Any, *, by: By = "label") -> None:
        """Change one cell.

        Parameters
        ----------
        row
            The row's label, or its position from 0 with ``by="position"``.

        Raises
        ------
        UnknownNameError
            If there is no such row or column.
        FrameError
            If several rows have this label.
        FrameValueError
            If the value doesn't fit the column.
        """
        with self._desk.held() as sheet:
            place, at = row_of(sheet, row, by), column_of(sheet, column)
            held = sheet.field(at).coerce(value)
            changes: list[Change] = [SetCell(int(sheet.keys[place]), at, held)]
            check_unique(sheet, changes)
            self._desk.commit(changes)

    def insert(self, position: int | None = None, values: Mapping[Any, Any] | None = None) -> None:
        """Add a row before the row at this position, by default after the last.

        Columns without a value start missing; those whose dtype knows no missing value, with 0 or
        False.

        Raises
        ------
        FrameError
            If no label can be made up for a new row.
        FrameValueError
            If a value doesn't fit its column.
        """
        with self._desk.held() as sheet:
            size = len(sheet.keys)
            place = size if position is None else min(max(position, 0), size)
            sheet.check_growth()
            (key,) = sheet.new_keys(1)
            after = int(sheet.keys[place - 1]) if place else None
            changes: list[Change] = [Insert(after, (key,))]
            for name, value in (values or {}).items():
                at = column_of(sheet, name)
                changes.append(SetCell(key, at, sheet.field(at).coerce(value)))
            check_unique(sheet, changes)
            self._desk.commit(changes)

    def delete(self, rows: Iterable[Any], *, by: By = "label") -> None:
        """Remove rows; raises what :meth:`set` does."""
        with self._desk.held() as sheet:
            keys = keys_of(sheet, rows, by)
            if keys:
                self._desk.commit([Delete(tuple(sorted(keys, key=sheet.position)))])

    def apply(self, frame: pd.DataFrame) -> None:
        """Show another frame in place of this one; a bound frame takes over its content.

        Raises
        ------
        FrameError, DuplicateNameError, UnknownNameError, ColumnError
            If the frame can't be shown under the schema; then nothing changes.
        """
        self._desk.replace(frame)

    def undo(self) -> bool:
        """Take back the last change; False if there is none.

        The last 200 changes can be taken back.
        """
        return self._desk.step("undo")

    def redo(self) -> bool:
        """Make the last change again that was taken back; False if there is none."""
        return self._desk.step("redo")

    def on_change(self, listener: Callable[[Any], object]) -> Callable[[], None]:
        """Call the listener with this grid after each change; returns how to stop that.

        :meth:`JourneyGrid.on_change` gives its listener the journey itself.
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
