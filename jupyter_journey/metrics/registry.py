"""The metrics that events give, by id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jupyter_journey.metrics.churn import churn
from jupyter_journey.metrics.conversion import (
    conversion,
    entrants,
    milestone_reach,
    side_stages,
)
from jupyter_journey.metrics.figures import Metric
from jupyter_journey.metrics.first_value import activation_rate, time_to_first_value

__all__ = ["METRICS"]

METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.id: metric
        for metric in (
            Metric("OWN-01", "Customers", "", "up", "conversion", entrants),
            Metric("MET-37", "Conversion rate", "share", "up", "conversion", conversion),
            Metric("MET-05", "Activation rate", "share", "up", "activation-rate", activation_rate),
            Metric(
                "MET-06",
                "Time to first value",
                "days",
                "down",
                "time-to-first-value",
                time_to_first_value,
            ),
            Metric("MET-01", "Customer churn", "share", "down", "metrics", churn),
            Metric("OWN-02", "Ever came here", "share", None, "metrics", side_stages),
            Metric("OWN-03", "Milestone reached", "share", "up", None, milestone_reach),
        )
    }
)
"""Metric by id. To add one: a function from inputs to figures, and its line here."""
