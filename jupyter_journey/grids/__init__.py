"""Widgets: a journey or a frame that is edited in the notebook. No drawing stands here."""

from jupyter_journey.grids.frame_column import Column
from jupyter_journey.grids.frame_grid import FrameGrid
from jupyter_journey.grids.journey_grid import JourneyGrid
from jupyter_journey.grids.step_sheet import Worksheet, worksheet
from jupyter_journey.grids.walk import Walk

__all__ = ["Column", "FrameGrid", "JourneyGrid", "Walk", "Worksheet", "worksheet"]
