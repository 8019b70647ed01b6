"""Metrics: what each means and how data give it, and the figures they put on a map."""

from jupyter_journey.metrics.measuring import measure
from jupyter_journey.metrics.registry import METRICS, table

__all__ = ["METRICS", "measure", "table"]
