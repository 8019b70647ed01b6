"""What a step's template is asked: the common parameters, checked, and the journey they open."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError

from jupyter_journey.errors import ParameterError, UnknownNameError
from jupyter_journey.events import Log
from jupyter_journey.events.inputs.origin import place_of
from jupyter_journey.metrics.sources import event_log, filters_of, same_log
from jupyter_journey.model.fields import Scalar
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.model.records import Source
from jupyter_journey.paths import file_name
from jupyter_journey.privacy import check_journey

__all__ = ["Request", "written"]


class Request(BaseModel):
    """The parameters common to the seven templates."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True
    )

    journey: str = ""
    """Path of the journey file to read; empty: a new journey."""
    output: str = ""
    """Path the journey is written back to; empty: not written."""
    title: str = ""
    """Another title for the map; empty: its own."""
    language: str = ""
    """Language code; empty: the journey's own."""
    map_type: str = ""
    """Id of a new journey's map type; a journey that exists keeps its own."""
    stage_model: str = ""
    """Id of a new journey's stage model, or one's own stages with commas between.

    A journey that exists keeps its own: step 4 shows what a change to these would do.
    """
    persona: str = ""
    """Show only this persona, by name or id."""
    segment: str = ""
    """Measure only this segment of the journey, by name or id."""
    where: dict[str, Scalar] = {}
    """Measure only customers whose first event says so, such as {"country": "DE"}."""
    period: str = ""
    """Measure only this period: 2026, 2026-Q1, 2026-01 or 2026-01-01/2026-03-31."""
    personal_data: str = ""
    """Why personal data may stand in the report, recorded in the journey; empty: they may not."""
    mode: Literal["report", "work", "teach"] = "report"
    """report: for readers; work: with an editable grid; teach: with the step's questions."""
    events: str = ""
    """Path or address of the event log; empty: the journey's source."""
    _read: tuple[object, Log] | None = PrivateAttr(None)
    """The event log read last, and what tells that reading would give it again."""

    @classmethod
    def of(cls, template: str = "template", /, **parameters: Any) -> Self:
        """Check parameters by name and type.

        Raises
        ------
        ParameterError
            If a name is unknown or a value of the wrong type; it names the parameter.

        Examples
        --------
        >>> Request.of(mode="report").mode
        'report'
        """
        for name in parameters:
            if name not in cls.model_fields:
                hint = UnknownNameError(kind="parameter", name=name, known=cls.model_fields)
                raise ParameterError(
                    template_name=template, parameter=name, reason=f"is unknown. {hint}"
                )
        try:
            return cls.model_validate(parameters)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            given = parameters.get(str(first["loc"][0]))
            raise ParameterError(
                template_name=template,
                parameter=str(first["loc"][0]),
                reason=f"can't be {given!r}: {first['msg']}",
            ) from error

    def open(self) -> Journey:
        """Load the journey, or start a new one, and let the parameters override what it says.

        Raises
        ------
        JourneyFileError
            If the journey's file is missing or malformed.
        UnknownNameError, ParameterError
            If the journey has no such persona, segment, language or map type, or the period can't
            be read: every step refuses them, whether it uses them or not.
        """
        opened = self._loaded() if self.journey else self._new()
        if self.events:
            opened = _with_events(opened, self.events)
        if self.personal_data:
            settings = opened.settings.model_copy(update={"personal_data": self.personal_data})
            opened = opened.change(settings=settings)
        filters_of(opened, self.period, self.segment, self.where, None)
        names = {persona.id: persona.name for persona in opened.document.personas}
        if self.persona:
            id_of("persona", self.persona, names)
        return opened

    def log(self, journey: Journey) -> Log:
        """Return the event log of a journey; read once for all steps, unless it changes.

        Raises
        ------
        SourceError, ColumnError
            If there is none, or it can't be read as declared.
        """
        same = same_log(journey)
        if self._read is not None and same is not None and self._read[0] == same:
            return self._read[1]
        self._read = None  # so that no two are in memory
        log = event_log(journey, None)
        self._read = (same, log)
        return log

    def _loaded(self) -> Journey:
        opened = Journey.load(self.journey)
        if self.map_type not in ("", opened.map_type):
            reason = (
                f"is {self.map_type!r}, but {self.journey} is a {opened.map_type!r} map, whose "
                "lanes are others. Make a new journey for another map type."
            )
            raise ParameterError(template_name="journey", parameter="map_type", reason=reason)
        changes = {"title": self.title, "language": self.language}
        return opened.change(**{name: value for name, value in changes.items() if value})

    @property
    def stages(self) -> str | list[str]:
        """What is asked for as stages: the id of a model, or the names of one's own."""
        names = [name.strip() for name in self.stage_model.split(",") if name.strip()]
        return names if "," in self.stage_model else self.stage_model

    def _new(self) -> Journey:
        return Journey.new(
            self.title or "Untitled journey",
            map_type=self.map_type or "current-state",
            stages=self.stages or "saas-8",
            language=self.language or "en",
        )


def _with_events(journey: Journey, path: str) -> Journey:
    """Let another event log stand in for the journey's own; its columns stay as declared."""
    others = [source for source in journey.document.sources if source.role != "events"]
    own = next((source for source in journey.document.sources if source.role == "events"), None)
    base = own or Source(id="events", name=file_name(path), role="events")
    return journey.replace("sources", [base.model_copy(update={"path": place_of(path)}), *others])


def written(journey: Journey, output: str) -> Journey:
    """Write a step's journey to ``output``; an empty ``output`` writes nothing.

    Writing back to the file that was read is refused if that file changed meanwhile; any other
    file is the step's own product and is replaced.

    Raises
    ------
    PersonalDataError
        If the journey holds personal data, and its settings don't say why.
    """
    if not output:
        return journey
    check_journey(journey, output)
    return journey.save(output, overwrite=Path(output).resolve() != journey.path)
