"""Widgets: a journey or a frame that is edited in the notebook. No drawing stands here."""

from jupyter_journey.grids.journey_grid import JourneyGrid

__all__ = ["JourneyGrid"]
