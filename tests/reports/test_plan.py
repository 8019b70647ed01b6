"""Plans: which reports they mean, what they're called, and what is wrong with them."""

from __future__ import annotations

import json
import math
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from jsonschema import Draft202012Validator
from made_notebooks import notebook, plan_of

from jupyter_journey import JourneyError, Plan, paths
from jupyter_journey.reports.combining import reports_of
from jupyter_journey.reports.plan import schema

SAMPLE = paths.sample_data() / "saas" / "saas.journey.json"
LEAST = """
template: stages
journey: acme.journey.json
matrix: {persona: [Administrator, Champion], language: [en, de]}
out: reports
outputs: [ipynb, html]
"""


def load(folder: Path, text: str) -> Plan:
    path = folder / "weekly.yaml"
    path.write_text(text, encoding="utf-8")
    return Plan.load(path)


def names(plan: Plan) -> list[str]:
    return [report.name for report in reports_of(plan)]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    declared = (
        'x: int = 0\nname: str = ""\nshare: float = 0.5\non: bool = False\nmany: list = []\n'
        "where: dict = {}\nany = None\nopen = 1"
    )
    return notebook(tmp_path / "own.ipynb", "x", parameters=declared)


def test_the_least_plan_means_every_combination(tmp_path: Path) -> None:
    reports = reports_of(load(tmp_path, LEAST))
    assert [(report.name, dict(report.parameters)) for report in reports] == [
        (
            f"{persona.lower()}-{language}",
            {"journey": "acme.journey.json", "persona": persona, "language": language},
        )
        for persona in ("Administrator", "Champion")
        for language in ("en", "de")
    ]


def test_zip_rows_include_and_exclude(template: Path) -> None:
    plan = plan_of(
        template,
        matrix={"on": [True, False]},
        zip={"x": [1, 2], "name": ["one", "two"]},
        include=[{"x": 9, "name": "nine"}],
        exclude=[{"x": 2, "on": False}],
        parameters={"share": 0.25},
    )
    found = [dict(report.parameters) for report in reports_of(plan)]
    assert found == [
        {"share": 0.25, "x": 1, "name": "one", "on": True},
        {"share": 0.25, "x": 1, "name": "one", "on": False},
        {"share": 0.25, "x": 2, "name": "two", "on": True},
        {"share": 0.25, "x": 9, "name": "nine"},
    ]


def test_several_templates_and_journeys_multiply(tmp_path: Path) -> None:
    plan = load(tmp_path, "templates: [goals, stages]\njourneys: [a.journey.json, b.journey.json]")
    assert names(plan) == ["goals-a", "goals-b", "stages-a", "stages-b"]


def test_each_journey_gets_the_further_combinations_that_name_none(tmp_path: Path) -> None:
    more = "include: [{persona: Y}, {journey: b.journey.json, persona: Z}]"
    journeys = "journeys: [a.journey.json, b.journey.json]\nmatrix: {persona: [X]}"
    plan = load(tmp_path, f"template: goals\n{journeys}\n{more}")
    assert names(plan) == ["a-x", "b-x", "a-y", "b-y", "b-z"]


def test_rows_come_from_csv_frame_or_query_in_the_templates_types(template: Path) -> None:
    rows = template.with_name("rows.csv")
    rows.write_text("name,x,share,on\n007,7,0.5,true\nNA,8,1,false\n", encoding="utf-8")
    expected = [
        {"name": "007", "x": 7, "share": 0.5, "on": True},
        {"name": "NA", "x": 8, "share": 1.0, "on": False},
    ]
    frame = pd.DataFrame(expected)
    query = (
        'SELECT name, x::INT AS x, share::DOUBLE AS share, "on"'
        " FROM read_csv('rows.csv', all_varchar=true) ORDER BY x"
    )
    for given in ("rows.csv", frame, {"sql": query}):
        found = [dict(report.parameters) for report in reports_of(plan_of(template, rows=given))]
        assert found == expected
        kept = reports_of(
            plan_of(template, rows=given, exclude=[{"x": 8}])
        )  # a number in all three
        assert [report.parameters["x"] for report in kept] == [7]


def test_lists_and_conditions_come_from_csv_as_json_and_from_queries_as_they_are(
    template: Path,
) -> None:
    rows = template.with_name("rows.csv")
    rows.write_text('where,many\n"{""country"": ""NO""}","[1, 2]"\n', encoding="utf-8")
    query = "SELECT {'country': 'NO'} AS \"where\", [1, 2] AS many"
    for given in ("rows.csv", {"sql": query}):
        (report,) = reports_of(plan_of(template, rows=given))
        assert report.parameters == {"where": {"country": "NO"}, "many": [1, 2]}
    rows.write_text("where\nNO\n", encoding="utf-8")
    with pytest.raises(JourneyError, match="'where' is a dict, and can't be 'NO'"):
        reports_of(plan_of(template, rows="rows.csv"))
    rows.write_text("where\n", encoding="utf-8")
    with pytest.raises(JourneyError, match="asks for no report: rows"):
        reports_of(plan_of(template, rows="rows.csv"))
    with pytest.raises(JourneyError, match=r"can't be a date.*in SQL, take strftime"):
        reports_of(plan_of(template, rows={"sql": "SELECT DATE '2026-01-01' AS name"}))


def test_a_plan_made_in_python_says_what_is_wrong_as_its_file_does() -> None:
    with pytest.raises(JourneyError, match=r"plan, templat: is unknown.*did you mean 'template'"):
        Plan(template="stages", templat="goals")
    with pytest.raises(JourneyError, match="plan, retries: can't be -1"):
        Plan(template="stages", retries=-1)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{persona}-{language}", ["administrator-de", "champion-de"]),
        ("{language}/{template} {persona}", ["de/stages administrator", "de/stages champion"]),
        ("", ["administrator-de", "champion-de"]),
    ],
)
def test_names_follow_the_pattern(pattern: str, expected: list[str], tmp_path: Path) -> None:
    text = LEAST.replace("[en, de]", "[de]") + f"names: '{pattern}'\n"
    assert names(load(tmp_path, text)) == expected


def test_values_can_not_lead_out_of_the_folder(template: Path) -> None:
    plan = plan_of(template, matrix={"name": ["../../etc/passwd", "/x/y", "..", "C:\\x", ""]})
    assert names(plan) == ["etc-passwd", "x-y", "unnamed", "c-x", "all"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("templat: stages", r"weekly\.yaml, templat: is unknown\. .*did you mean 'template'"),
        (
            "template: stagse",
            r"weekly\.yaml, template: There is no template 'stagse'; did you mean 'stages'",
        ),
        ("template: gone.ipynb", r"template: 'gone\.ipynb' is no notebook"),
        ("templates: [goals]", "give template or templates, not both"),
        ("matrix: {persna: [A]}", "persna: .*did you mean 'persona'"),
        ("matrix: {mode: [raport]}", "mode: .*can't be 'raport'"),
        (
            "matrix: {period: [2026]}",
            r"period: .*is a str, and can't be 2026 \(int\)\. Put it in quotes",
        ),
        (
            "matrix: {period: [2026-01-01]}",
            "period: .*can't be a date. Put it in quotes: '2026-01-01'",
        ),
        ("matrix: {language: [no]}", "language: .*can't be False"),
        ("matrix: {persona: A}", "matrix.persona: can't be 'A'"),
        ("zip: {persona: [A, B], title: [C]}", "persona has 2, title has 1"),
        ("zip: {persona: [A, B]}", "zip.persona: stands in matrix, too"),
        ("outputs: [docx]", "outputs.0: can't be 'docx'"),
        ("outputs: []", "outputs: can't be"),
        ("retries: -1", "retries: can't be -1"),
        ("limits: {tme: 3}", "limits.tme: is unknown. .*did you mean 'time'"),
        ("limits: {time: 0}", "limits.time: can't be 0"),
        ("names: '../{persona}'", "names: .*leads to another folder"),
        ("names: '/{persona}'", "names: .*leads to another folder"),
        ("names: '{persona.__class__}'", "names: .*can't be filled"),
        ("names: '{persona!r}'", "names: .*can't be filled"),
        ("names: '{persna}'", "names: .*did you mean 'persona'"),
        ("names: '{persona'", "names: .*is no pattern"),
        ("names: 'report'", "two reports the name 'report'; they differ in language"),
        ("names: 'index'", "is what the page of all reports is called"),
        ("exclude: [{language: en}, {language: de}]", "leaves no report"),
        ("exclude: [{langage: en}]", r"exclude\.langage: .*did you mean 'language'"),
        ("matrix: {persona: []}", "asks for no report"),
        ("parameters: {output: o.journey.json}", r"output: .*two reports, .*-en' and .*-de'"),
        ("parameters: {title: 'pg://me:hunter2@db/x'}", "title: .*seems to hold a password"),
        ("parameters: {title: write to anna@example.com}", "e-mail address"),
        ("rows: gone.csv", "rows: can't be read"),
        ("rows: {sql: SELECT nothing}", "rows.sql: can't be answered"),
        ("- list", "holds no keys"),
        ("matrix: {", "is no YAML"),
    ],
)
def test_what_is_wrong_is_named_with_the_way_out(change: str, said: str, tmp_path: Path) -> None:
    key = change.partition(":")[0]
    kept = [line for line in LEAST.splitlines() if line and not line.startswith(f"{key}:")]
    text = change if change.startswith("-") else "\n".join([*kept, change])
    with pytest.raises(JourneyError, match=said):
        reports_of(load(tmp_path, text))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("x", 1.5, "'x' is a int, and can't be 1.5"),
        ("x", True, "'x' is a int, and can't be True"),
        ("x", "seven", "'x' is a int, and can't be 'seven'"),
        ("share", math.nan, "can't be nan"),
        ("share", math.inf, "can't be inf"),
        ("any", (1, 2), "can't be a tuple. Take a list"),
        ("any", date(2026, 1, 1), "can't be a date"),
        ("any", Decimal("1.5"), "can't be of type Decimal"),
        ("where", {1: "a"}, "has the key 1, which is no text"),
        ("many", [[math.nan]], "can't be nan"),
        ("undeclared", 1, "isn't declared in its cell tagged parameters"),
    ],
)
def test_values_a_notebook_can_not_hold_are_refused(
    name: str, value: Any, said: str, template: Path
) -> None:
    with pytest.raises(JourneyError, match=said):
        reports_of(plan_of(template, matrix={name: [value]}))


@pytest.mark.parametrize(
    "name", ["password", "API_KEY", "db_secret", "token", "dbPassword", "access_key"]
)
def test_secrets_never_become_parameters(name: str, tmp_path: Path) -> None:
    template = notebook(tmp_path / "own.ipynb", "1", parameters=f'{name} = ""')
    with pytest.raises(JourneyError, match=r"seems to be a secret.*environment variable"):
        reports_of(plan_of(template, matrix={name: ["hunter2"]}))


def test_the_published_schema_is_the_plans_own() -> None:
    text = files("jupyter_journey.reports").joinpath("plan.schema.json").read_text("utf-8")
    assert text == json.dumps(schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    published = json.loads(text)
    Draft202012Validator.check_schema(published)
    check = Draft202012Validator(published)
    assert not list(check.iter_errors(yaml_of(LEAST)))
    assert [e.message for e in check.iter_errors(yaml_of(LEAST) | {"templat": "x"})]
    assert [e.message for e in check.iter_errors(yaml_of(LEAST) | {"retries": "x"})]
    assert all("description" in about for about in published["properties"].values())


def yaml_of(text: str) -> dict[str, Any]:
    import yaml

    said: dict[str, Any] = yaml.safe_load(text)
    return said
