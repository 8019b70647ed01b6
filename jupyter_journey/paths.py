"""Where the shipped folders are: in a wheel, in a clone, in an editable install."""

from __future__ import annotations

from pathlib import Path

__all__ = ["front_end", "sample_data", "templates"]

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
