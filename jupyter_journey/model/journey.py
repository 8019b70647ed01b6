"""The journey: an immutable value, a frame for every collection, verbs that return a copy."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.errors import RecordError, UnknownNameError
from jupyter_journey.model import document as documents
from jupyter_journey.model import from_frames, maps, patches, storage, structure
from jupyter_journey.model.blank import blank
from jupyter_journey.model.cells import coerced, with_values
from jupyter_journey.model.frames import frame_of, record_of, records_of
from jupyter_journey.model.names import id_of, unique_id
from jupyter_journey.model.records import COLLECTIONS, Document, Entity, Record, Settings, Source

__all__ = ["Journey"]


class Journey:
    """A customer journey map and all that stands behind it.

    A journey never changes: every verb returns a changed copy. Each collection (``goals``,
    ``personas``, ``touchpoints``, ``stages``, ``lanes``, ``cells``, ``milestones``,
    ``measurements``, ``sources``, ``segments``) is a tidy pandas frame; :meth:`wide` is the map,
    lanes × stages. The records themselves are in :attr:`document`.

    Examples
    --------
    >>> journey = Journey.new("Acme Boards")
    >>> journey = journey.set("Onboarding", "Pain points", ["No template fits"])
    >>> journey.wide().loc["Pain points", "Onboarding"]
    ('No template fits',)
    """

    def __init__(
        self, document: Document, *, path: Path | None = None, base: str | None = None
    ) -> None:
        self._document = documents.checked(document, str(path or "journey"))
        self._path = path
        self._base = base

    # Making

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
            Language of the names, one of ``jj.catalogue.languages()``.
        sources
            Path by role (``events``, ``crm``, ``survey``, ``tickets``, ``spend``).

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
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read a ``*.journey.json`` file.

        Raises
        ------
        JourneyFileError
            If the file is missing or malformed: it names the file, the JSON path and the reason.
        """
        place = Path(path)
        content = storage.read(place)
        document = documents.parse(storage.text(content, place), str(place))
        return cls(document, path=storage.resolved(place), base=storage.digest(content))

    @classmethod
    def loads(cls, text: str) -> Self:
        """Read a journey from the text of a file."""
        return cls(documents.parse(text))

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

    # Keeping

    def dumps(self) -> str:
        """Return the text of the journey's file; equal journeys give equal bytes."""
        return documents.dump(self._document)

    def save(self, path: str | os.PathLike[str] | None = None, *, overwrite: bool = False) -> Self:
        """Write the journey's file, whole or not at all, and return the journey as saved.

        The saved journey's ``revision`` is one higher. Relative paths of sources are rewritten so
        that they lead to the same files from the new place.

        Parameters
        ----------
        path
            Where to; default: where it was loaded from.
        overwrite
            Replace the file even if it isn't the one this journey was read from.

        Raises
        ------
        StaleSaveError
            If the file changed since this journey was read.
        JourneyFileError
            If it can't be written: no such folder, no permission, no space left.
        """
        if path is None and self._path is None:
            raise RecordError(
                collection="journey",
                row=0,
                column="path",
                reason="say where to save it: save(path)",
            )
        place = storage.resolved(Path(path if path is not None else self._path or ""))
        saved = self._document.model_copy(
            update={
                "revision": self._document.revision + 1,
                "sources": tuple(
                    self._moved(source, place.parent) for source in self._document.sources
                ),
            }
        )
        content = documents.dump(saved).encode()
        base = self._base if place == self._path else None
        storage.write(place, content, base, overwrite=overwrite)
        return type(self)(saved, path=place, base=storage.digest(content))

    # Looking

    @property
    def document(self) -> Document:
        """The records themselves, frozen."""
        return self._document

    @property
    def path(self) -> Path | None:
        """The file this journey was read from or saved to."""
        return self._path

    @property
    def title(self) -> str:
        """The map's title."""
        return self._document.title

    @property
    def map_type(self) -> str:
        """Id of the map type, such as ``current-state``."""
        return self._document.map_type

    @property
    def language(self) -> str:
        """Language code of the names."""
        return self._document.language

    @property
    def revision(self) -> int:
        """How often the file was saved."""
        return self._document.revision

    @property
    def settings(self) -> Settings:
        """The thresholds that travel with the journey."""
        return self._document.settings

    def frame(self, collection: str) -> pd.DataFrame:
        """Return a collection as a tidy frame, one row per record.

        Raises
        ------
        UnknownNameError
            If there is no such collection.
        """
        kind = _kind(collection)
        if collection == "cells":
            return maps.tidy(self._document)
        return frame_of(getattr(self._document, collection), kind)

    goals = property(lambda self: self.frame("goals"), doc="Frame of the goals.")
    personas = property(lambda self: self.frame("personas"), doc="Frame of the personas.")
    touchpoints = property(lambda self: self.frame("touchpoints"), doc="Frame of the touchpoints.")
    stages = property(lambda self: self.frame("stages"), doc="Frame of the stages.")
    lanes = property(lambda self: self.frame("lanes"), doc="Frame of the lanes.")
    cells = property(lambda self: self.frame("cells"), doc="Frame of the filled cells.")
    milestones = property(lambda self: self.frame("milestones"), doc="Frame of the milestones.")
    measurements = property(lambda self: self.frame("measurements"), doc="Frame of the figures.")
    sources = property(lambda self: self.frame("sources"), doc="Frame of the sources.")
    segments = property(lambda self: self.frame("segments"), doc="Frame of the segments.")

    def wide(self, persona: str | None = None) -> pd.DataFrame:
        """Return the map: index lane names, columns stage names.

        Parameters
        ----------
        persona
            Name or id: show this persona's cells instead of the shared ones.
        """
        return maps.wide(self._document, self._persona_id(persona))

    def source_path(self, role: str) -> Path | None:
        """Return the path of the first source of a role, resolved from the journey's file."""
        for source in self._document.sources:
            if source.role == role and source.path:
                return (self._folder / source.path).resolve()
        return None

    # Changing: each verb returns a changed copy

    def change(self, **fields: Any) -> Self:
        """Return a copy with another ``title``, ``map_type``, ``language`` or ``settings``.

        Examples
        --------
        >>> Journey.new("Draft").change(title="Final").title
        'Final'
        """
        known = set(Document.model_fields) - set(COLLECTIONS) - {"schema_version", "revision"}
        for name in fields:
            if name not in known:
                raise UnknownNameError(kind="field", name=name, known=known)
        if "map_type" in fields:
            catalogue.entry("map type", catalogue.map_types(), fields["map_type"])
        if "language" in fields:
            catalogue.texts(fields["language"])
        return self._copy(record_of(Document, {**dict(self._document), **fields}, "journey"))

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
        kind = _kind(collection)
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
        """Return a copy with one more record; its id is the slug of the name.

        Examples
        --------
        >>> journey = Journey.new("Acme Boards").add("personas", name="Administrator")
        >>> journey.personas.loc[0, "id"]
        'administrator'
        """
        kind = _kind(collection)
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
        added = records_of(row, kind, collection)
        return self._copy(self._document.model_copy(update={collection: present + added}))

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

    # Inside

    def _id_in(self, collection: str, given: str) -> str:
        if not issubclass(_kind(collection), Entity):
            reason = "a cell goes by its place: say set(stage, lane, value)"
            raise RecordError(collection=collection, row=0, column="id", reason=reason)
        names = {record.id: record.name for record in getattr(self._document, collection)}
        return id_of(collection.removesuffix("s"), given, names)

    def _with_cells(
        self, changes: Mapping[tuple[str, str], Any], persona_id: str | None, **fields: Any
    ) -> Self:
        cells = with_values(self._document.cells, changes, persona_id, **fields)
        return self._copy(self._document.model_copy(update={"cells": cells}))

    def _copy(self, document: Document) -> Self:
        return type(self)(document, path=self._path, base=self._base)

    @property
    def _folder(self) -> Path:
        return self._path.parent if self._path else Path.cwd()

    def _moved(self, source: Source, folder: Path) -> Source:
        if not source.path or Path(source.path).is_absolute() or folder == self._folder:
            return source
        moved = os.path.relpath((self._folder / source.path).resolve(), folder)
        return source.model_copy(update={"path": Path(moved).as_posix()})

    def _stage_id(self, given: str) -> str:
        return self._id_in("stages", given)

    def _lane_id(self, given: str) -> str:
        return self._id_in("lanes", given)

    def _persona_id(self, given: str | None) -> str | None:
        return self._id_in("personas", given) if given else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Journey):
            return False
        one, two = self._document, other.document
        return one is two or (one.revision == two.revision and not patches.between(one, two))

    def __hash__(self) -> int:
        return hash(self.dumps())

    def __reduce__(self) -> tuple[Any, ...]:
        return _thawed, (type(self), self.dumps(), self._path, self._base)

    def __repr__(self) -> str:
        shape = f"{len(self._document.lanes)} lanes × {len(self._document.stages)} stages"
        return f"<Journey {self.title!r}: {self.map_type}, {shape}, revision {self.revision}>"


def _thawed(kind: type[Journey], text: str, path: Path | None, base: str | None) -> Journey:
    return kind(documents.parse(text), path=path, base=base)


def _kind(collection: str) -> type[Any]:
    if collection not in COLLECTIONS:
        raise UnknownNameError(kind="collection", name=collection, known=COLLECTIONS)
    return COLLECTIONS[collection]
