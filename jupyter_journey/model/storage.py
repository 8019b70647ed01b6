"""Journey files on disk: reading, and a save that a crash can't tear and a rival can't lose."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from filelock import FileLock
from jupyter_core.paths import jupyter_runtime_dir

from jupyter_journey.errors import JourneyFileError, StaleSaveError

__all__ = ["digest", "lock", "read", "resolved", "sync_folder", "text", "write"]


def digest(content: bytes) -> str:
    """Return the fingerprint by which a change of a file is noticed."""
    return hashlib.sha256(content).hexdigest()


def read(path: Path) -> bytes:
    """Return a file's bytes, or a clear error."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        reason = "there is no such file"
        raise JourneyFileError(path=str(path), where="", reason=reason) from error
    except OSError as error:
        reason = f"can't be read: {error.strerror}"
        raise JourneyFileError(path=str(path), where="", reason=reason) from error


def text(content: bytes, path: Path) -> str:
    """Return a file's content as text, without a byte order mark; or a clear error."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"is no UTF-8 text (byte {error.start})"
        raise JourneyFileError(path=str(path), where="", reason=reason) from error


def resolved(path: Path) -> Path:
    """Return the file itself where a path leads to it by links."""
    try:
        return Path(os.path.realpath(path))
    except OSError as error:
        reason = f"can't be reached: {error.strerror}"
        raise JourneyFileError(path=str(path), where="", reason=reason) from error


def write(path: Path, content: bytes, base: str | None, *, overwrite: bool = False) -> None:
    """Write a file unless it changed since ``base`` was taken from it.

    Parameters
    ----------
    base
        The digest of the content the caller knows; None where it knows of no file.
    overwrite
        Write it whatever is there.

    Raises
    ------
    StaleSaveError
        If the file on disk is another one than the caller knows. Nothing is written.
    JourneyFileError
        If the file can't be written. It holds what it held, or all of ``content``.
    """
    try:
        with lock(path):  # overwriting waits, too: between a rival's look and its leap
            present = digest(path.read_bytes()) if path.exists() else None
            if present not in (None, base) and not overwrite:
                raise StaleSaveError(path=str(path))
            _replace(path, content)
    except OSError as error:
        reason = f"can't be written: {error.strerror or error}. {_way_out(path)}"
        raise JourneyFileError(path=str(path), where="", reason=reason) from error


def _way_out(path: Path) -> str:
    if not path.parent.is_dir():
        return f"Make the folder first: {path.parent}"
    return "Make room or get leave to write there, or save it elsewhere"


def _replace(path: Path, content: bytes) -> None:
    """Put ``content`` in place of a file: whole, or not at all, and on disk when it returns."""
    temporary = path.with_name(f".{uuid4().hex}.tmp")  # short: a name may be as long as can be
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the renaming itself durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lock(path: Path) -> FileLock:
    """Lock by the resolved path, beside no user file: a lock file in a project would be litter."""
    folder = Path(jupyter_runtime_dir()) / "journey-locks"
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / f"{digest(os.fsencode(path.resolve()))[:32]}.lock")
