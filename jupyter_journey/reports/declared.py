"""What a template declares: its parameters, their types, and the kernel it asks for."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self

from jupyter_journey.errors import ParameterError, UnknownNameError
from jupyter_journey.reports.grammar import grammar_later
from jupyter_journey.reports.plan import Plan
from jupyter_journey.reports.templates import TEMPLATES, unfilled
from jupyter_journey.reports.templates import template as template_of

__all__ = ["Template", "as_declared"]

_TYPES: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "dict": (dict,),
    "list": (list,),
}
_SECRET = re.compile(
    r"(^|_)(password|passwd|pwd|passphrase|secret|token|(api|access|private)_?key|credentials?)"
    r"(_|$)",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LOGIN = re.compile(r"://[^/\s:@]*:[^/\s@]+@")
_SEEN = "and would stand in the report. Set an environment variable"


@dataclass(frozen=True)
class Template:
    """A step's template, or a notebook of the user's own."""

    name: str
    """As the plan names it."""
    path: Path
    types: Mapping[str, str] = field(repr=False)
    """The type of each declared parameter, as far as the notebook says it."""
    is_step: bool
    is_native: bool
    """Whether its kernel is the Python this runs in."""

    @classmethod
    def of(cls, plan: Plan, name: str) -> Self:
        """Look a template up by a step's name or a notebook's path.

        Raises
        ------
        PlanError
            If there is none, or it is no notebook.
        """
        is_step = not name.endswith(".ipynb")
        if is_step and name not in TEMPLATES:
            hint = UnknownNameError(kind="template", name=name, known=TEMPLATES)
            reason = f"{hint} A notebook's path ends in .ipynb"
            raise plan.wrong("template", reason)
        path = template_of(name) if is_step else plan.place(name)
        try:
            types, kernel = _inspected(path)
        except (OSError, ValueError) as error:
            reason = f"{name!r} is no notebook that can be read ({error})"
            raise plan.wrong("template", reason) from error
        return cls(name, path, types, is_step, _is_native(kernel))

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return self.name if self.is_step else self.path.stem

    def folder(self, report: Path) -> Path:
        """Return where its cells work: a step's beside its report, a notebook's where it lies."""
        return report if self.is_step else self.path.parent

    def check(self, given: Mapping[str, Any]) -> None:
        """Refuse values a step's template would refuse."""
        if self.is_step:
            from jupyter_journey.steps import Request  # slow to load, and few need it

            Request.of(self.name, **given)


def _inspected(path: Path) -> tuple[dict[str, str], str]:
    with grammar_later():
        import nbformat
        import papermill

    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    kernel = str(notebook.metadata.get("kernelspec", {}).get("name", ""))
    if not kernel:
        message = "it names no kernel: open it in Jupyter, choose one, and save it"
        raise ValueError(message)
    found = papermill.inspect_notebook(unfilled(path))
    return {name: about["inferred_type_name"] for name, about in found.items()}, kernel


def _is_native(kernel: str) -> bool:
    """Tell whether a kernel is IPython's in the Python that runs this."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(kernel)
    except NoSuchKernel:
        return False
    command = spec.argv
    same = Path(command[0]).name == command[0] or Path(command[0]) == Path(sys.executable)
    return same and "ipykernel_launcher" in command and not spec.env


def as_declared(template: Template, name: str, value: Any) -> Any:
    """Return a value in the type a template declares for a parameter.

    Only texts are taken for something else, as a CSV file holds nothing but texts; lists and dicts
    are written there as JSON.

    Raises
    ------
    ParameterError
        If the template has no such parameter, or the value can't be it.
    """
    kind = template.types.get(name, "").split("[")[0].lower()
    read = _read(kind, value) if isinstance(value, str) else value
    reason = _objection(template, name) or _unfit(read) or _misfit(kind, read)
    if reason:
        raise ParameterError(template_name=template.name, parameter=name, reason=reason)
    return read


def _objection(template: Template, name: str) -> str:
    if name not in template.types:
        hint = UnknownNameError(kind="parameter", name=name, known=template.types)
        return f"isn't declared in its cell tagged parameters. {hint}"
    if _SECRET.search(_HUMP.sub("_", name)):
        return f"seems to be a secret, {_SEEN}"
    return ""


def _misfit(kind: str, value: Any) -> str:
    """Say why a value isn't of a declared type."""
    if kind not in _TYPES:
        return ""
    if isinstance(value, _TYPES[kind]) and (kind == "bool" or not isinstance(value, bool)):
        return ""
    way_out = ". Put it in quotes" if kind == "str" else ""
    return f"is a {kind}, and can't be {value!r} ({type(value).__name__}){way_out}"


def _unfit(value: Any) -> str:
    """Say why a notebook mustn't hold a value, or its JSON couldn't as it is."""
    if isinstance(value, float) and not math.isfinite(value):
        return f"can't be {value}: it is no number. Leave it out, or take null"
    if isinstance(value, str) and _LOGIN.search(value):
        return f"seems to hold a password, {_SEEN}"
    if isinstance(value, date):
        return f"can't be a date. Put it in quotes: '{value}'; in SQL, take strftime"
    if isinstance(value, tuple | set | frozenset):
        return f"can't be a {type(value).__name__}. Take a list"
    if isinstance(value, list):
        return next(filter(None, map(_unfit, value)), "")
    if isinstance(value, dict):
        odd = next((key for key in value if not isinstance(key, str)), None)
        if odd is not None:
            return f"has the key {odd!r}, which is no text. Put it in quotes"
        return next(filter(None, map(_unfit, value.values())), "")
    if value is None or isinstance(value, str | int | float):
        return ""
    return f"can't be of type {type(value).__name__}. Take a text or a number"


def _read(kind: str, text: str) -> Any:
    """Return what a text says, as this type; the text itself where it says nothing of the kind."""
    try:
        match kind:
            case "int":
                return int(text)
            case "float":
                return float(text) if math.isfinite(float(text)) else text
            case "bool":
                return {"true": True, "false": False}.get(text.strip().lower(), text)
            case "dict" | "list":
                return json.loads(text)
    except ValueError:
        return text
    return text
