from pathlib import Path

import fsspec
import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey.errors import ParameterError
from jupyter_journey.events import read_events
from jupyter_journey.model.records import Measurement


def events(customers: int = 30) -> pd.DataFrame:
    names = [f"c{number}" for number in range(customers)]
    visit = pd.DataFrame({"customer": names, "event": "visit", "time": "2026-01-01"})
    return pd.concat([visit, visit.head(15).assign(event="buy", time="2026-01-02")])


def answers() -> pd.DataFrame:
    return pd.DataFrame({"touchpoint": "Till", "kind": "CSAT", "score": [4, 5] * 10})


@pytest.fixture
def measured(tmp_path: Path) -> jj.Journey:
    events().to_csv(tmp_path / "events.csv", index=False)
    answers().to_csv(tmp_path / "survey.csv", index=False)
    files = {role: str(tmp_path / f"{role}.csv") for role in ("events", "survey")}
    base = jj.Journey.new("Shop", stages=["Look", "Buy"], sources=files)
    base = base.replace("stages", base.stages.assign(events=[("visit",), ("buy",)]))
    base = base.add("touchpoints", name="Till", stage_id="buy")
    return jj.measure(base).add("measurements", name="By hand", metric="MET-13", value=3.0)


def changed(journey: jj.Journey, **fields: object) -> jj.Journey:
    """Change all figures that were measured."""
    records = [
        Measurement.model_validate(dict(record) | (fields if record.fingerprint else {}))
        for record in journey.document.measurements
    ]
    return journey.replace("measurements", records)


def test_figures_of_unchanged_files_are_fresh(measured: jj.Journey, tmp_path: Path) -> None:
    assert len(measured.measurements) > 4
    assert jj.stale(measured).empty
    saved = measured.save(tmp_path / "shop.journey.json")
    assert jj.stale(jj.Journey.load(saved.path or "")).empty


def test_an_address_is_a_source_like_a_file() -> None:
    place = "memory://shop-that-moves/events.csv"
    base = jj.Journey.new("Shop", stages=["Look", "Buy"], sources={"events": place})
    base = base.replace("stages", base.stages.assign(events=[("visit",), ("buy",)]))
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/shop-that-moves/events.csv", events().to_csv(index=False).encode())
    measured = jj.measure(base)
    assert measured.measurements["value"].tolist() == (
        jj.measure(base, {"events": events()}).measurements["value"].tolist()
    )
    assert jj.stale(measured).empty
    memory.pipe_file("/shop-that-moves/events.csv", events(29).to_csv(index=False).encode())
    assert set(jj.stale(measured)["reason"]) == {"The data have changed."}
    memory.rm("/shop-that-moves", recursive=True)
    assert set(jj.stale(measured)["state"]) == {"broken"}


def test_a_changed_file_makes_its_figures_stale_and_no_others(
    measured: jj.Journey, tmp_path: Path
) -> None:
    answers().tail(15).to_csv(tmp_path / "survey.csv", index=False)
    found = jj.stale(measured)
    frame = measured.measurements
    of_survey = frame.loc[frame["source_id"] == "survey", "id"].tolist()
    assert found["measurement"].tolist() == of_survey
    assert set(found["state"]) == {"stale"}
    assert set(found["reason"]) == {"The data have changed."}
    assert found.set_index("measurement").loc["met-32-buy", "stage"] == "Buy"
    assert jj.stale(jj.measure(measured)).empty


def test_a_file_that_is_gone_is_no_source(measured: jj.Journey, tmp_path: Path) -> None:
    (tmp_path / "survey.csv").unlink()
    found = jj.stale(measured)
    assert set(found["state"]) == {"no source"}
    assert set(found["reason"]) == {"The file survey.csv is gone."}


def test_the_files_of_a_pattern_or_folder_are_a_source(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    events().to_csv(tmp_path / "logs" / "1.csv", index=False)
    for place in ("logs/*.csv", "logs"):
        base = jj.Journey.new("Shop", stages=["Look"], sources={"events": str(tmp_path / place)})
        base = base.replace("stages", base.stages.assign(events=[("visit",)]))
        log, figures = jj.read_events(tmp_path / place), jj.measure(base)
        assert jj.stale(figures).empty
        events(40).to_csv(tmp_path / "logs" / "2.csv", index=False)
        for one in (figures, jj.measure(base, {"events": log})):
            assert set(jj.stale(one)["reason"]) == {"The data have changed."}
        (tmp_path / "logs" / "2.csv").unlink()


def test_a_source_that_cannot_be_read_is_broken(measured: jj.Journey, tmp_path: Path) -> None:
    (tmp_path / "survey.csv").unlink()
    (tmp_path / "survey.csv").mkdir()
    found = jj.stale(measured)
    assert set(found["state"]) == {"broken"}
    assert found["reason"].str.contains("holds no file").all()


def test_another_mapping_makes_figures_stale(measured: jj.Journey) -> None:
    stages = measured.stages.assign(events=[("visit",), ("visit", "buy")])
    found = jj.stale(measured.replace("stages", stages))
    assert len(found) == (measured.measurements["fingerprint"] != "").sum()
    assert found["reason"].str.contains("stand for in the journey has changed").all()


def test_what_figures_are_read_by_and_their_settings_make_them_stale(
    measured: jj.Journey,
) -> None:
    sources = measured.sources
    read = [{"time": "time"} if role == "events" else {} for role in sources["role"]]
    found = jj.stale(measured.replace("sources", sources.assign(columns=read)))
    frame = measured.measurements
    assert found["measurement"].tolist() == frame.loc[frame["source_id"] == "events", "id"].tolist()
    assert set(found["reason"].str.contains("How the sources are read")) == {True}
    spec = [{"delimiter": ";"}] * len(sources)
    every = (frame["fingerprint"] != "").sum()
    assert len(jj.stale(measured.replace("sources", sources.assign(spec=spec)))) == every
    for name, value in (("level", 0.9), ("min_group", 15)):
        settings = measured.settings.model_copy(update={name: value})
        assert len(jj.stale(measured.change(settings=settings))) == every


def test_a_milestone_refused_since_makes_figures_stale(measured: jj.Journey) -> None:
    base = measured.add("milestones", name="Bought", event="buy", to_stage_id="buy")
    again = jj.measure(base)
    refused = again.milestones.assign(refused_reason="Too late")
    assert jj.stale(again).empty
    assert len(jj.stale(again.replace("milestones", refused))) > 4


def test_a_segments_figures_follow_its_definition() -> None:
    data = {"events": events().assign(country="DE")}
    base = jj.Journey.new("Shop", stages=["Look", "Buy"])
    base = base.replace("stages", base.stages.assign(events=[("visit",), ("buy",)]))
    base = base.add("segments", name="Germans", where={"country": "DE"})
    both = jj.measure(jj.measure(base, data), data, segment="Germans")
    redefined = both.replace("segments", both.segments.assign(where=[{"country": "AT"}]))
    found = jj.stale(redefined, data)["measurement"].tolist()
    frame = both.measurements
    assert found == frame.loc[frame["segment_id"] == "germans", "id"].tolist()


def test_other_code_and_age_make_figures_stale(measured: jj.Journey) -> None:
    old = changed(measured, version="0.0.1")
    assert jj.stale(old)["reason"].str.startswith("It was computed by version 0.0.1;").all()
    moment = pd.Timestamp.now("UTC") - pd.Timedelta(days=40)
    aged = changed(measured, computed_at=moment.to_pydatetime())
    assert jj.stale(aged).empty  # the settings say 90 days
    found = jj.stale(aged, older_than="30d")
    assert set(found["reason"]) == {"It is older than 30 days."}
    with pytest.raises(ParameterError, match="older_than"):
        jj.stale(aged, older_than="soon")


def test_data_given_by_hand_are_compared_with_data_given(measured: jj.Journey) -> None:
    base = measured.replace("measurements", []).replace("sources", [])
    by_hand = jj.measure(base, {"events": events()})
    assert set(jj.stale(by_hand)["state"]) == {"no source"}
    assert jj.stale(by_hand, {"events": events()}).empty
    assert set(jj.stale(by_hand, {"events": events(20)})["reason"]) == {"The data have changed."}


def test_a_log_read_before_its_file_changed_does_not_pass_for_the_file(
    measured: jj.Journey, tmp_path: Path
) -> None:
    log = read_events(tmp_path / "events.csv")
    assert jj.stale(jj.measure(measured, {"events": log})).empty
    events(25).to_csv(tmp_path / "events.csv", index=False)
    late = jj.measure(measured, {"events": log})
    found = jj.stale(late).set_index("metric")
    assert found.loc["MET-37", "reason"] == "The data have changed."


@pytest.mark.parametrize("cut", ["where", "of_customers", "segments", "between", "period"])
def test_figures_of_a_part_do_not_pass_as_those_of_the_file(cut: str, tmp_path: Path) -> None:
    rows = pd.concat([events(), events(25).assign(customer=lambda part: part["customer"] + "x")])
    path, own = tmp_path / "events.csv", rows["customer"].str.endswith("x")
    rows.assign(plan=own.map({True: "team", False: "solo"})).to_csv(path, index=False)
    base = jj.Journey.new("Shop", stages=["Look", "Buy"], sources={"events": str(path)})
    base = base.replace("stages", base.stages.assign(events=[("visit",), ("buy",)]))
    log = read_events(path, pseudonyms=True)
    part = {
        "where": lambda: log.where({"plan": "team"}),
        "of_customers": lambda: log.of_customers({"plan": "team"}),
        "segments": lambda: log.segments("plan")["team"],
        "between": lambda: log.between("2026-01-01"),
        "period": lambda: read_events(path, pseudonyms=True, period="2026-01-01"),
    }[cut]()
    whole, partly = jj.measure(base, {"events": log}), jj.measure(base, {"events": part})
    assert set(whole.measurements["source_id"]) == {"events"}
    assert partly.measurements["source_id"].isna().all()
    assert jj.stale(partly, {"events": part}).empty
    assert set(jj.stale(partly)["reason"]) == {"The data have changed."}
    assert jj.stale(whole).empty
