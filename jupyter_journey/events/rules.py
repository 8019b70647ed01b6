"""Rules by which a journey names events: exact, by beginning, by pattern, by a property."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ParameterError

__all__ = ["Rule"]

_SHAPE = re.compile(r"(is|starts with|matches) (.+?)(?: where (.+))?", re.DOTALL)
_CONDITION = re.compile(r"(.+?) ?= ?(.*)", re.DOTALL)
_WAYS = (
    "Write 'is visit', 'starts with trial_' or 'matches ^trial_.*$', each with "
    "' where page = /pricing and plan = team' behind it if need be."
)


@dataclass(frozen=True)
class Rule:
    """Which events are meant.

    Examples
    --------
    >>> rule = Rule.parse("starts with trial_ where plan = team and country = DE")
    >>> rule.names(["trial_start", "trial_end", "buy"]), rule.where
    (['trial_start', 'trial_end'], (('plan', 'team'), ('country', 'DE')))
    """

    kind: Literal["is", "starts with", "matches"]
    text: str
    where: tuple[tuple[str, str], ...] = ()
    """Column and value as text; all must hold."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a rule as a journey writes it.

        Raises
        ------
        ParameterError
            If it is none.
        """
        shape = _SHAPE.fullmatch(text.strip())
        if shape is None:
            raise _refused(text, "is no rule")
        conditions = []
        for part in shape[3].split(" and ") if shape[3] else []:
            condition = _CONDITION.fullmatch(part.strip())
            if condition is None:
                raise _refused(text, f"has no condition in {part!r}")
            conditions.append((condition[1], condition[2]))
        rule = cls(shape[1], shape[2], tuple(conditions))  # type: ignore[arg-type]
        rule.names([])
        return rule

    def names(self, events: Sequence[str]) -> list[str]:
        """Return the events it means, in their order; conditions aside."""
        if self.kind == "is":
            return [name for name in events if name == self.text]
        if self.kind == "starts with":
            return [name for name in events if name.startswith(self.text)]
        array = pa.array(events, pa.string())
        try:
            fits = pc.match_substring_regex(array, self.text)
        except pa.ArrowInvalid as error:
            raise _refused(str(self), f"is no pattern ({error})") from error
        return list(array.filter(fits).to_pylist())

    def __str__(self) -> str:
        conditions = " and ".join(f"{column} = {value}" for column, value in self.where)
        return f"{self.kind} {self.text}" + (f" where {conditions}" if conditions else "")


def _refused(text: str, reason: str) -> ParameterError:
    return ParameterError(
        template_name="mapping of events", parameter=text, reason=f"{reason}. {_WAYS}"
    )
