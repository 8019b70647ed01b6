"""A save is whole or not at all, whatever strikes, and a rival's work is never lost in silence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jupyter_journey import Journey
from jupyter_journey.errors import JourneyError, JourneyFileError, RecordError, StaleSaveError

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "runtime"
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    return folder


def run(script: str, *arguments: object) -> list[dict[str, Any]]:
    command = [sys.executable, "-W", "ignore", HERE / script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("kind", ["ENOSPC", "EIO", "EACCES", "SIGINT", "SIGKILL", "full disk"])
def test_whatever_strikes_the_file_is_the_old_or_the_new_one(kind: str, tmp_path: Path) -> None:
    saves = run("interrupted_saves.py", tmp_path / "maps", kind)
    assert [save for save in saves if save["holds"] not in {"old", "new"}] == []
    told = {
        "SIGINT": {"KeyboardInterrupt"},
        "SIGKILL": {"killed"},
        "full disk": {"JourneyFileError"},
    }.get(kind, {"JourneyFileError", "saved"})
    assert [save for save in saves if save["outcome"] not in told] == []
    # Who was told of a success has one.
    assert {save["holds"] for save in saves if save["outcome"] == "saved"} <= {"new"}
    if kind != "SIGKILL":
        assert [save for save in saves if save["litter"]] == []
    if kind != "full disk":
        assert {save["holds"] for save in saves} == {"old", "new"}
    if kind not in {"full disk", "SIGKILL"}:
        calls = " ".join(save["call"] for save in saves)
        assert all(name in calls for name in ("open", "write", "flush", "fsync", "replace"))


def test_of_two_writers_one_wins_and_the_other_hears_of_it(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    rounds = 1000 if pytestconfig.getoption("--full") else 30
    for race in run("racing_saves.py", tmp_path / "maps", rounds):
        winners = [outcome for outcome in race["outcomes"] if outcome != "stale"]
        assert winners == [race["title"]]
        assert len(race["outcomes"]) == 3
        assert race["revision"] == 1 + race["seen"]


def test_the_loser_can_load_again_or_overwrite(acme: Journey, tmp_path: Path) -> None:
    path = tmp_path / "map.journey.json"
    mine = acme.save(path)
    theirs = Journey.load(path).change(title="Theirs").save()
    with pytest.raises(StaleSaveError, match=r"Load it again.*overwrite=True") as caught:
        mine.change(title="Mine").save()
    assert caught.value.path == str(path)
    assert Journey.load(path) == theirs
    mine.change(title="Mine").save(overwrite=True)
    assert Journey.load(path).title == "Mine"


def test_an_unknown_file_is_not_overwritten(acme: Journey, tmp_path: Path) -> None:
    path = tmp_path / "map.journey.json"
    path.write_text("somebody's notes")
    with pytest.raises(StaleSaveError):
        acme.save(path)
    assert path.read_text() == "somebody's notes"


def test_a_saved_journey_loads_as_it_is(acme: Journey, tmp_path: Path) -> None:
    path = tmp_path / "map.journey.json"
    saved = acme.save(path)
    loaded = Journey.load(path)
    assert loaded == saved
    assert path.read_bytes() == saved.dumps().encode()
    assert (saved.revision, saved.path, loaded.path) == (1, path, path)
    assert saved.save().revision == 2
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == [path.name]


def test_the_mode_of_the_file_stays(acme: Journey, tmp_path: Path) -> None:
    path = tmp_path / "map.journey.json"
    saved = acme.save(path)
    path.chmod(0o640)
    saved.save()
    assert path.stat().st_mode & 0o777 == 0o640


# Where to


def test_sources_keep_leading_to_the_same_files(acme: Journey, tmp_path: Path) -> None:
    (tmp_path / "a" / "data").mkdir(parents=True)
    (tmp_path / "b" / "c").mkdir(parents=True)
    first = acme.save(tmp_path / "a" / "map.journey.json", overwrite=True)
    first = first.replace("sources", first.sources.assign(path="data/events.csv"))
    events = tmp_path / "a" / "data" / "events.csv"
    assert first.source_place("events") == str(events)
    moved = first.save(tmp_path / "b" / "c" / "map.journey.json")
    assert moved.document.sources[0].path == "../../a/data/events.csv"
    assert moved.source_place("events") == str(events)
    assert Journey.load(moved.path or "").source_place("events") == str(events)
    absolute = first.replace("sources", first.sources.assign(path=str(events)))
    copied = absolute.save(tmp_path / "b" / "map.journey.json")
    assert copied.document.sources[0].path == str(events)


def test_an_address_is_the_same_from_everywhere(acme: Journey, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    address = "s3://logs/2026/*.parquet"
    first = acme.replace("sources", acme.sources.assign(path=address))
    saved = first.save(tmp_path / "map.journey.json").save(tmp_path / "b" / "map.journey.json")
    assert saved.document.sources[0].path == saved.source_place("events") == address


def test_a_first_save_rewrites_paths_from_the_working_folder(
    acme: Journey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "maps").mkdir()
    monkeypatch.chdir(tmp_path)
    saved = acme.save("maps/map.journey.json")
    assert saved.document.sources[0].path == "../data/events.csv"
    assert saved.source_place("events") == str(tmp_path / "data" / "events.csv")


def test_a_link_stays_a_link(acme: Journey, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    file, link = tmp_path / "real" / "map.journey.json", tmp_path / "link.journey.json"
    acme.save(file)
    link.symlink_to(file)
    saved = Journey.load(link).change(title="By the link").save()
    assert link.is_symlink()
    assert Journey.load(file) == saved == Journey.load(link)
    # Both ways lead to one file, so both writers see each other.
    stale = Journey.load(file)
    Journey.load(link).save()
    with pytest.raises(StaleSaveError):
        stale.save()


def test_a_link_to_nowhere_makes_the_file_it_leads_to(acme: Journey, tmp_path: Path) -> None:
    link = tmp_path / "link.journey.json"
    link.symlink_to(tmp_path / "later.journey.json")
    acme.save(link)
    assert link.is_symlink()
    assert (tmp_path / "later.journey.json").is_file()


def test_a_name_may_be_as_long_as_the_system_lets_it(acme: Journey, tmp_path: Path) -> None:
    longest = os.pathconf(tmp_path, "PC_NAME_MAX")
    name = "m" * (longest - len(".journey.json")) + ".journey.json"
    assert Journey.load(acme.save(tmp_path / name).path or "").title == acme.title
    with pytest.raises(JourneyFileError, match="can't be written"):
        acme.save(tmp_path / f"m{name}")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("none/map.journey.json", "Make the folder first: "),
        ("a file/map.journey.json", "can't be written: "),
        ("a folder", "can't be written: Is a directory"),
    ],
)
def test_a_place_that_takes_no_file_is_named(
    acme: Journey, tmp_path: Path, place: str, message: str
) -> None:
    (tmp_path / "a file").touch()
    (tmp_path / "a folder").mkdir()
    for overwrite in (False, True):
        with pytest.raises(JourneyFileError) as caught:
            acme.save(tmp_path / place, overwrite=overwrite)
        assert caught.value.path == str(tmp_path / place)
        assert message in str(caught.value)
    assert {item.name for item in tmp_path.iterdir()} <= {"a file", "a folder", "runtime"}


def test_a_journey_of_no_file_asks_where_to(acme: Journey) -> None:
    with pytest.raises(RecordError, match=r"save\(path\)"):
        acme.save()


def test_a_journey_on_disk_that_went_bad_is_refused(acme: Journey, tmp_path: Path) -> None:
    path = tmp_path / "map.journey.json"
    saved = acme.save(path)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(JourneyError):
        Journey.load(path)
    with pytest.raises(StaleSaveError):
        saved.save()
