"""What is kept in a journey's file: a document, where it was read from, and saving it back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Self

from jupyter_journey.errors import RecordError
from jupyter_journey.model import document as documents
from jupyter_journey.model import storage
from jupyter_journey.model.patches import between
from jupyter_journey.model.records import Document, Source
from jupyter_journey.paths import absolute, is_address

__all__ = ["Filed"]


class Filed:
    """An immutable document that knows its file; equal ones say the same."""

    def __init__(
        self, document: Document, *, path: Path | None = None, base: str | None = None
    ) -> None:
        self._document = documents.checked(document, str(path or "journey"))
        self._path = path
        self._base = base

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

    @property
    def document(self) -> Document:
        """The records themselves, frozen."""
        return self._document

    @property
    def path(self) -> Path | None:
        """The file this journey was read from or saved to."""
        return self._path

    def source_place(self, role: str) -> str | None:
        """Return the address or absolute path of the first source of a role; None without one.

        A relative path starts in the folder of the journey's file.
        """
        for source in self._document.sources:
            if source.role == role and source.path:
                return absolute(source.path, self._folder)
        return None

    def _copy(self, document: Document) -> Self:
        return type(self)(document, path=self._path, base=self._base)

    @property
    def _folder(self) -> Path:
        return self._path.parent if self._path else Path.cwd()

    def _moved(self, source: Source, folder: Path) -> Source:
        stays = is_address(source.path) or Path(source.path).is_absolute()
        if not source.path or stays or folder == self._folder:
            return source
        moved = os.path.relpath((self._folder / source.path).resolve(), folder)
        return source.model_copy(update={"path": Path(moved).as_posix()})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Filed):
            return False
        one, two = self._document, other._document
        return one is two or (one.revision == two.revision and not between(one, two))

    def __hash__(self) -> int:
        return hash(self.dumps())

    def __reduce__(self) -> tuple[Any, ...]:
        return _thawed, (type(self), self.dumps(), self._path, self._base)


def _thawed(kind: type[Filed], text: str, path: Path | None, base: str | None) -> Filed:
    return kind(documents.parse(text), path=path, base=base)
