"""An executed notebook without what only the machine that ran it knows."""

from __future__ import annotations

import re
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

__all__ = ["cleaned", "told"]

_CELL_FILE = re.compile(r"(?:[A-Za-z]:)?(?:[/\\]+[\w.~-]+){0,20}[/\\]+ipykernel_\d+[/\\]+\d+\.py")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{8,16}\b")
# What libraries number at random: Altair's elements, and the tables pandas' Styler makes.
_DRAWN_IDS = re.compile(r"\b(altair-viz-)[0-9a-f]{32}\b|\b(T_)[0-9a-f]{5}(?=_|\b)")
_INJECTED = "injected-parameters"


def told(text: str, folder: Path) -> str:
    """Return a text, such as an error's, without paths of this machine.

    Examples
    --------
    >>> told(f"no file {Path.home() / 'a.csv'}", Path("reports"))
    'no file ~/a.csv'
    """
    return str(_Cleaner(folder).value(text))


def cleaned(notebook: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return a notebook without paths of this machine and without ids drawn at random.

    So two runs differ in nothing but times, which stand in the metadata of papermill and of each
    cell's execution, and in the ``time`` element of a report's foot.

    Parameters
    ----------
    notebook
        The notebook's content, as JSON has it.
    folder
        Where its cells worked; paths below are told from there.

    Examples
    --------
    >>> output = {"output_type": "stream", "text": "<Log at 0x7f12ab34cd56>"}
    >>> made = cleaned({"cells": [{"outputs": [output]}], "metadata": {}}, Path("reports"))
    >>> made["cells"][0]["outputs"][0]["text"]
    '<Log at 0x0>'
    """
    cleaner = _Cleaner(folder)
    made: dict[str, Any] = cleaner.value(notebook)
    for cell in made["cells"]:
        if _INJECTED in cell.get("metadata", {}).get("tags", ()):
            cell["id"] = _INJECTED
    return made


class _Cleaner:
    """Goes through a notebook's values; equal ids stay equal."""

    def __init__(self, folder: Path) -> None:
        places = dict(_places(folder))
        self._places = {
            written: told for path, told in places.items() for written in (path, _in_json(path))
        }
        longest = sorted(self._places, key=len, reverse=True)
        self._paths = re.compile(
            rf"(?<![\w.~-])(?:{'|'.join(map(re.escape, longest))})(?![\w.-])" if longest else "(?!)"
        )
        self._ids: dict[str, str] = {}
        self._numbers = count(1)

    def value(self, value: Any) -> Any:
        """Return a JSON value with its texts cleaned."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {key: self.value(held) for key, held in value.items()}
        if isinstance(value, list):
            return [self.value(held) for held in value]
        return value

    def _text(self, text: str) -> str:
        if "ipykernel_" in text:
            text = _CELL_FILE.sub("cell", text)
        text = self._paths.sub(lambda found: self._places[found[0]], text)
        return _DRAWN_IDS.sub(self._numbered, _ADDRESS.sub("0x0", text))

    def _numbered(self, found: re.Match[str]) -> str:
        if found[0] not in self._ids:
            self._ids[found[0]] = f"{found[1] or found[2]}{next(self._numbers)}"
        return self._ids[found[0]]


def _places(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the folders of this machine that may be told of, and what is told instead."""
    known = {
        folder.resolve(): ".",
        Path.cwd(): ".",
        Path.home(): "~",
        Path(tempfile.gettempdir()): "tmp",
        Path(sys.prefix): "python",
        Path(sys.base_prefix): "python",
        Path(sysconfig.get_path("purelib")): "site-packages",
        Path(__file__).parents[2]: "site-packages",
    }
    for place, told in known.items():
        for path in (place, place.resolve()):  # a home may be a link, as macOS' temporary folder is
            if len(path.parts) > 1:  # the root is no place of anybody's
                yield str(path), told


def _in_json(path: str) -> str:
    return path.replace("\\", "\\\\")
