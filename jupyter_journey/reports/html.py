"""Executed notebooks as HTML: one file, no script, no request to anywhere."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from jupyter_journey import catalogue
from jupyter_journey.errors import SourceError
from jupyter_journey.model.storage import write
from jupyter_journey.privacy import check_notebook
from jupyter_journey.reports.markup import Contents, taken
from jupyter_journey.steps.provenance import FIGURES

__all__ = ["Script", "page", "script", "write_html"]

# Best first: what a page without scripts can show of an output.
_SHOWN = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")
_SIGNALS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
"""What colours text in a terminal."""
_HIDDEN_TAGS = frozenset({"parameters", "injected-parameters", "hide-input"})


class Block(NamedTuple):
    """One piece of a page: ``kind`` is prose, html, picture, image, text, error or foot."""

    kind: str
    content: str


class Script(NamedTuple):
    """A script of the package, and the digest by which a page's policy lets it run."""

    text: str
    digest: str


def write_html(notebook: Path, index: str = "") -> Path:
    """Write an executed notebook as HTML beside it, and return the file.

    The page carries its own style for light, dark and print. Its content security policy lets no
    script run and nothing be fetched, whatever the outputs hold.

    Parameters
    ----------
    notebook
        The executed notebook.
    index
        Where the page of all reports lies, seen from this one; empty: there is none.

    Raises
    ------
    SourceError
        If the file is no notebook.
    PersonalDataError
        If it holds personal data, and its metadata don't say why.
    """
    import nbformat

    try:
        content = nbformat.reads(notebook.read_text(encoding="utf-8"), as_version=4)
    except (OSError, ValueError) as error:
        raise SourceError(
            source=str(notebook), reason=f"is no notebook ({error})", way_out="Run the step again"
        ) from error
    target = notebook.with_suffix(".html")
    check_notebook(content, str(target))
    contents = Contents()
    blocks = [block for cell in content.cells for block in _blocks(cell, contents)]
    language = _language(content)
    text = page(
        "report.html.j2",
        title=contents.title or notebook.stem,
        blocks=[block for block in blocks if block.kind != "foot"],
        foot=[block.content for block in blocks if block.kind == "foot"],
        headings=contents.headings,
        code=[cell.source for cell in content.cells if _is_told(cell)],
        index=index,
        language=language,
        words=catalogue.texts(language)["page"],
    )
    write(target, text.encode(), None, overwrite=True)
    return target


def _language(content: Any) -> str:
    """Return the report's language: as its foot says, else as it was asked for."""
    for cell in content.cells:
        for output in cell.get("outputs", ()):
            language = output.get("metadata", {}).get(FIGURES, {}).get("language")
            if language in catalogue.languages():
                return str(language)
    asked = content.metadata.get("papermill", {}).get("parameters", {}).get("language")
    return asked if asked in catalogue.languages() else "en"


def _is_told(cell: Any) -> bool:
    """Tell whether a cell's code is of use to a reader."""
    hidden = _HIDDEN_TAGS & set(cell.metadata.get("tags", ()))
    return bool(cell.cell_type == "code" and cell.source.strip() and not hidden)


def page(name: str, **context: Any) -> str:
    """Fill one of the autoescaped page templates in ``reports/pages``."""
    return str(_environment().get_template(name).render(**context))


@cache
def script(name: str) -> Script:
    """Return one of the package's own scripts in ``reports/pages``."""
    text = (Path(__file__).parent / "pages" / name).read_text(encoding="utf-8")
    digest = b64encode(sha256(text.encode()).digest()).decode()
    return Script(Markup(text), f"sha256-{digest}")  # noqa: S704 - the package's own


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


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = Path(__file__).parent / "pages"
    return Environment(
        autoescape=True,
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
