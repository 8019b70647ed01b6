"""Batches past one machine: a cluster's workers, and files at an address."""

from __future__ import annotations

import hashlib
import pickle
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed
import fsspec
import pytest
from distributed import LocalCluster
from made_notebooks import notebook, plan_of, texts

import jupyter_journey as jj
from jupyter_journey.reports.manifest import Manifest


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the cluster's own, about ports and sockets
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            yield cluster.scheduler_address


def test_a_cluster_makes_the_same_reports(address: str, tmp_path: Path) -> None:
    source = notebook(
        tmp_path / "own.ipynb",
        "import os\nif x == 1: 1 / 0\nif x == 2: os._exit(3)",
        "print(x, os.getcwd())",
    )
    made = {}
    for name, cluster in (("here", ""), ("there", address)):
        plan = plan_of(source, matrix={"x": [0, 1, 2, 3]}, out=name, outputs=["ipynb", "html"])
        rows = jj.batch(plan, cluster=cluster, progress=False).rows
        made[name] = [(row.name, row.state, row.error, sorted(row.outputs)) for row in rows]
        for row in rows:
            for path, sha in row.outputs.items():
                assert hashlib.sha256((tmp_path / name / path).read_bytes()).hexdigest() == sha
    assert made["there"] == made["here"]
    assert [state for _, state, *_ in made["there"]] == ["done", "failed", "failed", "done"]
    for x in (0, 3):
        here, there = (texts(tmp_path / name / f"{x}.ipynb") for name in made)
        assert there == here
    assert (tmp_path / "there" / "1.failed.ipynb").is_file()


def test_what_is_secret_in_the_drivers_environment_is_not_sent(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    submit = distributed.Client.submit

    def heard(client: Any, function: Any, *arguments: Any, **options: Any) -> Any:
        sent.append(pickle.dumps(arguments))
        return submit(client, function, *arguments, **options)

    monkeypatch.setenv("DATABASE_KEY", "hunter2")
    monkeypatch.setattr(distributed.Client, "submit", heard)
    source = notebook(tmp_path / "own.ipynb", "1")
    made = jj.batch(plan_of(source), cluster=address, progress=False)
    assert (made.counts, len(sent)) == ({"done": 1}, 1)
    assert b"own.ipynb" in sent[0]
    assert b"hunter2" not in sent[0]


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", "1")
    with pytest.raises(jj.JourneyError, match="doesn't answer as a Dask scheduler"):
        jj.batch(plan_of(source), cluster="nonsense://nowhere", progress=False)


def found_at(root: str) -> set[str]:
    found = fsspec.filesystem("memory").find(root)
    return {path.removeprefix(f"{root}/") for path in found}


def test_files_are_copied_to_an_address_and_the_manifest_last(tmp_path: Path) -> None:
    source = notebook(
        tmp_path / "own.ipynb", "import os\nif x == 3 and not os.path.exists('go'): 1 / 0"
    )
    plan = plan_of(source, matrix={"x": [1, 2, 3]}, names="{x}/report")
    jj.batch(plan, copy_to="memory://weekly/reports", progress=False)
    there = fsspec.filesystem("memory")
    found = found_at("/weekly/reports")
    index = {"manifest.sqlite", "index.html", "index.csv", "index.json"}
    assert found == {"1/report.ipynb", "2/report.ipynb", "3/report.failed.ipynb"} | index
    (tmp_path / "copy").mkdir()
    for path in found:
        here = (tmp_path / "reports" / path).read_bytes()
        assert there.cat(f"/weekly/reports/{path}") == here
    (tmp_path / "copy" / "manifest.sqlite").write_bytes(
        there.cat("/weekly/reports/manifest.sqlite")
    )
    kept = Manifest(tmp_path / "copy").rows().values()
    assert [row.state for row in kept] == ["done", "done", "failed"]
    assert b'href="3/report.failed.ipynb"' in there.cat("/weekly/reports/index.html")
    (tmp_path / "go").touch()
    # What failed then and is good now leaves nothing behind, and an address that is new gets all.
    made = jj.batch(plan, changed=True, copy_to="memory://weekly/reports", progress=False)
    assert made.ran == ("3/report",)
    good = {f"{x}/report.ipynb" for x in (1, 2, 3)} | index
    assert found_at("/weekly/reports") == good
    assert jj.batch(plan, changed=True, copy_to="memory://new", progress=False).ran == ()
    assert found_at("/new") == good


def test_what_could_not_be_copied_failed_and_is_told_of_as_it_is(tmp_path: Path) -> None:
    plan = plan_of(notebook(tmp_path / "own.ipynb", "import time\ntime.time()"))
    jj.batch(plan, progress=False)
    (tmp_path / "taken").write_text("a file where a folder is asked for", "utf-8")
    made = jj.batch(plan, copy_to=str(tmp_path / "taken"), progress=False)
    (row,), (problem,) = made.failed, made.problems
    assert "doesn't take the batch's files" in problem
    assert (row.state, "doesn't take the batch's files" in row.error) == ("failed", True)
    content = (tmp_path / "reports" / "own.ipynb").read_bytes()
    assert row.outputs == {"own.ipynb": hashlib.sha256(content).hexdigest()}


def test_the_folder_itself_is_no_place_for_copies(tmp_path: Path) -> None:
    plan = plan_of(notebook(tmp_path / "own.ipynb", "1"))
    with pytest.raises(jj.JourneyError, match="is the batch's own folder"):
        jj.batch(plan, copy_to=str(tmp_path / "reports"), progress=False)


def test_an_address_nobody_opens_is_named(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", "1")
    with pytest.raises(jj.JourneyError, match="can't be opened"):
        jj.batch(plan_of(source), copy_to="nonsense://x", progress=False)
