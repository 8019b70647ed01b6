"""The bytes of a journey file: the same from Python and from TypeScript, and fit for a diff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import rfc8785

__all__ = ["dumps"]


def dumps(value: Any) -> str:
    r"""Write JSON with sorted keys, two-space indent and a final newline.

    Numbers and strings are written as ECMAScript writes them (RFC 8785), so that
    ``JSON.stringify`` gives the same bytes; keys sort by UTF-16 code units, as its ``sort`` does.

    Examples
    --------
    >>> dumps({"b": 1.0, "a": [1e-7, "ü"]})
    '{\n  "a": [\n    1e-7,\n    "ü"\n  ],\n  "b": 1\n}\n'
    """
    return "".join(_pieces(value, "\n")) + "\n"


def _pieces(value: Any, newline: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        keys = sorted(value, key=lambda key: str(key).encode("utf-16-be", "surrogatepass"))
        yield from _block("{}", newline, ((f"{_leaf(key)}: ", value[key]) for key in keys))
    elif isinstance(value, list | tuple) and value:
        yield from _block("[]", newline, (("", item) for item in value))
    else:
        yield _leaf(value)


def _block(brackets: str, newline: str, items: Iterator[tuple[str, Any]]) -> Iterator[str]:
    inner = newline + "  "
    for position, (label, item) in enumerate(items):
        yield (brackets[0] if position == 0 else ",") + inner + label
        yield from _pieces(item, inner)
    yield newline + brackets[1]


def _leaf(value: Any) -> str:
    return rfc8785.dumps(value).decode()
