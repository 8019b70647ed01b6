"""Retentioneering: the five of the questions it has; it drops fractions of seconds in times."""

import os

os.environ["RETENTIONEERING_NO_TRACK"] = "1"

import pandas as pd
from peers.shape import STAGES, by_pair
from retentioneering import Eventstream

ENDS = ["path_start", "path_end"]


def load(path):
    frame = pd.read_parquet(path)
    columns = {"path_cols": ["user_id"], "event_col": "event", "timestamp_col": "timestamp"}
    return Eventstream(frame, schema=columns)


QUESTIONS = {
    "transitions": lambda stream: stream.transition_graph_data(edge_weight="count"),
    "funnel": lambda stream: stream.funnel_data(STAGES),
    "edge_times": lambda stream: stream.transition_graph_data(edge_weight="time_median"),
    "step_matrix": lambda stream: (stream.step_matrix_data(max_steps=10), stream),
    "sessions": lambda stream: stream.split_sessions(timeout="30m"),
}


def cells(frame):
    return frame.drop(index=ENDS, columns=ENDS, errors="ignore").stack().dropna()


def counts(frame):
    made = cells(frame)
    made = made[made > 0]
    return by_pair(*zip(*made.index, strict=True), made)


def times(frame):
    made = cells(frame)
    return by_pair(*zip(*made.index, strict=True), made.dt.total_seconds())


def steps(answer):
    frame, stream = answer
    customers = stream.df["user_id"].nunique()
    cells = frame.drop(index=ENDS, errors="ignore").drop(columns=0, errors="ignore").stack()
    return {
        f"{step} {event}": round(share * customers)
        for (event, step), share in cells.items()
        if share and step <= 10
    }


PLAIN = {
    "transitions": counts,
    "funnel": lambda answer: [step["unique_paths"] for step in answer["steps"]],
    "edge_times": times,
    "step_matrix": steps,
    "sessions": lambda stream: stream.to_dataframe()["session_id"].nunique(),
}
