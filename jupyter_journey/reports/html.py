"""Executed notebooks as HTML: one file, no script, no request to anywhere."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from jupyter_journey import catalogue
from jupyter_journey.model.storage import write

__all__ = ["Script", "page", "script", "write_html"]


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
    from jupyter_journey.reports.content import read  # slow to load; the index does without

    target = notebook.with_suffix(".html")
    content = read(notebook, target)
    text = page(
        "report.html.j2",
        content=content,
        title=content.title,
        index=index,
        language=content.language,
        words=catalogue.texts(content.language)["page"],
    )
    write(target, text.encode(), None, overwrite=True)
    return target


def page(name: str, **context: Any) -> str:
    """Fill one of the autoescaped page templates in ``reports/pages``."""
    return str(_environment().get_template(name).render(**context))


@cache
def script(name: str) -> Script:
    """Return one of the package's own scripts in ``reports/pages``."""
    text = (Path(__file__).parent / "pages" / name).read_text(encoding="utf-8")
    digest = b64encode(sha256(text.encode()).digest()).decode()
    return Script(Markup(text), f"sha256-{digest}")  # noqa: S704 - the package's own


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
