"""What widget and kernel say to each other; the twin of ``widgets/src/hosts/anywidget.ts``.

The widget sends ``patch`` (ops of single cells, all or none) and ``refresh``; it is answered with
``accepted``, ``refused`` or the whole ``document``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jupyter_journey.errors import JourneyError
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Value

__all__ = [
    "Conflict",
    "Op",
    "Patch",
    "Refresh",
    "accepted",
    "applied",
    "read",
    "refused",
    "value_at",
]

Message = dict[str, Any]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Op(_Said):
    """One cell's change, by ids; the inverse is the same with ``old`` and ``new`` exchanged."""

    lane_id: str
    stage_id: str
    persona_id: str | None
    old: Value | None
    new: Value | None


class Patch(_Said):
    """Changes that hold together or not at all."""

    type: Literal["patch"]
    id: str
    base_rev: int
    ops: tuple[Op, ...]


class Refresh(_Said):
    """A page asks whether it knows the present revision."""

    type: Literal["refresh"]
    revision: int


class Conflict(JourneyError):  # noqa: N818  (a state of affairs the cell shows, raised to no user)
    """A cell holds something else than the one who edited it saw.

    Fields: ``value`` (what it holds).
    """

    template = "it was changed meanwhile; now it holds {value!r}"


_said: TypeAdapter[Patch | Refresh] = TypeAdapter(
    Annotated[Patch | Refresh, Field(discriminator="type")]
)


def read(content: Mapping[str, Any]) -> Patch | Refresh:
    """Check a message from the widget.

    Raises
    ------
    pydantic.ValidationError
        If it is none: then widget and package are of different versions.
    """
    return _said.validate_python(content)


def applied(journey: Journey, ops: Iterable[Op]) -> Journey:
    """Return the journey with all changes made.

    A patch against an older revision is taken as well, as long as its own cells are untouched.

    Raises
    ------
    JourneyError
        If a value doesn't suit its lane, a name stands for nothing, or a cell was changed
        meanwhile.

    Examples
    --------
    >>> op = Op(lane_id="goal", stage_id="adoption", persona_id=None, old=None, new="Save time")
    >>> applied(Journey.new("Acme Boards"), [op]).wide().loc["Goal", "Adoption"]
    'Save time'
    """
    for op in ops:
        present = value_at(journey, op)
        if present != op.old:
            raise Conflict(value=present)
        journey = journey.set(op.stage_id, op.lane_id, op.new, persona=op.persona_id)
    return journey


def value_at(journey: Journey, op: Op) -> Value | None:
    """Return what the op's cell holds now."""
    place = (op.lane_id, op.stage_id, op.persona_id)
    for cell in journey.document.cells:
        if (cell.lane_id, cell.stage_id, cell.persona_id) == place:
            return cell.value
    return None


def accepted(patch: Patch, journey: Journey, revision: int) -> Message:
    """Say to all pages what now holds, as the kernel keeps it."""
    ops = [op.model_copy(update={"new": value_at(journey, op)}) for op in patch.ops]
    return _answer("accepted", patch, revision, ops)


def refused(patch: Patch, journey: Journey, revision: int, reason: str) -> Message:
    """Say that nothing of the patch holds, what the cells hold instead, and why."""
    ops = [op.model_copy(update={"new": value_at(journey, op)}) for op in patch.ops]
    return _answer("refused", patch, revision, ops) | {"reason": reason}


def _answer(kind: str, patch: Patch, revision: int, ops: Iterable[Op]) -> Message:
    plain = [op.model_dump(mode="json") for op in ops]
    return {"type": kind, "id": patch.id, "revision": revision, "ops": plain}
