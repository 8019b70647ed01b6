"""Charts that show without JavaScript: a picture beside the specification."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import altair as alt

from jupyter_journey.charts.drawing import drawn
from jupyter_journey.charts.theme import config, number_signs
from jupyter_journey.charts.voice import voice

__all__ = ["StaticChart", "show"]

Chart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart


class StaticChart:
    """A chart in the house look, with a picture and words for viewers that run no code."""

    def __init__(self, chart: Chart, language: str = "en") -> None:
        self.chart = chart
        """The Altair chart, to be changed and shown again."""
        self._say = voice(language)

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification; what the chart itself configures goes before the house's."""
        spec: dict[str, Any] = self.chart.to_dict()
        # Altair's own default theme isn't the chart's wish.
        own = {} if self.chart.config is alt.Undefined else self.chart.config.to_dict()
        return spec | {"config": config() | number_signs(self._say) | own}

    @property
    def text(self) -> str:
        """What the chart says, in words."""
        return str(self.spec.get("description", self._say("charts", "no_description")))

    @cached_property
    def svg(self) -> str:
        """The picture, with its words for screen readers; its marks have their tooltips."""
        return drawn(self.spec, self.text)

    def _repr_mimebundle_(
        self,
        include: Any = None,  # noqa: ARG002
        exclude: Any = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        major = alt.SCHEMA_VERSION.split(".")[0]
        data = {
            f"application/vnd.vegalite.{major}+json": self.spec,
            "image/svg+xml": self.svg,
            "text/plain": self.text,
        }
        return data, {"image/svg+xml": {"alt": self.text}}

    def __repr__(self) -> str:
        return self.text


def show(chart: Chart, language: str = "en") -> StaticChart:
    """Return a chart in the house look that shows in JupyterLab, on GitHub and in e-mail alike.

    Examples
    --------
    >>> import pandas as pd
    >>> from jupyter_journey.charts import funnel
    >>> columns = ["stage", "customers", "n", "rate", "low", "high", "share"]
    >>> rows = [["Visit", 40, 40, 1, 0.9, 1, 1], ["Trial", 10, 40, 0.25, 0.14, 0.4, 0.25]]
    >>> show(funnel(pd.DataFrame(rows, columns=columns)))
    Customers per stage. Visit: 40. Trial: 10, 25% of the stage before (14% to 40%).
    """
    return StaticChart(chart, language)
