"""Public names that load on first use, so that importing a package costs next to nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import Any

__all__ = ["lazily"]


def lazily(
    package: str, homes: Mapping[str, str], modules: Collection[str] = ()
) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a package whose public names load on first use.

    Parameters
    ----------
    package
        Its name.
    homes
        By public name, the module of the package that has it.
    modules
        Modules of the package that are public names themselves.

    Examples
    --------
    >>> found = lazily("jupyter_journey", {"Voice": "charts.voice"}, ["charts"])
    >>> found("Voice").__name__, found("charts").__name__
    ('Voice', 'jupyter_journey.charts')
    """

    def load(name: str) -> Any:
        if name in homes:
            return getattr(import_module(f"{package}.{homes[name]}"), name)
        if name in modules:
            return import_module(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return load
