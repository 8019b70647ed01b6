"""Keywords that a grid was given beside its own: the traits of a widget's layout."""

from __future__ import annotations

from collections.abc import Collection
from inspect import signature
from typing import Any

from jupyter_journey.errors import UnknownNameError

__all__ = ["check_keywords"]


def check_keywords(grid: Any, given: Collection[str]) -> None:
    """Refuse what no widget knows: a mistyped ``bind`` would leave the given frame as it is.

    Raises
    ------
    UnknownNameError
        If there is such a keyword.

    Examples
    --------
    >>> import ipywidgets
    >>> check_keywords(ipywidgets.Text(), ["layout", "valeu"])
    Traceback (most recent call last):
    jupyter_journey.errors.UnknownNameError: There is no keyword 'valeu'; did you mean 'value'?
    """
    own = [name for name in signature(type(grid)).parameters if name != "layout"]
    known = [*own, *(name for name in grid.traits(sync=True) if not name.startswith("_"))]
    for name in given:
        if name not in known:
            raise UnknownNameError(kind="keyword", name=name, known=known)
