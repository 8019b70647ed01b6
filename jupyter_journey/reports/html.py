"""Executed notebooks as HTML: one file, no script, no request to anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_journey import catalogue
from jupyter_journey.errors import SourceError
from jupyter_journey.model.storage import write
from jupyter_journey.privacy import check_notebook

__all__ = ["page", "write_html"]

# Best first: what a page without scripts can show of an output.
_SHOWN = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")
_HIDDEN_TAGS = frozenset({"parameters", "injected-parameters", "hide-input"})


class Block(NamedTuple):
    """One piece of a page: ``kind`` is markdown, code, html, picture, image, text or error."""

    kind: str
    content: str


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
    check_notebook(content, str(notebook.with_suffix(".html")))
    blocks = [block for cell in content.cells for block in _blocks(cell)]
    title = next((_heading(block) for block in blocks if block.kind == "markdown"), notebook.stem)
    target = notebook.with_suffix(".html")
    language = content.metadata.get("papermill", {}).get("parameters", {}).get("language") or "en"
    text = page(
        "report.html.j2",
        title=title,
        blocks=blocks,
        index=index,
        language=language,
        words=catalogue.texts(language)["page"],
    )
    write(target, text.encode(), None, overwrite=True)
    return target


def page(name: str, **context: Any) -> str:
    """Fill one of the autoescaped page templates in ``reports/pages``."""
    return str(_environment().get_template(name).render(**context))


def _blocks(cell: Any) -> Iterator[Block]:
    if cell.cell_type == "markdown":
        yield Block("markdown", cell.source)
    if cell.cell_type != "code":
        return
    if not _HIDDEN_TAGS & set(cell.metadata.get("tags", ())):
        yield Block("code", cell.source)
    for output in cell.outputs:
        block = _output(output)
        if block is not None:
            yield block


def _output(output: Any) -> Block | None:
    if output.output_type == "stream":
        return Block("text", output.text)
    if output.output_type == "error":
        return Block("error", f"{output.ename}: {output.evalue}")
    for kind in _SHOWN:
        if kind in output.data:
            return _as_block(kind, output.data[kind])
    return None


def _as_block(kind: str, data: str) -> Block:
    match kind:
        case "text/html":
            return Block("html", data)
        case "image/svg+xml":
            return Block("picture", data)
        case "image/png" | "image/jpeg":
            return Block("image", f"data:{kind};base64,{data.replace(chr(10), '')}")
        case "text/markdown":
            return Block("markdown", data)
        case _:
            return Block("text", data)


def _heading(block: Block) -> str:
    return block.content.lstrip("# ").splitlines()[0]


@cache
def _environment() -> Any:
    import mistune
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from nbconvert.filters import strip_ansi

    folder = Path(__file__).parent / "pages"
    environment = Environment(
        autoescape=True, loader=FileSystemLoader(folder), undefined=StrictUndefined
    )
    environment.filters["markdown"] = mistune.create_markdown(escape=True, plugins=["table"])
    environment.filters["plain"] = strip_ansi
    return environment
