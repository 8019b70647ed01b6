"""Jupyter Journey, from partitions on disk."""

from peers.ours import PLAIN, QUESTIONS

from jupyter_journey import read_events

__all__ = ["PLAIN", "QUESTIONS", "load"]


def load(path):
    log = read_events(
        path, columns={"customer": "user_id", "time": "timestamp"}, keep=[], partitions=24
    )
    log.first  # noqa: B018 - codes and sorts
    return log
