"""What a cell shows without a kernel: HTML from autoescaped templates, and plain text beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

__all__ = ["Rendered", "render"]


@dataclass(frozen=True, repr=False)
class Rendered:
    """A result with an accessible HTML form and a plain one.

    The HTML is whole without its styles, which some viewers strip, and takes its colours from the
    page, so that it reads in light and dark.
    """

    html: str
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        return {"text/html": self.html, "text/plain": self.text}

    def __html__(self) -> str:
        """Let a template take this in as it is: every value in it was escaped already."""
        return self.html

    def __repr__(self) -> str:
        return self.text


def render(template: str, text: str, **values: Any) -> Rendered:
    """Fill a template of this package; every value is escaped."""
    return Rendered(_templates().get_template(template).render(**values), text)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
