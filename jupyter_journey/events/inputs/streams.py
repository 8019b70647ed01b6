"""Where bytes come from: files, folders, patterns, addresses; unpacked within bounds."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from glob import has_magic, iglob
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, BinaryIO

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.extras import needed
from jupyter_journey.paths import is_address

__all__ = ["CHUNK", "Item", "items", "too_large"]

CHUNK = 1 << 24
"""Bytes taken at a time."""
_UNPACKERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
)
_MOST_GROWTH, _HARMLESS = 200, 64 << 20
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, OSError)


@dataclass(frozen=True)
class Item:
    """One file, wherever it is."""

    name: str
    """What messages call it."""
    suffix: str
    """Its ending in lower case, without that of the packing."""
    packing: str
    raw: Callable[[], BinaryIO]
    size: int = 0
    """Bytes as they lie, where a file system tells."""
    changed: int = 0
    """When it was changed, in nanoseconds since 1970; 0 where no file system tells."""

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open the file as it lies, still packed.

        Raises
        ------
        SourceError
            If it can't be opened.
        """
        try:
            stream = self.raw()
        except OSError as error:
            reason = f"can't be opened ({error.strerror or error})"
            raise SourceError(source=self.name, reason=reason, way_out="Check the path") from error
        with stream:
            yield stream

    def chunks(self, size: int = CHUNK) -> Iterator[bytes]:
        """Yield the unpacked content piece by piece.

        Raises
        ------
        SourceError
            If the packing is damaged, or the content is out of all proportion to the file.
        """
        with self.opened() as stream:
            if not self.packing:
                while piece := stream.read(size):
                    yield piece
                return
            packed = stream.seek(0, os.SEEK_END)
            stream.seek(0)
            done = 0
            unpacked: Any = _UNPACKERS[self.packing](stream, "rb")
            while piece := self._read(unpacked, size):
                done += len(piece)
                if too_large(done, packed):
                    raise SourceError(
                        source=self.name,
                        reason=f"unpacks to more than {_MOST_GROWTH} times its size",
                        way_out="Unpack it yourself if you trust it",
                    )
                yield piece

    def _read(self, unpacked: Any, size: int) -> bytes:
        try:
            piece: bytes = unpacked.read(size)
        except _BROKEN as error:
            raise SourceError(
                source=self.name,
                reason=f"isn't a whole {self.packing} file ({error})",
                way_out="Fetch or pack it again",
            ) from error
        return piece


def too_large(unpacked: int, packed: int) -> bool:
    """Tell a bomb: what grows so much when unpacked holds no data."""
    return unpacked > max(_HARMLESS, packed * _MOST_GROWTH)


def items(source: str | os.PathLike[str]) -> list[Item]:
    """Return the files of a path, a folder, a pattern such as ``logs/*.csv``, or an address.

    Raises
    ------
    SourceError
        If there is none.
    """
    address = os.fspath(source)
    if is_address(address):
        return _remote(address)
    path = Path(address)
    if path.is_dir():
        found = sorted(
            item for item in path.iterdir() if item.is_file() and item.name[0] not in "._"
        )
        names = [item.name for item in found]
    elif path.is_file():
        found, names = [path], [path.name]
    else:
        found = []
        if has_magic(address):
            found = sorted(map(Path, iglob(address, recursive=True)))  # noqa: PTH207 (may be absolute)
        names = [item.name for item in found]
    if not found:
        reason = "holds no file" if path.is_dir() else "there is no such file"
        raise SourceError(source=address, reason=reason, way_out="Check the path")
    return [_local(name, file) for name, file in zip(names, found, strict=True)]


def _local(name: str, file: Path) -> Item:
    stat = file.stat()
    item = _item(name, file.open, "rb")
    return replace(item, size=stat.st_size, changed=stat.st_mtime_ns)


def _remote(address: str) -> list[Item]:
    fsspec = needed("fsspec", "addresses such as s3://…")
    try:
        files = fsspec.open_files(address, "rb")
    except (OSError, ValueError, ImportError) as error:
        raise SourceError(source=address, reason=str(error), way_out="Check the address") from error
    if not files:
        raise SourceError(source=address, reason="there is no such file", way_out="Check the path")
    ordered = sorted(files, key=lambda file: str(file.path))
    return [_item(PurePosixPath(file.path).name, file.open) for file in ordered]


def _item(name: str, opener: Callable[..., Any], *mode: str) -> Item:
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    packing = suffixes.pop() if suffixes and suffixes[-1] in _UNPACKERS else ""
    return Item(name, suffixes[-1] if suffixes else "", packing, lambda: opener(*mode))
