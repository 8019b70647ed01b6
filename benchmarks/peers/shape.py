"""The one plain shape all peers' answers are brought to before they are compared."""

from events_log import STAGES

__all__ = ["STAGES", "by_pair", "by_step"]


def by_pair(source, target, value):
    return {f"{a} > {b}": float(x) for a, b, x in zip(source, target, value, strict=True)}


def by_step(step, event, value):
    return {f"{s} {e}": int(x) for s, e, x in zip(step, event, value, strict=True) if x}
