"""Figures don't depend on whether a log lies in memory or in partitions on disk."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import jupyter_journey as jj
from jupyter_journey.events import Log, read_events
from jupyter_journey.metrics import measure, stale
from jupyter_journey.model.records import Settings
from jupyter_journey.steps import Request, data

SAAS = Path(__file__).parents[2] / "sample_data" / "saas"
STAGES = {
    "awareness": ("visit",),
    "consideration": ("try",),
    "decision": ("subscribe",),
    "retention": ("renew",),
    "advocacy": ("recommend",),
    "expansion": ("upgrade",),
}
RULES = {"adoption": ("is use where part = map", "matches ^finish")}
EVENTS = [*(name for names in STAGES.values() for name in names), "use", "finish", "cancel", "ask"]
FEW = settings(max_examples=settings().max_examples // 16)


def journey() -> jj.Journey:
    base = jj.Journey.new("Acme")
    stages = base.stages.assign(
        events=[STAGES.get(key, ()) for key in base.stages["id"]],
        rules=[RULES.get(key, ()) for key in base.stages["id"]],
    )
    base = base.replace("stages", stages).change(settings=Settings(min_group=5))
    base = base.add("segments", name="Ads", where={"channel": "ad"})
    base = base.add("touchpoints", name="Editor", stage_id="adoption", events=("use", "finish"))
    about = {"event": "finish", "from_stage_id": "decision", "to_stage_id": "adoption"}
    return base.add("milestones", name="First result", **about)


def events(seed: int) -> pd.DataFrame:
    """90 customers over eight months; ties, some channels missing, events in any order."""
    draw = np.random.default_rng(seed)
    n = 1500
    start = pd.Timestamp("2026-01-01", tz="UTC")
    frame = pd.DataFrame(
        {
            "customer": [f"c{number}" for number in draw.integers(0, 90, n)],
            "event": draw.choice(EVENTS, n),
            "time": start + pd.to_timedelta(draw.integers(0, 240 * 24, n), unit="h"),
            "channel": draw.choice(["ad", "search", None], n),
            "part": draw.choice(["map", "table"], n),
        }
    )
    return frame.astype(dict.fromkeys(["channel", "part"], "string"))


def figures(journey: jj.Journey, log: Log, **filters: str) -> pd.DataFrame:
    return measure(journey, {"events": log}, **filters).measurements.drop(columns="computed_at")


@given(seed=st.integers(0, 1 << 20), partitions=st.integers(1, 7))
@FEW
def test_figures_of_partitions_are_those_of_the_whole(seed: int, partitions: int) -> None:
    base, log = journey(), read_events(events(seed))
    parts = log.partitioned(partitions)
    for filters in ({}, {"period": "2026-03/2026-05", "segment": "Ads"}):
        whole = figures(base, log, **filters)
        assert len(whole) > 15
        pd.testing.assert_frame_equal(figures(base, parts, **filters), whole)


def test_a_journey_keeps_into_how_many_partitions_its_log_goes(tmp_path: Path) -> None:
    shutil.copytree(SAAS, tmp_path / "saas")
    whole = jj.Journey.load(tmp_path / "saas" / "saas.journey.json")
    (log,) = (source for source in whole.document.sources if source.role == "events")
    spec = {**log.spec, "partitions": "3"}
    parted = whole.replace(
        "sources",
        [
            source.model_copy(update={"spec": spec}) if source is log else source
            for source in whole.document.sources
        ],
    )
    one, other = (data.run(given, Request(period="2025")) for given in (whole, parted))
    assert list(one.frames) == list(other.frames)
    for name, frame in one.frames.items():
        pd.testing.assert_frame_equal(other.frames[name], frame)
    assert other.sentences == one.sentences
    # Where its rows lie changes no figure, so none goes stale.
    after = one.journey.replace("sources", parted.document.sources)
    assert stale(after).empty
