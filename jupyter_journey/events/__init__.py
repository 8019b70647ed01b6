"""Event logs: reading them, and one small module per question over one coded and sorted store."""

from jupyter_journey.events.any_log import Log
from jupyter_journey.events.inputs.sniffing import sniff
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.interviews import read_interviews
from jupyter_journey.events.log import EventLog
from jupyter_journey.events.mapping import Mapped, coverage, mapped
from jupyter_journey.events.partitions import PartitionedLog
from jupyter_journey.events.periods import Period
from jupyter_journey.events.quality import quality
from jupyter_journey.events.reading import read_events
from jupyter_journey.events.roles import read_crm, read_spend, read_survey, read_tickets

__all__ = [
    "EventLog",
    "Log",
    "Mapped",
    "PartitionedLog",
    "Period",
    "ReadingSpec",
    "coverage",
    "mapped",
    "quality",
    "read_crm",
    "read_events",
    "read_interviews",
    "read_spend",
    "read_survey",
    "read_tickets",
    "sniff",
]
