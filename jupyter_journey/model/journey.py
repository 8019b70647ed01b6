"""The journey: an immutable value, a frame for every collection, verbs that return a copy."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.errors import RecordError
from jupyter_journey.model import from_frames, maps, patches, structure
from jupyter_journey.model.blank import blank
from jupyter_journey.model.cells import coerced, with_values
from jupyter_journey.model.framed import Framed, kind_of
from jupyter_journey.model.frames import record_of, records_of
from jupyter_journey.model.names import all_known, unique_id
from jupyter_journey.model.records import ABOUT, Document, Entity, Record, Settings

__all__ = ["Journey"]


class Journey(Framed):
    """A customer journey map and all that stands behind it.

    A journey never changes: every verb returns a changed copy. Each collection (``goals``,
    ``personas``, ``touchpoints``, ``stages``, ``lanes``, ``cells``, ``milestones``,
    ``measurements``, ``sources``, ``segments``, ``conversions``, ``paths``, ``insights``,
    ``changes``, ``reviews``) is a tidy pandas frame; :meth:`wide` is the map, lanes × stages. The
    records themselves are in :attr:`document`.

    Examples
    --------
    >>> journey = Journey.new("Acme Boards")
    >>> journey = journey.set("Onboarding", "Pain points", ["No template fits"])
    >>> journey.wide().loc["Pain points", "Onboarding"]
    ('No template fits',)
    """

    @classmethod
    def new(
        cls,
        title: str,
        map_type: str = "current-state",
        stages: str | Sequence[str] = "saas-8",
        language: str = "en",
        *,
        sources: Mapping[str, str | os.PathLike[str]] | None = None,
    ) -> Self:
        """Start a journey with the canonical lanes of a map type and the stages of a model.

        Parameters
        ----------
        title
            The map's title.
        map_type
            Id of one of the eight map types (MAP-01 to MAP-08).
        stages
            Id of a stage model (default STG-01, eight SaaS stages), or one's own stage names.
        language
            Language of the names, the nearest of ``jj.catalogue.languages()``.
        sources
            Path or address by role (``events``, ``crm``, ``survey``, ``tickets``, ``spend``).

        Raises
        ------
        UnknownNameError
            If the map type, stage model, language or a source's role doesn't exist.
        RecordError
            If the title or one of one's own stage names is empty.

        Examples
        --------
        >>> Journey.new("Shop", stages=["First order", "Second order"]).stages["id"].tolist()
        ['first-order', 'second-order']
        """
        return cls(blank(title, map_type, stages, language, sources or {}))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, **about: Any) -> Self:
        """Make a journey from a wide frame (lanes × stages) or a tidy one (a row per cell).

        Parameters
        ----------
        frame
            Wide: index lane names, columns stage names. Tidy: ``lane`` or ``lane_id``, ``stage``
            or ``stage_id``, ``value``, and optionally the other fields of a cell.
        about
            ``title``, ``map_type``, ``stage_model``, ``language``.

        Examples
        --------
        >>> frame = pd.DataFrame({"Trial": [["sign up"], 1]}, index=["Actions", "Emotion"])
        >>> Journey.from_frame(frame, title="Trial").lanes["kind"].tolist()
        ['list', 'score']
        """
        return cls(from_frames.document_of(frame, **about))

    # Changing: each verb returns a changed copy

    def change(self, **fields: Any) -> Self:
        """Return a copy with another ``title``, ``map_type``, ``language``, ``usp`` and so on.

        Parameters
        ----------
        fields
            Fields of :class:`Document` that are no collection. Of ``settings`` given as a mapping,
            those it doesn't name stay as they are.

        Raises
        ------
        UnknownNameError
            If there is no such field, setting, map type, language or way; the nearest one is named.
        RecordError
            If a value doesn't suit its field.

        Examples
        --------
        >>> Journey.new("Draft").change(title="Final").title
        'Final'
        >>> Journey.new("Draft").change(settings={"way": "PROC-02"}).settings.way
        'PROC-02'
        """
        all_known("field", fields, ABOUT)
        if "map_type" in fields:
            catalogue.entry("map type", catalogue.map_types(), fields["map_type"])
        if "language" in fields:
            fields["language"] = catalogue.known_language(fields["language"])
        if isinstance(given := fields.get("settings"), Mapping):
            all_known("setting", given, Settings.model_fields)
            fields["settings"] = {**dict(self.settings), **given}
        changed = record_of(Document, {**dict(self._document), **fields}, "journey")
        if changed.settings.way != self.settings.way:
            catalogue.way(changed.settings.way)
        return self._copy(changed)

    def replace(self, collection: str, content: pd.DataFrame | Iterable[Record]) -> Self:
        """Return a copy whose collection is this frame or these records.

        The id of a record that goes leaves the reference cells it stood in.

        Examples
        --------
        >>> journey = Journey.new("Acme Boards")
        >>> frame = journey.stages.assign(name=journey.stages["name"].str.upper())
        >>> journey.replace("stages", frame).stages.loc[0, "name"]
        'AWARENESS'
        """
        kind = kind_of(collection)
        if not isinstance(content, pd.DataFrame):
            records: tuple[Record, ...] = tuple(content)
            for row, record in enumerate(records):
                if not isinstance(record, kind):
                    raise RecordError(
                        collection=collection,
                        row=row,
                        column="",
                        reason=f"must be a {kind.__name__}, not a {type(record).__name__}",
                    )
        elif collection == "cells":
            records = maps.cells_of(content, self._document)
        else:
            records = records_of(content, kind, collection)
        return self._copy(structure.replaced(self._document, collection, records))

    def add(self, collection: str, *, name: str, **fields: Any) -> Self:
        """Return a copy with one more record, the last; its id is the slug of the name.

        A sub-step comes behind its stage and the sub-steps that this has.

        Examples
        --------
        >>> journey = Journey.new("Acme Boards").add("personas", name="Administrator")
        >>> journey.personas.loc[0, "id"]
        'administrator'
        """
        kind = kind_of(collection)
        if not issubclass(kind, Entity):
            raise RecordError(
                collection=collection,
                row=0,
                column="name",
                reason="a cell has none: say set(stage, lane, value)",
            )
        present: tuple[Entity, ...] = getattr(self._document, collection)
        key = fields.pop("id", None) or unique_id(name, {record.id for record in present})
        row = pd.DataFrame([{"id": key, "name": name, **fields}])
        [record] = records_of(row, kind, collection)
        return self._copy(structure.added(self._document, collection, record))

    def set(
        self, stage: str, lane: str, value: Any, *, persona: str | None = None, **fields: Any
    ) -> Self:
        """Return a copy with another value in one cell.

        Parameters
        ----------
        stage, lane, persona
            Names or ids. Without a persona the shared cell is meant.
        value
            What the lane's kind takes; empty text, empty list or None empties the cell.
        fields
            ``evidence`` (assumed, observed, proposed), ``target`` (a number), ``note``.

        Raises
        ------
        CellValueError
            If the value doesn't suit the lane.
        UnknownNameError
            If a name stands for nothing; the nearest one is named.
        """
        place = (self._lane_id(lane), self._stage_id(stage))
        lane_record = next(item for item in self._document.lanes if item.id == place[0])
        stage_record = next(item for item in self._document.stages if item.id == place[1])
        kept = coerced(value, lane_record, stage_record)
        return self._with_cells({place: kept}, self._persona_id(persona), **fields)

    def with_wide(self, frame: pd.DataFrame, persona: str | None = None) -> Self:
        """Return a copy in which every cell that differs in ``frame`` has its new value."""
        persona_id = self._persona_id(persona)
        changes = maps.changed_cells(frame, self._document, persona_id)
        return self._with_cells(changes, persona_id)

    def rename(self, collection: str, which: str, name: str) -> Self:
        """Return a copy in which a record bears another name; its id stays.

        Examples
        --------
        >>> Journey.new("Acme").rename("stages", "Decision", "Purchase").stages.loc[2, "id"]
        'decision'
        """
        key = self._id_in(collection, which)
        return self._copy(structure.renamed(self._document, collection, key, name))

    def move(self, collection: str, which: str, before: str | None = None) -> Self:
        """Return a copy in which a record stands before another, or last.

        A stage takes its sub-steps along.

        Examples
        --------
        >>> Journey.new("Shop", stages=["Buy", "Look"]).move("stages", "Look", "Buy").wide().columns
        Index(['Look', 'Buy'], dtype='object', name='stage')
        """
        key = self._id_in(collection, which)
        place = None if before is None else self._id_in(collection, before)
        return self._copy(structure.moved(self._document, collection, key, place))

    def remove(self, collection: str, which: str) -> Self:
        """Return a copy without a record, and without the cells and figures that stood at it.

        Sub-steps of a removed stage move up; other links to it become empty.

        Examples
        --------
        >>> Journey.new("Shop", stages=["Look", "Buy"]).remove("stages", "Look").wide().shape
        (11, 1)
        """
        key = self._id_in(collection, which)
        return self._copy(structure.removed(self._document, collection, key))

    def duplicate(self, collection: str, which: str) -> Self:
        """Return a copy with a twin right behind a record, its cells included.

        Examples
        --------
        >>> journey = Journey.new("Shop", stages=["Look", "Buy"]).duplicate("stages", "Look")
        >>> journey.stages["name"].tolist()
        ['Look', 'Look (2)', 'Buy']
        """
        key = self._id_in(collection, which)
        return self._copy(structure.duplicated(self._document, collection, key))

    def patch(self, ops: Iterable[patches.Op]) -> Self:
        """Return a copy with these ops applied, all or none; see :mod:`.patches`.

        Raises
        ------
        Conflict
            If something else stands there than an op's ``old``.
        """
        return self._copy(patches.applied(self._document, ops))

    def _with_cells(
        self, changes: Mapping[tuple[str, str], Any], persona_id: str | None, **fields: Any
    ) -> Self:
        cells = with_values(self._document.cells, changes, persona_id, **fields)
        return self._copy(self._document.model_copy(update={"cells": cells}))

    def __repr__(self) -> str:
        shape = f"{len(self._document.lanes)} lanes × {len(self._document.stages)} stages"
        return f"<Journey {self.title!r}: {self.map_type}, {shape}, revision {self.revision}>"
