"""Canaries: names, addresses and ids planted in every input, and none in what comes out."""

from __future__ import annotations

import base64
import json
import re
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import papermill
import pytest
from pypdf import PdfReader

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.privacy import Pseudonyms
from jupyter_journey.reports.demo import run_demo
from jupyter_journey.reports.figures import figures_of
from jupyter_journey.reports.html import write_html
from jupyter_journey.reports.index import write_index
from jupyter_journey.reports.manifest import Row
from jupyter_journey.reports.pdf import write_pdf
from jupyter_journey.reports.templates import template
from jupyter_journey.steps import STEPS

NAME, MAIL, CALL = "Kanarienvogel", "kanarien.vogel@example.com", "+49 170 5550123"
ID, ADDRESS = "canary-4711", "93.184.216.34"
CANARIES = (NAME, MAIL, CALL, ID, ADDRESS)
COLUMNS = {"first_name": NAME, "email": MAIL, "phone": CALL, "ip": ADDRESS}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small part of the sample, with a person's data in every file."""
    source, folder = paths.sample_data() / "saas", tmp_path_factory.mktemp("sample") / "saas"
    folder.mkdir()
    shutil.copyfile(source / "saas.journey.json", folder / "saas.journey.json")
    customers = pd.read_csv(source / "crm.csv", dtype=str)["customer"].iloc[:1500]
    people = dict(zip(customers.iloc[:3], (ID, MAIL, NAME), strict=True))
    for file in source.glob("*.csv"):
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        if "customer" in frame:
            frame = frame[frame["customer"].isin(set(customers))].reset_index(drop=True)
            frame["customer"] = frame["customer"].replace(people)
        if file.stem != "interviews":  # which are refused with any of these
            frame = frame.assign(**COLUMNS)
        for column in {"comment", "topic", "channel", "country", "company"} & set(frame):
            frame.loc[frame.index[:2], column] = f"{NAME}, {MAIL}, {CALL}"
        if file.stem == "events":
            frame.loc[frame.index[-1], "event"] = f"mail to {MAIL}"
        frame.to_csv(folder / file.name, index=False)
    return folder


@pytest.fixture(scope="module")
def reports(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All seven templates in one notebook, for one kernel; its page; the finished journey."""
    out = tmp_path_factory.mktemp("out")
    parts = [nbformat.read(template(step), 4) for step in STEPS]
    whole = parts[0]
    for part in parts[1:]:
        whole.cells += [cell for cell in part.cells if "tags" not in cell.metadata]
    for number, cell in enumerate(whole.cells):
        cell.id = f"cell-{number}"
    nbformat.write(whole, out / "template.ipynb")
    journey = str(sample / "saas.journey.json")  # each step reads what the one before wrote
    made = {"journey": journey, "output": journey}
    papermill.execute_notebook(
        str(out / "template.ipynb"), str(out / "report.ipynb"), made, progress_bar=False
    )
    write_html(out / "report.ipynb")
    return out


def outputs(folder: Path) -> list[tuple[Path, str]]:
    """Return the texts of the files written, pictures within them unpacked."""
    made = []
    for path in sorted(folder.rglob("*.*")):
        if path.suffix == ".csv":  # the inputs lie beside a demo
            continue
        text = path.read_text(encoding="utf-8")
        for packed in re.findall(r"[A-Za-z0-9+/]{200,}={0,2}", text.replace("\\n", "")):
            text += base64.b64decode(packed[: len(packed) // 4 * 4]).decode("latin-1")
        made.append((path, text))
    return made


def ids(sample: Path) -> set[str]:
    return set(pd.read_csv(sample / "events.csv", dtype=str)["customer"])


def assert_clean(text: str, sample: Path, where: str) -> None:
    assert [canary for canary in CANARIES if canary.lower() in text.lower()] == [], where
    words = set(re.findall(r"\bc\d{5}\b", text))
    assert not words & ids(sample), where
    known = set(Pseudonyms.own().of(ids(sample)))
    assert not set(re.findall(r"\bp[0-9a-f]{20}\b", text)) & known, where


def test_every_input_holds_its_canaries(sample: Path) -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in sample.glob("*.csv")}
    del found["interviews.csv"]
    assert set(found) == {f"{role}.csv" for role in ("events", "crm", "survey", "tickets", "spend")}
    for name, text in found.items():
        assert all(canary in text for canary in CANARIES if canary != ID or "spend" not in name)


def test_no_canary_is_in_a_report_its_page_or_the_journey(sample: Path, reports: Path) -> None:
    found = {path.name: text for path, text in [*outputs(reports), *outputs(sample)]}
    assert set(found) == {"template.ipynb", "report.ipynb", "report.html", "saas.journey.json"}
    assert all(title in found["report.html"] for title in ("Funnel", "Milestones", "<svg"))
    for name, text in found.items():
        assert_clean(text, sample, name)


def test_no_canary_is_in_the_pdf_the_index_or_a_comparison(
    sample: Path, reports: Path, tmp_path: Path
) -> None:
    shutil.copyfile(reports / "report.ipynb", tmp_path / "report.ipynb")
    pages = PdfReader(write_pdf(tmp_path / "report.ipynb")).pages
    figures = figures_of(json.loads((reports / "report.ipynb").read_text(encoding="utf-8")))
    assert figures
    text = " ".join(page.extract_text() for page in pages)
    assert "Onboarding" in text
    assert_clean(text, sample, "report.pdf")
    row = Row("report", "data", state="done", figures=tuple(figures), before=tuple(figures))
    mailed = row.but(name="failed", state="failed", error=f"{MAIL} is no customer, nor {CALL}")
    write_index(tmp_path, [row, mailed])
    jj.difference(tmp_path, tmp_path).save(tmp_path / "difference.html")
    made = [path for path in tmp_path.iterdir() if path.suffix not in (".ipynb", ".pdf")]
    assert len(made) == 4
    for path in made:
        assert_clean(path.read_text(encoding="utf-8"), sample, path.name)


@pytest.mark.full
def test_no_canary_is_in_any_file_of_a_demo(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "sample_data", lambda: sample.parent)
    run_demo(tmp_path / "demo")
    found = outputs(tmp_path / "demo")
    assert len(found) == 16
    for path, text in found:
        assert_clean(text, sample, path.name)


@pytest.mark.usefixtures("reports")
def test_the_figures_came_from_the_planted_log(sample: Path) -> None:
    journey = jj.Journey.load(sample / "saas.journey.json")
    figures = journey.measurements
    assert figures["value"].notna().any()
    assert set(figures["pseudonyms"]) == {Pseudonyms.own().key_id}
    assert figures["n"].max() <= len(ids(sample))


@pytest.mark.usefixtures("reports")
def test_no_canary_is_in_what_a_grid_saves(sample: Path, tmp_path: Path) -> None:
    grid = jj.JourneyGrid(jj.Journey.load(sample / "saas.journey.json"))
    page = grid.to_html(tmp_path / "map.html")
    assert_clean(page.read_text(encoding="utf-8"), sample, "page")
    assert_clean(json.dumps(grid._repr_mimebundle_(), default=str), sample, "bundle")
    picture = jj.charts.map_png(grid.journey)
    assert_clean(bytes(picture).decode("latin-1"), sample, "picture")
