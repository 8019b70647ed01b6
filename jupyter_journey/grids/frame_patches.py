"""What a frame's page and the kernel say to each other; the twin of ``widgets/src/store/frame.ts``.

A page hears ``accepted`` or ``rebased`` (an older revision was seen, its cells are untouched),
``changed`` (by Python or another page), ``refused`` or the whole ``snapshot``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from jupyter_journey.errors import FrameError, FrameValueError, JourneyError
from jupyter_journey.grids.frame_changes import Change, Delete, Insert, SetCell
from jupyter_journey.grids.frame_sheet import Sheet
from jupyter_journey.grids.frame_unique import TWICE, twin
from jupyter_journey.grids.messages import Asked, Said, reader
from jupyter_journey.grids.phrases import Phrase, phrase_of

__all__ = ["LIMIT", "Misfit", "Patch", "SetOp", "read", "resolved"]

LIMIT = 50_000
"""Cells that one patch may change.

A Jupyter server closes the connection on a message of more than 10 MiB, which 50,000 cells of some
80 letters each reach. So a larger block is refused by the page, before anything is sent.
"""


class SetOp(Said):
    """One cell's change; the inverse is the same with ``old`` and ``new`` exchanged."""

    op: Literal["set"]
    row: int
    column: int
    old: Any
    new: Any


class InsertOp(Said):
    """Blank rows after another, under keys that the page made up."""

    op: Literal["insert"]
    after: int | None
    rows: tuple[int, ...]


class DeleteOp(Said):
    """Rows go."""

    op: Literal["delete"]
    rows: tuple[int, ...]


class Patch(Asked):
    """Changes of a frame that hold together or not at all."""

    frame_id: str
    ops: tuple[Annotated[SetOp | InsertOp | DeleteOp, Field(discriminator="op")], ...]


class Misfit(JourneyError):  # noqa: N818  (a state of affairs the cell shows, raised to no user)
    """A change that can't be made, and the cell it fails at.

    Fields: ``row``, ``column`` (None where it isn't one cell's fault), ``reason`` (a phrase, where
    it is of the grid).
    """


read = reader(Patch)


def resolved(sheet: Sheet, patch: Patch, locked: frozenset[int]) -> list[Change]:
    """Return what the patch asks for, each value as the frame will hold it.

    Raises
    ------
    Misfit
        If it can't be made as a whole.
    """
    if patch.frame_id != sheet.id:
        raise _whole("replaced")
    if len(patch.ops) > LIMIT:
        raise _whole("too_many", limit=f"{LIMIT:,}")
    fresh: set[int] = set()
    changes: list[Change] = []
    for op in patch.ops:
        if isinstance(op, SetOp):
            changes.append(_cell(sheet, op, locked, fresh))
        elif isinstance(op, InsertOp):
            _check_insert(sheet, op, fresh)
            fresh.update(op.rows)
            changes.append(Insert(op.after, op.rows))
        else:
            _check_delete(sheet, op, locked)
            changes.append(Delete(op.rows))
    cell = twin(sheet, changes)
    if cell is not None:
        name = sheet.field(cell.column).name
        error = FrameValueError(column=name, value=cell.new, expected=TWICE)
        raise Misfit(row=cell.row, column=cell.column, reason=phrase_of(error))
    return changes


def _cell(sheet: Sheet, op: SetOp, locked: frozenset[int], fresh: set[int]) -> SetCell:
    def refuse(reason: str) -> Misfit:
        return Misfit(row=op.row, column=op.column, reason=reason)

    place = -1 if op.row in fresh else sheet.position(op.row)
    if op.row not in fresh:
        if place < 0:
            raise refuse(Phrase("row_gone"))
        if op.row in locked:
            raise refuse(Phrase("row_locked"))
    try:
        field = sheet.field(op.column)
        if not field.is_editable:
            raise refuse(Phrase("fixed_column", column=field.name))
        if place >= 0 and (present := sheet.value(place, op.column)) != op.old:
            raise refuse(Phrase("changed", value=present))
        held = field.coerce(op.new)
    except (FrameValueError, FrameError) as error:
        raise refuse(phrase_of(error)) from error
    return SetCell(op.row, op.column, held)


def _check_insert(sheet: Sheet, op: InsertOp, fresh: set[int]) -> None:
    if op.after is not None and op.after not in fresh and sheet.position(op.after) < 0:
        raise _whole("beside_gone")
    if any(sheet.position(key) >= 0 or key in fresh for key in op.rows):
        raise _whole("rows_there")
    try:
        sheet.check_growth(len(fresh) + len(op.rows))
    except FrameError as error:
        raise Misfit(row=None, column=None, reason=phrase_of(error)) from error


def _check_delete(sheet: Sheet, op: DeleteOp, locked: frozenset[int]) -> None:
    if any(sheet.position(key) < 0 for key in op.rows):
        raise _whole("rows_gone")
    if locked.intersection(op.rows):
        raise _whole("rows_locked")


def _whole(why: str, **fields: Any) -> Misfit:
    reason = Phrase("undone", reason=Phrase(why, **fields))
    return Misfit(row=None, column=None, reason=reason)
