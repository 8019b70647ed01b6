"""pm4py: the three of the questions it has."""

import pandas as pd
import pm4py
from peers.shape import by_pair


def load(path):
    frame = pd.read_parquet(path)
    frame = frame.sort_values(["user_id", "timestamp", "event"], ignore_index=True)
    return pm4py.format_dataframe(
        frame, case_id="user_id", activity_key="event", timestamp_key="timestamp"
    )


QUESTIONS = {
    "transitions": lambda frame: pm4py.discover_dfg(frame)[0],
    "edge_times": lambda frame: pm4py.discover_performance_dfg(
        frame, perf_aggregation_key="median"
    )[0],
    "variants": pm4py.get_variants,
}
PLAIN = {
    "transitions": lambda edges: by_pair(*zip(*edges, strict=True), edges.values()),
    "edge_times": lambda edges: by_pair(*zip(*edges, strict=True), edges.values()),
    "variants": lambda paths: sorted(map(int, paths.values()), reverse=True)[:20],
}
