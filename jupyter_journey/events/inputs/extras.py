"""Libraries only some inputs need: loaded when they are, missed with the way to get them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from jupyter_journey.errors import SourceError

__all__ = ["needed"]


def needed(module: str, use: str) -> Any:
    """Import a library, or say what it's for and how to install it.

    Raises
    ------
    SourceError
        If it isn't installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise SourceError(
            source=use,
            reason=f"can't be used without {module}",
            way_out=f"Install it: pip install {module}",
        ) from error
