"""CHK-5xx: what the figures rest on, and which of them aren't shown."""

from __future__ import annotations

from collections.abc import Iterator

from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.findings import Hit, hit, rule


@rule("CHK-504", "warning")
def _several_sources(journey: Journey) -> Iterator[Hit]:
    count = len(journey.document.sources)
    if count < 2:
        yield hit("sources", count=count)


@rule("CHK-505", "warning")
def _suppressed(journey: Journey) -> Iterator[Hit]:
    stages = {stage.id: stage.name for stage in journey.document.stages}
    for figure in journey.document.measurements:
        if figure.suppressed:
            name = " · ".join(
                [figure.name, *([stages[figure.stage_id]] if figure.stage_id else [])]
            )
            where = f"measurements/{figure.id}"
            yield hit(where, name=name, min_group=journey.settings.min_group)
