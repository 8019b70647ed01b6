"""What an executed report holds for readers, whatever it is then written as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_journey import catalogue
from jupyter_journey.errors import SourceError
from jupyter_journey.privacy import check_notebook
from jupyter_journey.reports.markup import Contents, Heading, taken
from jupyter_journey.steps.provenance import FIGURES

__all__ = ["Block", "Content", "read"]

# Best first: what a page without scripts can show of an output.
_SHOWN = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")
_SIGNALS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
"""What colours text in a terminal."""
_HIDDEN_TAGS = frozenset({"parameters", "injected-parameters", "hide-input"})


class Block(NamedTuple):
    """One piece of a report: ``kind`` is prose, html, picture, image, text, error or foot."""

    kind: str
    content: str


@dataclass(frozen=True)
class Content:
    """An executed report, cleaned, in the order of its cells."""

    title: str
    language: str
    headings: list[Heading]
    blocks: list[Block]
    foot: list[Block]
    """What the report rests on."""
    code: list[str]
    """The code of a reader's interest."""


def read(notebook: Path, target: Path) -> Content:
    """Read an executed notebook for a file that is to be made of it.

    Raises
    ------
    SourceError
        If the file is no notebook.
    PersonalDataError
        If it holds personal data, and its metadata don't say why.
    """
    import nbformat

    try:
        held = nbformat.reads(notebook.read_text(encoding="utf-8"), as_version=4)
    except (OSError, ValueError) as error:
        raise SourceError(
            source=str(notebook), reason=f"is no notebook ({error})", way_out="Run the step again"
        ) from error
    check_notebook(held, str(target))
    contents = Contents()
    blocks = [block for cell in held.cells for block in _blocks(cell, contents)]
    return Content(
        title=contents.title or notebook.stem,
        language=_language(held),
        headings=contents.headings,
        blocks=[block for block in blocks if block.kind != "foot"],
        foot=[block for block in blocks if block.kind == "foot"],
        code=[cell.source for cell in held.cells if _is_told(cell)],
    )


def _language(content: Any) -> str:
    """Return the report's language: as its foot says, else as it was asked for."""
    for cell in content.cells:
        for output in cell.get("outputs", ()):
            language = output.get("metadata", {}).get(FIGURES, {}).get("language")
            if language in catalogue.languages():
                return str(language)
    asked = content.metadata.get("papermill", {}).get("parameters", {}).get("language")
    return catalogue.nearest(str(asked)) or "en"


def _is_told(cell: Any) -> bool:
    """Tell whether a cell's code is of use to a reader."""
    hidden = _HIDDEN_TAGS & set(cell.metadata.get("tags", ()))
    return bool(cell.cell_type == "code" and cell.source.strip() and not hidden)


def _blocks(cell: Any, contents: Contents) -> Iterator[Block]:
    if cell.cell_type == "markdown":
        yield Block("prose", contents.of(cell.source))
    for output in cell.get("outputs", ()):
        yield from _output(output, contents)


def _output(output: Any, contents: Contents) -> Iterator[Block]:
    if output.output_type == "stream":
        yield Block("text", _plain(output.text))
    elif output.output_type == "error":
        yield Block("error", _plain(f"{output.ename}: {output.evalue}"))
    else:
        kind = next((kind for kind in _SHOWN if kind in output.data), None)
        if kind:
            data = output.data[kind]
            block = _as_block(kind, data, contents)
            yield block._replace(kind="foot") if FIGURES in output.data else block


def _as_block(kind: str, data: str, contents: Contents) -> Block:
    match kind:
        case "text/html":
            return Block("html", taken(data))
        case "image/svg+xml":
            return Block("picture", taken(data))
        case "image/png" | "image/jpeg":
            return Block("image", f"data:{kind};base64,{data.replace(chr(10), '')}")
        case "text/markdown":
            return Block("prose", contents.of(data))
        case _:
            return Block("text", _plain(data))


def _plain(text: str) -> str:
    return _SIGNALS.sub("", text)
