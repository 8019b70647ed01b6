"""Pseudonyms: of one key everywhere the same, of another key others, the key kept apart."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jupyter_journey as jj
from jupyter_journey.errors import SourceError
from jupyter_journey.events import read_crm, read_survey, read_tickets
from jupyter_journey.privacy import Pseudonyms
from jupyter_journey.privacy.pseudonyms import VARIABLE

KEY, OTHER = "k" * 32, "o" * 32
EVENTS = pd.DataFrame(
    {
        "customer": ["anna@example.com", "007", "anna@example.com", "Müller"],
        "event": ["visit", "visit", "buy", "visit"],
        "time": ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"],
    }
)


def by_hand(text: str, key: str = KEY) -> str:
    return "p" + hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:20]


@pytest.fixture
def no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let Jupyter's data folder be an empty one, and no key be set."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1))
def test_a_log_reads_the_same_but_for_its_ids(ids: list[str]) -> None:
    frame = pd.DataFrame({"customer": ids, "event": "visit"})
    frame["time"] = pd.date_range("2026-01-01", periods=len(ids))
    log = jj.read_events(frame, pseudonyms=Pseudonyms(KEY))
    assert set(log.customers) == {by_hand(text) for text in ids}
    assert log.transitions().equals(jj.read_events(frame).transitions())


def test_ids_stay_as_written_unless_pseudonyms_are_asked_for() -> None:
    log = jj.read_events(EVENTS)
    assert set(log.customers) == set(EVENTS["customer"])
    assert log.origin.key_id == ""


def test_the_roles_join_under_one_key() -> None:
    names = Pseudonyms(KEY)
    log = jj.read_events(EVENTS, pseudonyms=names)
    crm = read_crm(pd.DataFrame({"customer": ["Müller", "007"]}), pseudonyms=names)
    tickets = pd.DataFrame({"ticket": ["1", "2"], "created_at": "2026-01-01"})
    tickets = read_tickets(tickets.assign(customer=["007", None]), pseudonyms=names)
    answers = pd.DataFrame({"touchpoint": "Shop", "kind": "CSAT", "score": ["4", "5"]})
    answers = read_survey(answers.assign(customer=["", "007"]), pseudonyms=names)
    assert crm["customer"].tolist() == [by_hand("Müller"), by_hand("007")]
    assert tickets["customer"][0] == answers["customer"][1] == by_hand("007")
    assert tickets["customer"].isna().tolist() == [False, True]
    assert answers["customer"][0] == ""
    assert set(crm["customer"]) <= set(log.customers)
    assert {frame.attrs["key_id"] for frame in (crm, tickets, answers)} == {names.key_id}


def test_a_stream_has_the_pseudonyms_of_a_log(tmp_path: Path) -> None:
    names = Pseudonyms(KEY)
    parts = jj.read_events(EVENTS, partitions=2, folder=tmp_path, pseudonyms=names)
    assert list(parts.customers) == list(jj.read_events(EVENTS, pseudonyms=names).customers)
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"anna@example.com" not in held


def test_another_key_gives_others_and_its_id_tells() -> None:
    one, other = (jj.read_events(EVENTS, pseudonyms=Pseudonyms(key)) for key in (KEY, OTHER))
    assert not set(one.customers) & set(other.customers)
    assert one.origin.key_id != other.origin.key_id
    assert one.where({"event": "buy"}).origin.key_id == one.origin.key_id


def test_the_key_is_made_once_for_its_owner_alone(no_key: Path) -> None:
    first, second = Pseudonyms.own(), Pseudonyms.own()
    (path,) = no_key.iterdir()
    assert first.of(["007"]) == second.of(["007"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = path.read_text().strip()
    assert len(key) == 64
    assert key not in repr(first)
    assert first.key_id not in key
    path.unlink()
    assert Pseudonyms.own().key_id != first.key_id


def test_processes_that_make_the_key_at_once_agree(no_key: Path) -> None:
    program = "from jupyter_journey.privacy import Pseudonyms; print(Pseudonyms.own().key_id)"
    started = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert len({process.communicate()[0] for process in started}) == 1
    assert [path.name for path in no_key.iterdir()] == ["jupyter-journey.key"]


def test_the_variable_comes_before_the_file(no_key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    assert Pseudonyms.own().of(["007"]) == [by_hand("007")]
    assert not no_key.exists()


def test_a_file_of_ones_own_holds_the_key(tmp_path: Path) -> None:
    path = tmp_path / "team.key"
    path.write_text(f"{KEY}\n", encoding="utf-8")
    path.chmod(0o400)
    assert set(jj.read_events(EVENTS, pseudonyms=path).customers) == {
        by_hand(text) for text in EVENTS["customer"]
    }


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (None, 0o600, "can't be read as a key"),
        (b"short", 0o600, "at least 32 characters"),
        (KEY.encode(), 0o604, "others have. chmod 600"),
        (KEY.encode(), 0o640, "others have. chmod 600 .*, or share the key as JUPYTER_JOURNEY_KEY"),
        (KEY.encode(), 0o620, "others have. chmod 600"),
        (b"\xff" * 40, 0o600, "no text"),
    ],
)
def test_what_is_no_key_is_refused(
    tmp_path: Path, content: bytes | None, mode: int, said: str
) -> None:
    path = tmp_path / "team.key"
    if content is not None:
        path.write_bytes(content)
        path.chmod(mode)
    with pytest.raises(SourceError, match=said) as caught:
        jj.read_events(EVENTS, pseudonyms=path)
    assert KEY not in str(caught.value)


def test_where_no_key_can_be_kept_the_variable_is_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "file").touch()
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "file" / "data"))
    with pytest.raises(SourceError, match=f"Set {VARIABLE}"):
        Pseudonyms.own()
    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208


def measured(sources: dict[str, object], **filters: object) -> jj.Journey:
    journey = jj.Journey.new("Shop", stages=["Visit", "Order"])
    stages = journey.stages.assign(events=[("visit",), ("order",)])
    journey = journey.replace("stages", stages)
    journey = journey.add("touchpoints", name="Shop", stage_id="visit")
    return jj.measure(journey, sources, **filters)  # type: ignore[arg-type]


def asked() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return events and answers of 40 customers, of whom 15 are from Germany and satisfied."""
    ids = [f"c{number}" for number in range(40)]
    events = pd.DataFrame({"customer": ids, "event": ["order", *["visit"] * 39]})
    events["time"], events["country"] = "2026-01-01", ["DE"] * 15 + ["AT"] * 25
    answers = pd.DataFrame(
        {"customer": ids, "touchpoint": "Shop", "kind": "CSAT", "score": [5] * 15 + [1] * 25}
    )
    return events, answers


def test_figures_rest_on_pseudonyms_and_name_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    events, answers = asked()
    sources = {"events": events, "survey": answers}
    figures = measured(sources, where={"country": "DE"}).measurements.set_index("metric")
    whole = figures[figures["touchpoint_id"].isna()]  # the stage's, not the touchpoint's own
    assert whole.loc["MET-32", ["value", "n"]].tolist() == [2.0, 15]
    assert set(figures["pseudonyms"]) == {Pseudonyms(KEY).key_id}
    as_written = {**sources, "events": jj.read_events(events)}
    again = measured(as_written, where={"country": "DE"}).measurements.set_index("metric")
    assert set(again.loc["MET-32", "n"]) == {15}
    assert set(again["pseudonyms"]) == {""}
    foreign = {**sources, "events": jj.read_events(events, pseudonyms=Pseudonyms(OTHER))}
    with pytest.raises(SourceError, match="Read all files under one key"):
        measured(foreign, where={"country": "DE"})


def test_a_table_read_under_the_key_keeps_its_pseudonyms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    events, answers = asked()
    read = read_survey(answers, pseudonyms=True)
    assert read_survey(read, pseudonyms=True)["customer"].tolist() == read["customer"].tolist()
    sources = {"events": jj.read_events(events, pseudonyms=True), "survey": read}
    figures = measured(sources, where={"country": "DE"}).measurements
    assert set(figures.loc[figures["metric"] == "MET-32", "n"]) == {15}
    with pytest.raises(SourceError, match="those of the events are as written"):
        measured({**sources, "events": jj.read_events(events)})
    with pytest.raises(SourceError, match="Read the file itself"):
        measured({**sources, "survey": read_survey(answers, pseudonyms=Pseudonyms(OTHER))})
