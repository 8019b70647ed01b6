"""What pm4py and Retentioneering say about an event log, written down for the tests.

    pip install -r benchmarks/requirements-events.txt
    python benchmarks/peer_answers.py [--data FILE.csv] [--out FILE.json]

The file needs ``customer``, ``event``, ``time`` and may have ``sequence``. Both peers order events
by time alone, so events of a customer at the same time are put a microsecond apart, in the order of
our tie rule: sequence, then label of the event.
"""

from __future__ import annotations

import argparse
import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ["RETENTIONEERING_NO_TRACK"] = "1"

import pandas as pd
import pm4py
from peers import with_pm4py, with_retentioneering
from retentioneering import Eventstream

ROOT = Path(__file__).parents[1]
CDNOW = ROOT / "sample_data" / "cdnow" / "events.csv"
FUNNEL = ["first_order", "second_order", "regular_order", "lapsed", "won_back"]
TOP = 100
OUT = ROOT / "tests" / "events" / "peer_answers.json"


def main() -> None:
    """Ask both peers and write their answers."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--data", type=Path, default=CDNOW)
    asked.add_argument("--out", type=Path, default=OUT)
    asked.add_argument("--funnel", nargs="+", default=FUNNEL, metavar="EVENT")
    options = asked.parse_args()
    log = ordered(pd.read_csv(options.data, dtype={"customer": "str", "event": "str"}))
    answers = {
        "data": options.data.name,
        "rows": len(log),
        "versions": {name: version(name) for name in ("pm4py", "retentioneering", "pandas")},
        "pm4py": asked_of_pm4py(log),
        "retentioneering": asked_of_retentioneering(log, options.funnel),
    }
    text = json.dumps(answers, indent=1, sort_keys=True, ensure_ascii=False)
    options.out.write_text(text + "\n", encoding="utf-8")


def ordered(log: pd.DataFrame) -> pd.DataFrame:
    """Return the log in our order, ties made distinct."""
    log["time"] = pd.to_datetime(log["time"], format="ISO8601", utc=True).dt.tz_localize(None)
    keys = [name for name in ("customer", "time", "sequence", "event") if name in log]
    log = log.sort_values(keys, ignore_index=True)[["customer", "event", "time"]]
    later = log.groupby(["customer", "time"]).cumcount()
    log["time"] = log["time"].astype("datetime64[us]") + pd.to_timedelta(later, unit="us")
    return log.rename(columns={"customer": "user_id", "time": "timestamp"})


def asked_of_pm4py(log: pd.DataFrame) -> dict[str, Any]:
    """Return transitions, median seconds by transition, and the most frequent variants."""
    names = {"case_id": "user_id", "activity_key": "event", "timestamp_key": "timestamp"}
    frame = pm4py.format_dataframe(log.copy(), **names)
    answers = {name: ask(frame) for name, ask in with_pm4py.QUESTIONS.items()}
    plain = {name: with_pm4py.PLAIN[name](answers[name]) for name in ("transitions", "edge_times")}
    paths = sorted(answers["variants"].items(), key=lambda item: (-item[1], item[0]))
    most = [[" → ".join(path), int(count)] for path, count in paths[:TOP]]
    return plain | {"variants": most, "number_of_variants": len(paths)}


def asked_of_retentioneering(log: pd.DataFrame, funnel: list[str]) -> dict[str, Any]:
    """Return transitions, the funnel's customers, and customers by step and event."""
    columns = {"path_cols": ["user_id"], "event_col": "event", "timestamp_col": "timestamp"}
    stream = Eventstream(log.copy(), schema=columns)
    plain, questions = with_retentioneering.PLAIN, with_retentioneering.QUESTIONS
    return {
        "funnel_stages": funnel,
        "funnel": plain["funnel"](stream.funnel_data(funnel)),
        "transitions": plain["transitions"](questions["transitions"](stream)),
        "step_matrix": plain["step_matrix"](questions["step_matrix"](stream)),
        "sessions_of_30_days": int(
            stream.split_sessions(timeout="30d").to_dataframe()["session_id"].nunique()
        ),
    }


if __name__ == "__main__":
    main()
