"""Jupyter Journey, from partitions on disk."""

from peers.ours import PLAIN, QUESTIONS

from jupyter_journey.events import stream_events

__all__ = ["PLAIN", "QUESTIONS", "load"]


def load(path):
    log = stream_events(path, columns={"customer": "user_id", "time": "timestamp"}, partitions=8)
    log.first  # noqa: B018 - codes and sorts
    return log
