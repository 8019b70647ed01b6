"""Event logs: reading them, and one small module per question over one coded and sorted store."""

from jupyter_journey.events.log import EventLog
from jupyter_journey.events.periods import Period
from jupyter_journey.events.reading import read_events

__all__ = ["EventLog", "Period", "read_events"]
