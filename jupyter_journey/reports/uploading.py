"""Outputs at an address such as ``s3://…``: copied there once they are whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.extras import needed

__all__ = ["Target"]


class Target:
    """A folder at an address.

    Parameters
    ----------
    address
        What fsspec opens, such as ``s3://reports/weekly``.

    Raises
    ------
    SourceError
        If nothing opens it.
    """

    def __init__(self, address: str) -> None:
        fsspec = needed("fsspec", "addresses such as s3://…")
        try:
            files, root = fsspec.core.url_to_fs(address)
        except (ImportError, OSError, ValueError) as error:
            raise SourceError(
                source=address, reason=f"can't be opened ({error})", way_out="Check --out"
            ) from error
        self._files: Any = files
        self._root = str(root).rstrip("/")

    def put(self, folder: Path, paths: Iterable[str]) -> None:
        """Copy files of a folder, to the same paths.

        Raises
        ------
        SourceError
            If the store doesn't take them.
        """
        try:
            for path in paths:
                there = f"{self._root}/{path}"
                self._files.makedirs(there.rpartition("/")[0], exist_ok=True)
                self._files.put_file(str(folder / path), there)
        except Exception as error:  # each store has errors of its own
            reason = f"doesn't take the batch's files ({error})"
            raise SourceError(
                source=self._root, reason=reason, way_out="Check your access, and run it again"
            ) from error
