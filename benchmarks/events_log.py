"""A made-up event log of any size: few customers do much, most do little; no two events tie."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["STAGES", "write"]

STAGES = [
    "visit", "sign_up", "confirm", "create_project", "invite", "start_trial", "subscribe", "renew",
]  # fmt: skip
OTHERS = [
    "view_pricing", "read_docs", "read_blog", "log_in", "log_out", "search", "export", "share",
    "dashboard", "call_api", "settings", "open_message", "open_mail", "click_mail", "ask_support",
    "chat", "error", "payment_error", "view_cancel", "answer_survey", "join_webinar", "refer",
]  # fmt: skip
CHANNELS = ["direct", "mail", "organic", "paid", "partner", "referral", "social"]
PLANS = ["free", "solo", "team", "business"]
_DAY = 86_400_000
_FILE = 10_000_000


def write(rows: int, folder: Path) -> Path:
    """Write the log of so many rows as Parquet; return its path.

    Up to ten million rows it is one file; a larger one is a folder of such files, each with
    customers of its own.
    """
    path = folder / f"events-{rows}.parquet"
    folder.mkdir(parents=True, exist_ok=True)
    if path.exists():
        return path
    if rows <= _FILE:
        _write(rows, path, 7, "u")
        return path
    unfinished = folder / f"events-{rows}.unfinished"
    unfinished.mkdir(exist_ok=True)
    for number, begin in enumerate(range(0, rows, _FILE)):
        part = unfinished / f"{number:03}.parquet"
        _write(min(_FILE, rows - begin), part, 7 + number, f"u{number:03}-")
    return unfinished.rename(path)


def _write(rows: int, path: Path, seed: int, prefix: str) -> None:
    """Write one file, in the order of time."""
    draw = np.random.default_rng(seed)
    size = _sizes(rows, draw)
    user = np.repeat(np.arange(len(size)), size)
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    place = np.arange(rows) - start[user]
    event, stage = _events(place, size, user, draw)
    time = _times(place, user, start, draw)
    paid = event == STAGES.index("subscribe")
    revenue = np.where(paid, np.round(draw.gamma(2, 30, rows), 2), np.nan)
    order = np.argsort(time, kind="stable")
    names = np.array(
        [f"{prefix}{number:08}" for number in draw.permutation(3 * len(size))[: len(size)]]
    )

    def coded(codes: np.ndarray, labels: object) -> pa.Array:
        indices = pa.array(codes[order].astype(np.int32))
        return pa.DictionaryArray.from_arrays(indices, pa.array(labels)).cast(pa.string())

    table = pa.table(
        {
            "user_id": coded(user, names),
            "timestamp": pa.array(time[order], pa.timestamp("ms")),
            "event": coded(event, STAGES + OTHERS),
            "channel": coded(draw.integers(0, len(CHANNELS), len(size))[user], CHANNELS),
            "stage": coded(np.maximum(stage, 0), STAGES),
            "plan": coded(draw.integers(0, len(PLANS), len(size))[user], PLANS),
            "revenue": pa.array(revenue[order], from_pandas=True),
        }
    )
    pq.write_table(table, path, compression="zstd", row_group_size=1_000_000)


def _sizes(rows: int, draw: np.random.Generator) -> np.ndarray:
    """Return how many events each customer has: lognormal with a Pareto tail, rows in all."""
    size = np.floor(draw.lognormal(2.1, 1.15, rows // 8 + 10)).astype(np.int64) + 1
    tail = draw.random(len(size)) < 0.004
    size[tail] += np.minimum((draw.pareto(1.3, tail.sum()) + 1) * 120, 20_000).astype(np.int64)
    last = int(np.searchsorted(np.cumsum(size), rows))
    size = size[: last + 1]
    size[-1] -= size.sum() - rows
    return size[size > 0]


def _events(
    place: np.ndarray, size: np.ndarray, user: np.ndarray, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return the event of each row, and the stage reached: stages in order, others between."""
    weights = 1 / np.arange(1, len(OTHERS) + 1)
    event = len(STAGES) + draw.choice(len(OTHERS), len(place), p=weights / weights.sum())
    reached = np.minimum(draw.geometric(0.45, len(size)), np.minimum(size, len(STAGES)))
    step = np.maximum(size // (reached + 1), 1)[user]
    stage = np.minimum(place // step, reached[user] - 1)
    hit = (place % step == 0) & (place // step < reached[user])
    event[hit] = stage[hit]
    return event, stage


def _times(
    place: np.ndarray, user: np.ndarray, start: np.ndarray, draw: np.random.Generator
) -> np.ndarray:
    """Return milliseconds since 1970: short gaps in a session, long ones between sessions."""
    gap = np.maximum(draw.lognormal(np.log(40_000), 1.1, len(place)), 1).astype(np.int64)
    away = draw.random(len(place)) < 0.14
    gap[away] = np.maximum(draw.lognormal(np.log(20 * 3_600_000), 1.4, away.sum()), 2_000_000)
    gap[place == 0] = 0
    spans = np.add.reduceat(gap, start)
    gap = np.maximum(gap * np.minimum(1, 300 * _DAY / np.maximum(spans, 1))[user], place > 0)
    passed = np.cumsum(gap.astype(np.int64))
    begin = np.datetime64("2024-01-08", "ms").astype(np.int64)
    first = draw.integers(0, 150 * _DAY, len(start))
    return begin + first[user] + passed - passed[start][user]
