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
from jupyter_journey.steps.request import Request, written
from jupyter_journey.steps.result import Result

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
    "rules",
    "stages",
    "touchpoints",
    "visualisation",
    "written",
]

STEPS = ("goals", "personas", "touchpoints", "stages", "data", "milestones", "visualisation")
"""The names of the steps, in order (PROC-01)."""
