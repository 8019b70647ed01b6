"""Metrics: what each means and how data give it, and the figures they put on a map."""

from jupyter_journey.metrics.drifting import drift
from jupyter_journey.metrics.measuring import measure
from jupyter_journey.metrics.registry import METRICS, table
from jupyter_journey.metrics.staleness import stale

__all__ = ["METRICS", "drift", "measure", "stale", "table"]
