"""Executed notebooks as PDF, set by Typst: no browser, no TeX."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jupyter_journey.errors import MissingExtraError
from jupyter_journey.model.storage import write
from jupyter_journey.reports.content import Block, read
from jupyter_journey.reports.outline import picture, tree

__all__ = ["typesetter", "write_pdf"]

_FONTS = {"fontpkg_noto_sans": "files", "noto_cjk_sans_otc": ""}
"""Packages that carry fonts, and where in them; the machine's own are taken, too."""


def write_pdf(notebook: Path) -> Path:
    """Write an executed notebook as PDF beside it, and return the file.

    What the page folds away, the tables below charts and the code, is left out; the map has a
    sheet of its own. Needs ``pip install 'jupyter-journey[pdf]'``; Chinese and Japanese the extra
    ``cjk`` as well where the machine has no such font.

    Parameters
    ----------
    notebook
        The executed notebook.

    Raises
    ------
    MissingExtraError
        If Typst isn't installed.
    SourceError
        If the file is no notebook.
    PersonalDataError
        If it holds personal data, and its metadata don't say why.
    """
    target = notebook.with_suffix(".pdf")
    setter = typesetter()
    content = read(notebook, target)
    said = {
        "title": content.title,
        "language": content.language,
        "nodes": _nodes(content.blocks),
        "foot": _nodes(content.foot),
    }
    made: bytes = setter.compile(
        (Path(__file__).parent / "pages" / "report.typ").read_bytes(),
        font_paths=list(_fonts()),
        sys_inputs={"report": json.dumps(said)},
    )
    write(target, made, None, overwrite=True)
    return target


def typesetter() -> Any:
    """Return the module ``typst``.

    Raises
    ------
    MissingExtraError
        If Typst isn't installed.
    """
    try:
        import typst
    except ModuleNotFoundError as error:
        raise MissingExtraError(what="PDF", package="typst", extra="pdf") from error
    return typst


@cache
def _fonts() -> tuple[str, ...]:
    found = []
    for package, folder in _FONTS.items():
        spec = find_spec(package)
        if spec and spec.origin:
            found.append(str(Path(spec.origin).parent / folder))
    return tuple(found)


def _nodes(blocks: Iterable[Block]) -> list[Any]:
    nodes: list[Any] = []
    for block in blocks:
        if block.kind in ("prose", "html", "foot"):
            nodes += tree(block.content)
        elif block.kind == "picture":
            nodes.append(picture(block.content))
        elif block.kind == "image":
            data = b64decode(block.content.partition(",")[2])
            nodes.append({"t": "image", "c": list(data)})
        else:
            nodes.append({"t": block.kind, "c": [block.content]})
    return nodes
