"""The scan: what tells a person stops the writing, ordinary text never does."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.errors import PersonalDataError
from jupyter_journey.privacy import check_notebook, found_in, found_in_journey, is_personal_column
from jupyter_journey.reports.html import write_html
from jupyter_journey.reports.running import run_report
from jupyter_journey.steps import Request, written

SAMPLES = sorted(paths.sample_data().glob("*/*.journey.json"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ask Anna (anna.meier+news@mail.example.co.uk)", "e-mail address"),
        ("mailto:ÄNNE@example.com", "e-mail address"),
        ("+49 170 1234567", "telephone number"),
        ("tel. 089/12345678", "telephone number"),
        ("044 668 18 00", "telephone number"),
        ("(415) 867-5309", "telephone number"),
        ("020 7946 0958", "telephone number"),
        ("03-5321-1111", "telephone number"),
        ("DE89 3704 0044 0532 0130 00", "IBAN"),
        ("GB29NWBK60161331926819", "IBAN"),
        ("4111 1111 1111 1111", "card number"),
        ("378282246310005", "card number"),
        ("from 93.184.216.34", "IP address"),
        ("2606:2800:220:1:248:1893:25c8:1946", "IP address"),
    ],
)
def test_each_kind_is_found_and_never_repeated(text: str, kind: str) -> None:
    (found,) = found_in(text, "here")
    assert (found.where, found.kind) == ("here", kind)
    assert len(found.hint) == 2


@pytest.mark.parametrize(
    "text",
    [
        "support@example.com, No-Reply@example.com",
        "+49 800 1234567",
        "@media print, a @ b, name@localhost",
        "2026-01-01/2026-03-31, 01.02.2026 – 03.04.2026, 12:30:00",
        "12,345,678 of 1.234.567 and 10 000 000; 0.25 0.14 0.4; 0.123456789",
        "4158675309 c00001 0301234567 20260101",
        "DE89 3704 0044 0532 0130 01, 4111 1111 1111 1112",
        "127.0.0.1, 10.0.0.12, 192.168.1.20, v1.2.3, ::1, a::b",
        "sha256:4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a",
        "ISBN 978-3-16-148410-0",
    ],
)
def test_what_tells_nobody_is_let_through(text: str) -> None:
    assert list(found_in(text)) == []


def test_columns_of_persons_are_known_by_name() -> None:
    told = ["first_name", "lastName", "E-Mail", "Email Address", "Phone number", "IP", "Vorname"]
    assert all(map(is_personal_column, told))
    told = [
        "name",
        "stage",
        "event_name",
        "company",
        "plan",
        "customer",
        "n",
        "email_opened",
        "role",
    ]
    assert not any(map(is_personal_column, told))


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for held in value.values() for text in leaves(held))
    elif isinstance(value, list):
        yield from (text for held in value for text in leaves(held))
    elif isinstance(value, str):
        yield value


def test_figures_side_by_side_are_no_telephone_number() -> None:
    for row in ("Tickets  1,013   952      1,077   2025-01-11", "12 2026-01-04 345 678"):
        assert list(found_in(row)) == []
    for row in ("Call 030 901820 at noon", "7 2026-01-04 030 901820", "030 901820 2026-01-04"):
        assert [one.kind for one in found_in(row)] == ["telephone number"]


def test_no_text_of_the_catalogue_or_of_the_samples_is_taken_for_personal() -> None:
    catalogue = files("jupyter_journey.catalogue")
    texts = [
        text
        for source in Path(str(catalogue)).rglob("*.yaml")
        for text in leaves(yaml.safe_load(source.read_text("utf-8")))
    ]
    for survey in paths.sample_data().glob("*/survey.csv"):
        with survey.open(encoding="utf-8") as file:
            texts += [row["comment"] for row in csv.DictReader(file)]
    assert len(texts) > 1000
    assert [(text, list(found_in(text))) for text in texts if any(found_in(text))] == []
    assert [one for path in SAMPLES for one in found_in_journey(jj.Journey.load(path))] == []


def personal() -> jj.Journey:
    journey = jj.Journey.load(SAMPLES[-1])
    return journey.add("personas", name="Anna", needs=("Ring anna@example.com",))


def test_a_step_writes_no_journey_with_personal_data(tmp_path: Path) -> None:
    path = tmp_path / "out.journey.json"
    with pytest.raises(PersonalDataError, match="personas/anna/needs seems to hold a e-mail") as e:
        written(personal(), str(path))
    assert "anna@example.com" not in str(e.value)
    assert not path.exists()


def test_a_condition_on_a_persons_column_is_personal() -> None:
    journey = jj.Journey.new("Shop").add("segments", name="One", where={"last_name": "Meier"})
    (found,) = found_in_journey(journey)
    assert found == ("segments/one/where", "column", "last_name")


def test_ones_own_work_can_always_be_saved(tmp_path: Path) -> None:
    assert personal().save(tmp_path / "draft.journey.json").path


def test_no_page_of_the_map_is_written_with_personal_data(tmp_path: Path) -> None:
    grid = jj.JourneyGrid(personal())
    with pytest.raises(PersonalDataError):
        grid.to_html(tmp_path / "map.html")
    assert not (tmp_path / "map.html").exists()
    reason = personal().settings.model_copy(update={"personal_data": "Anna agreed"})
    allowed = jj.JourneyGrid(personal().change(settings=reason))
    assert allowed.to_html(tmp_path / "map.html").exists()


def test_a_reason_lets_a_report_through_and_is_recorded(tmp_path: Path) -> None:
    source = personal().save(tmp_path / "anna.journey.json").path
    assert source is not None
    reports, back = tmp_path / "reports", tmp_path / "back.journey.json"
    with pytest.raises(PersonalDataError, match=r"02_personas\.ipynb wasn't written"):
        run_report("personas", source, reports)
    assert not reports.exists()
    given = {"personal_data": "Anna agreed on 1 May", "output": str(back)}
    made = run_report("personas", source, reports, given)
    recorded = jj.Journey.load(back)
    assert recorded.settings.personal_data == "Anna agreed on 1 May"
    notebook = json.loads(made.notebook.read_text(encoding="utf-8"))
    assert notebook["metadata"]["jupyter_journey"]["personal_data"] == "Anna agreed on 1 May"
    assert Request.of(journey=str(back)).open().settings == recorded.settings
    again = run_report("personas", back, tmp_path / "again")
    assert "anna@example.com" in again.page.read_text(encoding="utf-8")


def notebook(**output: Any) -> Any:
    cell = nbformat.v4.new_code_cell("1 + 1", outputs=[nbformat.v4.new_output(**output)])
    return nbformat.v4.new_notebook(cells=[cell], metadata={})


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "stream", "text": "a: anna@example.com"},
        {"output_type": "error", "ename": "E", "evalue": "anna@example.com", "traceback": []},
        {"output_type": "display_data", "data": {"text/plain": "anna@example.com"}},
        {"output_type": "display_data", "data": {"text/html": "<b>anna@example<i>.com</i></b>"}},
        {"output_type": "display_data", "data": {"text/html": "<p title='anna@example.com'>A</p>"}},
        {"output_type": "display_data", "data": {"text/html": "<th>First name</th><td>A</td>"}},
        {"output_type": "display_data", "data": {"image/svg+xml": "<text>anna@example.com</text>"}},
        {"output_type": "display_data", "data": {"application/json": {"a": ["anna@example.com"]}}},
        {"output_type": "display_data", "data": {"application/json": [{"first_name": "Anna"}]}},
    ],
    ids=["stream", "error", "plain", "html", "title", "head", "svg", "json", "field"],
)
def test_nothing_personal_hides_in_an_output(output: dict[str, Any], tmp_path: Path) -> None:
    content = notebook(**output)
    with pytest.raises(PersonalDataError, match="output of cell 1"):
        check_notebook(content, "report.ipynb")
    nbformat.write(content, tmp_path / "report.ipynb")
    with pytest.raises(PersonalDataError, match="output of cell 1"):
        write_html(tmp_path / "report.ipynb")
    assert not (tmp_path / "report.html").exists()


def test_styles_and_coordinates_are_no_texts() -> None:
    svg = '<svg><style>a{b:"x@y.zz"}</style><path d="M 030 901820 L 044 668 18 00"/></svg>'
    check_notebook(notebook(output_type="display_data", data={"image/svg+xml": svg}), "report")


def test_what_heads_a_row_is_no_column() -> None:
    """A touchpoint may be called E-mail; a column so called holds what tells a person."""

    def page(scope: str) -> dict[str, object]:
        html = f'<table><tr><th scope="{scope}">E-mail</th><td>x</td></tr></table>'
        output = {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}
        return {"cells": [{"source": "", "outputs": [output]}], "metadata": {}}

    check_notebook(page("row"), "a.ipynb")
    with pytest.raises(PersonalDataError, match="a column"):
        check_notebook(page("col"), "a.ipynb")
