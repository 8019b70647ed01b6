"""The ways of looking at a frame that are also a call: none of them changes the frame."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import traitlets

from jupyter_journey.errors import FrameValueError
from jupyter_journey.grids.frame_desk import Desk
from jupyter_journey.grids.frame_finding import By, column_of, keys_of, listed
from jupyter_journey.grids.frame_looks import Looks

__all__ = ["FrameView"]


class FrameView(traitlets.HasTraits):
    """What a frame's grid lets do to its view, by mouse as by Python."""

    _desk: Desk
    _looks: Looks

    view = traitlets.Dict(
        help="sort, filter, order, frozen and widths, by the columns' positions in the frame"
    ).tag(sync=True)
    _locked = traitlets.List(traitlets.Int()).tag(sync=True)

    def sort(self, column: Any = None, *, descending: bool = False) -> None:
        """Show the rows in the order of this column; without one, in the frame's.

        The frame keeps its own order, here as with all that only changes the view.

        Raises
        ------
        UnknownNameError
            If there is no such column.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"age": [31, 48]}, index=["Ada", "Ben"]))
        >>> grid.sort("age", descending=True)
        >>> grid.view["sort"], grid.frame.index.tolist()
        ([{'column': 0, 'descending': True}], ['Ada', 'Ben'])
        """
        with self._desk.held() as sheet:
            at = None if column is None else column_of(sheet, column)
        self._looks.change(sort=[] if at is None else [{"column": at, "descending": descending}])

    def filter(self, conditions: Mapping[Any, str | Collection[Any]] | None = None) -> None:
        """Show only rows that meet all conditions; without any, all rows.

        Parameters
        ----------
        conditions
            By column, as one types it into the grid's filter: ``"ber"`` (contains),
            ``"=berlin"``, ``">=30"``, ``"30..40"``, ``"="`` (missing), ``"!"`` (not missing).
            Or a list of the values to show; None stands for missing, a tag for cells that hold it.

        Raises
        ------
        UnknownNameError
            If there is no such column.
        FrameValueError
            If a value to show can't stand in its column, or a condition is neither text nor list.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"age": [31, 48], "plan": ["free", None]}))
        >>> grid.filter({"age": ">=30", "plan": ["free", None]})
        >>> grid.view["filter"]
        {'0': '>=30', '1': ['free', None]}
        """
        chosen: dict[str, Any] = {}
        with self._desk.held() as sheet:
            for name, said in (conditions or {}).items():
                at = column_of(sheet, name)
                field = sheet.fields[at]
                if isinstance(said, str):
                    chosen[str(at)] = said
                elif isinstance(said, Collection):
                    chosen[str(at)] = [field.shown(value) for value in said]
                else:
                    expected = "a condition, such as '>=30', or a list of the values to show"
                    raise FrameValueError(column=field.name, value=said, expected=expected)
        self._looks.change(filter=chosen)

    def freeze(self, count: int) -> None:
        """Keep the first columns in sight while the others are scrolled.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"age": [31, 48]}))
        >>> grid.freeze(1)
        >>> grid.view["frozen"]
        1
        """
        self._looks.change(frozen=max(0, int(count)))

    def arrange(self, columns: Iterable[Any]) -> None:
        """Show these columns first, in this order; raises as :meth:`sort`.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"name": ["Ada"], "age": [31]}))
        >>> grid.arrange(["age"])
        >>> grid.view["order"], grid.frame.columns.tolist()
        ([1], ['name', 'age'])
        """
        with self._desk.held() as sheet:
            order = [column_of(sheet, name) for name in listed(columns)]
        self._looks.change(order=order)

    def resize(self, column: Any, pixels: int) -> None:
        """Make a column so wide, from 40 to 1,200 pixels; raises as :meth:`sort`.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"name": ["Ada"], "age": [31]}))
        >>> grid.resize("age", 90)
        >>> grid.view["widths"]
        {'1': 90}
        """
        with self._desk.held() as sheet:
            at = column_of(sheet, column)
        self._looks.resize(at, pixels)

    def lock(self, rows: Iterable[Any], *, by: By = "label") -> None:
        """Let nobody edit or delete these rows in the grid; Python still may.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"age": [31, 48]}, index=["Ada", "Ben"]))
        >>> grid.lock(["Ada"])
        >>> grid.set("Ada", "age", 32)
        """
        with self._desk.held() as sheet:
            self._looks.locked |= keys_of(sheet, rows, by)

    def unlock(self, rows: Iterable[Any] | None = None, *, by: By = "label") -> None:
        """Let these rows be edited again; without any, all.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"age": [31, 48]}, index=["Ada", "Ben"]))
        >>> grid.lock(["Ada", "Ben"])
        >>> grid.unlock(["Ada"])
        """
        with self._desk.held() as sheet:
            keys = None if rows is None else keys_of(sheet, rows, by)
            self._looks.locked = self._looks.locked - keys if keys is not None else frozenset()
