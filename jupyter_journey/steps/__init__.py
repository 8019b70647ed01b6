"""The seven steps: each reads a journey, computes, checks, and hands the journey on.

A step is a pure function ``run(journey, request)`` that returns a :class:`Result`; the notebook
templates, the command line and the tests all call it.
"""

from jupyter_journey.steps import (
    data,
    goals,
    milestones,
    personas,
    stages,
    touchpoints,
    visualisation,
)
from jupyter_journey.steps.findings import LEVELS, check, rules
from jupyter_journey.steps.reported import reported
from jupyter_journey.steps.request import Request, written
from jupyter_journey.steps.result import Result
from jupyter_journey.steps.ways import STEPS, steps_of, way_of

__all__ = [
    "LEVELS",
    "STEPS",
    "Request",
    "Result",
    "check",
    "data",
    "goals",
    "milestones",
    "personas",
    "reported",
    "rules",
    "stages",
    "steps_of",
    "touchpoints",
    "visualisation",
    "way_of",
    "written",
]
