"""A journey to look at: what it says of itself, and a frame for every collection."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jupyter_journey.errors import RecordError, UnknownNameError
from jupyter_journey.model import maps
from jupyter_journey.model.filed import Filed
from jupyter_journey.model.frames import frame_of
from jupyter_journey.model.names import id_of
from jupyter_journey.model.records import COLLECTIONS, Entity, Settings

__all__ = ["Framed", "kind_of"]


class Framed(Filed):
    """A document's collections as tidy frames, and its map, lanes × stages."""

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
        """The settings that travel with the journey."""
        return self._document.settings

    def frame(self, collection: str) -> pd.DataFrame:
        """Return a collection as a tidy frame, one row per record.

        Raises
        ------
        UnknownNameError
            If there is no such collection.
        """
        kind = kind_of(collection)
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
    conversions = property(lambda self: self.frame("conversions"), doc="Frame of the conversions.")
    paths = property(lambda self: self.frame("paths"), doc="Frame of the paths.")
    insights = property(lambda self: self.frame("insights"), doc="Frame of the insights.")
    changes = property(lambda self: self.frame("changes"), doc="Frame of the changes.")
    reviews = property(lambda self: self.frame("reviews"), doc="Frame of the reviews.")

    def wide(self, persona: str | None = None) -> pd.DataFrame:
        """Return the map: index lane names, columns stage names.

        Parameters
        ----------
        persona
            Name or id: show this persona's cells instead of the shared ones.
        """
        return maps.wide(self._document, self._persona_id(persona))

    def _id_in(self, collection: str, given: str) -> str:
        if not issubclass(kind_of(collection), Entity):
            reason = "a cell goes by its place: say set(stage, lane, value)"
            raise RecordError(collection=collection, row=0, column="id", reason=reason)
        names = {record.id: record.name for record in getattr(self._document, collection)}
        return id_of(collection.removesuffix("s"), given, names)

    def _stage_id(self, given: str) -> str:
        return self._id_in("stages", given)

    def _lane_id(self, given: str) -> str:
        return self._id_in("lanes", given)

    def _persona_id(self, given: str | None) -> str | None:
        return self._id_in("personas", given) if given else None


def kind_of(collection: str) -> type[Any]:
    """Return the record a collection holds, or say which collections there are."""
    if collection not in COLLECTIONS:
        raise UnknownNameError(kind="collection", name=collection, known=COLLECTIONS)
    return COLLECTIONS[collection]
