"""Outputs at an address such as ``s3://…``: copied there once they are whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.extras import needed
from jupyter_journey.reports.manifest import NAME, Manifest, Row

__all__ = ["Target"]


class Target:
    """A folder at an address.

    Parameters
    ----------
    address
        What fsspec opens, such as ``s3://reports/weekly``.
    own
        The folder that is copied.

    Raises
    ------
    SourceError
        If nothing opens it, or it is that folder itself.
    """

    def __init__(self, address: str, own: Path) -> None:
        fsspec = needed("fsspec", "addresses such as s3://…")
        try:
            files, root = fsspec.core.url_to_fs(address)
        except (ImportError, OSError, ValueError) as error:
            raise SourceError(
                source=address, reason=f"can't be opened ({error})", way_out="Check --out"
            ) from error
        if "file" in files.protocol and Path(root).resolve() == own:
            raise SourceError(
                source=address,
                reason="is the batch's own folder",
                way_out="Leave --out out, or name another place for the copies",
            )
        self._own = own
        self._files: Any = files
        self._root = str(root).rstrip("/")
        self._same: set[str] = set()
        """Paths that are there as they are here."""

    def put(self, paths: Iterable[str]) -> None:
        """Make files there what they are here: copied, or gone where they are no more.

        Raises
        ------
        SourceError
            If the store doesn't take them.
        """
        with self._asked():
            for path in paths:
                here, there = self._own / path, f"{self._root}/{path}"
                if here.is_file():
                    self._files.makedirs(there.rpartition("/")[0], exist_ok=True)
                    self._files.put_file(str(here), there)
                else:
                    with suppress(FileNotFoundError):
                        self._files.rm_file(there)
                self._same.add(path)

    def complete(self, rows: Iterable[Row]) -> None:
        """Copy what this batch left out and the manifest there doesn't tell of as it is.

        Raises
        ------
        SourceError
            If the store doesn't take it.
        """
        there = self._rows()
        paths = (
            path
            for row in rows
            if there.get(row.name) != row
            for path in (*row.outputs, f"{row.name}.failed.ipynb")
        )
        self.put([path for path in paths if path not in self._same])

    def _rows(self) -> dict[str, Row]:
        with self._asked(), tempfile.TemporaryDirectory() as folder:
            try:
                self._files.get_file(f"{self._root}/{NAME}", f"{folder}/{NAME}")
            except FileNotFoundError:
                return {}
            with suppress(SourceError):  # whatever else bears its name is replaced by ours
                return Manifest(Path(folder)).rows()
            return {}

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Tell what the store objects to; each store has errors of its own."""
        try:
            yield
        except Exception as error:
            reason = f"doesn't take the batch's files ({error})"
            raise SourceError(
                source=self._root, reason=reason, way_out="Check your access, and run it again"
            ) from error
