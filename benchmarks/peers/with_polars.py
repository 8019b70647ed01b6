"""Polars."""

from itertools import pairwise

import polars as pl
from peers.shape import STAGES, by_pair, by_step

SAME = pl.col("user_id") == pl.col("user_id").shift(-1)


def load(path):
    frame = pl.read_parquet(path)
    texts = [pl.col(name).cast(pl.Categorical) for name in ("event", "channel", "stage", "plan")]
    return frame.sort(["user_id", "timestamp", "event"]).with_columns(*texts)


def edges(frame):
    gap = pl.col("timestamp").shift(-1) - pl.col("timestamp")
    return (
        frame.lazy()
        .select(
            source="event",
            target=pl.when(SAME).then(pl.col("event").shift(-1)),
            seconds=gap.dt.total_milliseconds() / 1000,
        )
        .drop_nulls("target")
    )


def entries(frame):
    found, before = [], None
    for name in STAGES:
        part = frame.lazy().filter(pl.col("event") == name).select("user_id", "timestamp")
        if before is not None:
            part = part.join(before.lazy().rename({"timestamp": "before"}), on="user_id").filter(
                pl.col("timestamp") > pl.col("before")
            )
        before = part.group_by("user_id").agg(pl.col("timestamp").min()).collect()
        found.append(before)
    return found


def stage_times(frame):
    found = entries(frame)
    answers = []
    for left, right in pairwise(found):
        gap = pl.col("timestamp") - pl.col("timestamp_right")
        seconds = right.join(left, on="user_id").select(gap.dt.total_milliseconds() / 1000)
        column = seconds.to_series()
        answers.append([column.quantile(q, "linear") for q in (0.5, 0.9)])
    return answers


def step_matrix(frame):
    step = pl.int_range(1, pl.len() + 1).over("user_id")
    steps = frame.lazy().select("event", step=step).filter(pl.col("step") <= 10)
    return steps.group_by("step", "event").len().collect()


def cohorts(frame):
    week = pl.col("timestamp").dt.truncate("1w").dt.date()
    seen = frame.lazy().select("user_id", week=week).unique()
    seen = seen.with_columns(first=pl.col("week").min().over("user_id"))
    age = (pl.col("week") - pl.col("first")).dt.total_days() // 7
    return seen.group_by("first", age=age).len().collect()


def variants(frame):
    paths = frame.lazy().group_by("user_id").agg(pl.col("event").cast(pl.String))
    joined = paths.select(variant=pl.col("event").list.join(" > "))
    return joined.group_by("variant").len().sort("len", descending=True).head(20).collect()


def sessions(frame):
    gap = pl.col("timestamp").diff() > pl.duration(minutes=30)
    new = (pl.col("user_id") != pl.col("user_id").shift(1)).fill_null(True) | gap.fill_null(True)
    numbered = frame.lazy().select("user_id", "timestamp", session=new.cum_sum())
    return (
        numbered.group_by("session")
        .agg(
            pl.col("user_id").first(),
            start=pl.col("timestamp").min(),
            end=pl.col("timestamp").max(),
            events=pl.len(),
        )
        .collect()
    )


QUESTIONS = {
    "transitions": lambda f: edges(f).group_by("source", "target").len().collect(),
    "funnel": lambda f: [len(part) for part in entries(f)],
    "stage_times": stage_times,
    "edge_times": lambda f: (
        edges(f).group_by("source", "target").agg(pl.col("seconds").median()).collect()
    ),
    "step_matrix": step_matrix,
    "cohorts": cohorts,
    "variants": variants,
    "sessions": sessions,
}
PLAIN = {
    "transitions": lambda f: by_pair(f["source"], f["target"], f["len"]),
    "funnel": list,
    "stage_times": list,
    "edge_times": lambda f: by_pair(f["source"], f["target"], f["seconds"]),
    "step_matrix": lambda f: by_step(f["step"], f["event"], f["len"]),
    "cohorts": lambda f: {f"{first} +{age}": n for first, age, n in f.rows()},
    "variants": lambda f: f["len"].to_list(),
    "sessions": len,
}
