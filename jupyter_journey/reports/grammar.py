"""jsonschema, without the seconds it takes to build what next to nobody uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

__all__ = ["grammar_later"]

_GRAMMAR = "rfc3987_syntax"


@contextmanager
def grammar_later() -> Iterator[None]:
    """Have the grammar of web addresses built not while jsonschema loads, but when one is checked.

    Building it takes longer than importing pandas; notebooks and charts are checked without.

    Examples
    --------
    >>> with grammar_later():
    ...     import nbformat
    """
    if _GRAMMAR in sys.modules or find_spec(_GRAMMAR) is None:
        yield
        return
    stand_in: Any = ModuleType(_GRAMMAR)
    stand_in.is_valid_syntax = _is_valid_syntax
    sys.modules[_GRAMMAR] = stand_in
    try:
        yield
    finally:
        del sys.modules[_GRAMMAR]


def _is_valid_syntax(term: str, value: str) -> bool:
    return bool(import_module(_GRAMMAR).is_valid_syntax(term, value))
