"""pandas."""

from itertools import pairwise

import pandas as pd
from peers.shape import STAGES, by_pair, by_step


def load(path):
    frame = pd.read_parquet(path)
    for name in ("user_id", "event", "channel", "stage", "plan"):
        frame[name] = frame[name].astype("category")
    return frame.sort_values(["user_id", "timestamp", "event"], ignore_index=True)


def next_event(frame):
    same = frame["user_id"].eq(frame["user_id"].shift(-1))
    return frame["event"].shift(-1).where(same)


def transitions(frame):
    pairs = pd.DataFrame({"source": frame["event"], "target": next_event(frame)}).dropna()
    return pairs.groupby(["source", "target"], observed=True).size()


def entries(frame):
    found, before = [], None
    for name in STAGES:
        part = frame.loc[frame["event"] == name, ["user_id", "timestamp"]]
        if before is not None:
            last = part["user_id"].map(before.set_index("user_id")["timestamp"])
            part = part[part["timestamp"] > last.astype(part["timestamp"].dtype)]
        before = part.groupby("user_id", observed=True, as_index=False)["timestamp"].min()
        found.append(before)
    return found


def stage_times(frame):
    answers = []
    found = entries(frame)
    for left, right in pairwise(found):
        both = right.merge(left, on="user_id")
        seconds = (both["timestamp_x"] - both["timestamp_y"]).dt.total_seconds()
        answers.append(seconds.quantile([0.5, 0.9]).tolist())
    return answers


def edge_times(frame):
    gap = frame["timestamp"].shift(-1) - frame["timestamp"]
    pairs = pd.DataFrame(
        {"source": frame["event"], "target": next_event(frame), "s": gap.dt.total_seconds()}
    ).dropna()
    return pairs.groupby(["source", "target"], observed=True)["s"].median()


def step_matrix(frame):
    step = frame.groupby("user_id", observed=True).cumcount() + 1
    kept = step <= 10
    return frame[kept].groupby([step[kept], "event"], observed=True).size()


def cohorts(frame):
    week = frame["timestamp"].dt.to_period("W").dt.start_time
    first = week.groupby(frame["user_id"], observed=True).transform("min")
    seen = pd.DataFrame({"user": frame["user_id"], "first": first, "week": week}).drop_duplicates()
    age = (seen["week"] - seen["first"]).dt.days // 7
    return seen.groupby(["first", age]).size()


def variants(frame):
    paths = frame["event"].astype(str).groupby(frame["user_id"], observed=True).agg(" > ".join)
    return paths.value_counts().head(20)


def sessions(frame):
    new = frame["user_id"].ne(frame["user_id"].shift())
    new |= frame["timestamp"].diff() > pd.Timedelta("30min")
    keys = [frame["user_id"], new.cumsum().rename("session")]
    return frame.groupby(keys, observed=True)["timestamp"].agg(["min", "max", "size"])


QUESTIONS = {
    "transitions": transitions,
    "funnel": lambda frame: [len(part) for part in entries(frame)],
    "stage_times": stage_times,
    "edge_times": edge_times,
    "step_matrix": step_matrix,
    "cohorts": cohorts,
    "variants": variants,
    "sessions": sessions,
}


def pairs(series):
    return by_pair(*zip(*series.index, strict=True), series)


PLAIN = {
    "transitions": pairs,
    "funnel": list,
    "stage_times": list,
    "edge_times": pairs,
    "step_matrix": lambda s: by_step(*zip(*s.index, strict=True), s),
    "cohorts": lambda s: {f"{first:%Y-%m-%d} +{age}": int(n) for (first, age), n in s.items()},
    "variants": lambda s: s.tolist(),
    "sessions": len,
}
