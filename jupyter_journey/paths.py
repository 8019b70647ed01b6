"""Where the shipped folders are, in a wheel, a clone or an editable install; and addresses."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["absolute", "file_name", "front_end", "is_address", "sample_data", "templates"]

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """Find a top-level folder: a wheel carries it inside the package, a clone beside it."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def templates() -> Path:
    """Return the folder of the step templates.

    Examples
    --------
    >>> (templates() / "01_goals.ipynb").is_file()
    True
    """
    return _shipped("notebook_templates")


def sample_data() -> Path:
    """Return the folder of the sample data.

    Examples
    --------
    >>> (sample_data() / "README.md").is_file()
    True
    """
    return _shipped("sample_data")


def front_end(name: str) -> Path:
    """Return a built front-end file, such as ``journey_grid.js``."""
    return _PACKAGE / "static" / name


def is_address(place: str) -> bool:
    """Tell an address from the path of a file.

    Examples
    --------
    >>> is_address("s3://logs/2026.parquet"), is_address("logs/2026.parquet")
    (True, False)
    """
    return "://" in place


def absolute(place: str, folder: Path | None = None) -> str:
    """Return the absolute path of what a folder, the present one by default, calls by this path.

    An address is the same from everywhere.

    Examples
    --------
    >>> absolute("s3://logs/2026.parquet", Path("/data"))
    's3://logs/2026.parquet'
    """
    return place if is_address(place) else str((folder or Path()).joinpath(place).resolve())


def file_name(place: str) -> str:
    """Return the name of the file at a path or an address; a signature stays out.

    Examples
    --------
    >>> file_name("https://example.com/logs/2026.csv?signature=secret"), file_name("logs/a.csv")
    ('2026.csv', 'a.csv')
    """
    path = urlsplit(place).path if is_address(place) else place.replace("\\", "/")
    return path.rstrip("/").rsplit("/", 1)[-1]
