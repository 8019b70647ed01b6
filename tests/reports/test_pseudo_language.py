"""A language made up of all words: what is in plain letters comes from no language file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup

import jupyter_journey as jj
from jupyter_journey import catalogue, paths
from jupyter_journey.catalogue import stage_models
from jupyter_journey.model.records import COLLECTIONS
from jupyter_journey.reports.samples import sample_map
from jupyter_journey.reports.templates import template
from jupyter_journey.steps import STEPS

LANGUAGE = "ja"  # neither its sample nor the way it writes numbers and days has plain letters
SAAS = paths.sample_data() / "saas"
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in (*range(65, 91), *range(97, 123))})
SEARCHED = {"channels", "aliases"}
"""Words of the catalogue that are looked for, and not shown."""
SHOWN = ("aria-label", "title", "alt", "placeholder")
OF_TYPES = "OWN-1"
"""A way through the steps in which a map's type tells."""
NAMES = {"Acme", "Boards", "Jupyter", "Journey", "CRM", "NPS", "CES", "CSAT", "IT", "EUR", "Web"}
ADDRESSES = {"id", "direct", "indirect", "end", "up", "down", "upsell", "days"}
"""What a grid holds as the file does."""
ID = re.compile(
    r"(CHK|MET|OWN|TP|MIL|PER|GOAL|TPQ|VIS|RULE)(-[A-Z0-9]+)+[a-z]?|\b[0-9a-f]{12}\b", re.IGNORECASE
)


def wide(words: Any) -> Any:
    """Write the words of a language in wide letters, and leave their fields."""
    if isinstance(words, dict):
        return {key: wide(it) for key, it in words.items() if key != "also"}
    if isinstance(words, list):
        return [wide(it) for it in words]
    parts = re.split(r"(\{[^}]*\})", str(words))
    return "".join(part if part.startswith("{") else part.translate(WIDE) for part in parts)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project that brings the language, with a part of the sample in it."""
    folder = tmp_path_factory.mktemp("pseudo")
    words = folder / "catalogue" / "languages" / LANGUAGE
    words.mkdir(parents=True)
    said = {key: it for key, it in catalogue.texts("en").items() if key not in SEARCHED}
    text = yaml.safe_dump(wide(said), allow_unicode=True)
    (words / "words.yaml").write_text(text, encoding="utf-8")
    steps = f"{OF_TYPES}: {{way: true, steps: [1, 7]}}"
    (folder / "catalogue" / "processes.yaml").write_text(steps, encoding="utf-8")
    for file in SAAS.glob("*.csv"):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        some = table[table["customer"] < "c02000"] if "customer" in table else table
        some.to_csv(folder / file.name, index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_JOURNEY_CATALOGUE", str(folder / "catalogue"))
        patch.chdir(folder)
        journey = sample_map(SAAS / "saas.journey.json", LANGUAGE)
        (folder / "saas.journey.json").write_text(journey.dumps(), encoding="utf-8")
        yield folder


@pytest.fixture(scope="module")
def known(project: Path) -> set[str]:
    """Names of the data: events, columns, what stands in columns of few values, and ids."""
    tables = [pd.read_csv(file, dtype=str) for file in project.glob("*.csv")]
    few = [table[name] for table in tables for name in table if table[name].nunique() < 30]
    document = jj.Journey.load(project / "saas.journey.json").document
    found = {
        *NAMES,
        *ADDRESSES,
        *stage_models(),
        *(str(value) for column in few for value in column.dropna().unique()),
        *(name for table in tables for name in table.columns),
        *(file.name for file in project.iterdir()),
        *(one.id for name in COLLECTIONS for one in getattr(document, name) if name != "cells"),
    }
    return {name for name in found if re.search("[A-Za-z]{2,}", name)}


def displayed(step: str, **parameters: str) -> list[Any]:
    """Return what the cells of a template display, without a kernel."""
    shown: list[Any] = []
    names: dict[str, Any] = {"display": lambda *objects: shown.extend(objects)}
    for cell in nbformat.read(template(step), 4).cells:
        code = ast.parse(cell.source)
        if isinstance(code.body[-1], ast.Expr):
            code.body[-1] = ast.Assign([ast.Name("shown", ast.Store())], code.body[-1].value)
        exec(compile(ast.fix_missing_locations(code), step, "exec"), names)  # noqa: S102
        shown.append(names.pop("shown", None))
        names |= {name: it for name, it in parameters.items() if "result" not in names}
    return [it for it in shown if it is not None]


def html_of(it: Any) -> str:
    data = it._repr_mimebundle_() if hasattr(it, "_repr_mimebundle_") else {}
    data = data[0] if isinstance(data, tuple) else data
    if hasattr(it, "_repr_html_"):
        data = {**data, "text/html": it._repr_html_()}
    if hasattr(it, "_repr_markdown_"):
        data = {**data, "text/html": it._repr_markdown_()}
    return data.get("text/html") or data.get("image/svg+xml") or str(it)


def shown_in(html: str) -> Iterator[str]:
    soup = BeautifulSoup(html, "html.parser")
    for gone in soup(["style", "script"]):
        gone.decompose()
    yield from soup.stripped_strings
    for tag in soup.find_all(True):
        yield from (str(tag[name]) for name in SHOWN if tag.has_attr(name))


def unsaid(texts: Iterator[str], known: set[str]) -> set[str]:
    """Return what stands in plain letters and is no name and no id."""
    apart = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    names = re.compile(rf"(?<![A-Za-z_])({apart})(?![A-Za-z_])", re.IGNORECASE)
    return {text for text in texts if re.search("[A-Za-z]{2}", names.sub("", ID.sub("", text)))}


@pytest.mark.parametrize("step", STEPS)
def test_a_report_says_nothing_but_the_words_of_its_language(step: str, known: set[str]) -> None:
    displays = displayed(step, journey="saas.journey.json", mode="teach")
    assert len(displays) > 5
    left = {text for it in displays for text in unsaid(shown_in(html_of(it)), known)}
    assert left == set()


def filled(base: jj.Journey, map_type: str) -> jj.Journey:
    """Return the sample as another type of map, with something in each lane and no source."""
    empty = jj.Journey.new("図", map_type=map_type, language=LANGUAGE)
    bare = base.replace("cells", []).replace("measurements", []).replace("sources", [])
    typed = bare.change(map_type=map_type, settings={"way": OF_TYPES})
    journey = typed.replace("lanes", empty.document.lanes)
    held: dict[str, Any] = {"score": 1, "metric": 0.5, "date": "2026-03-31"}
    held |= {"list": ["一", "二"], "chips": ["一"]}
    for lane in journey.document.lanes:
        value = held.get(lane.kind, "文")
        if lane.kind == "choice":
            value = lane.options[0]
        if lane.refers_to:
            value = [getattr(journey.document, lane.refers_to)[0].id]
        journey = journey.set(journey.document.stages[0].id, lane.id, value)
    return journey


@pytest.mark.parametrize("map_type", catalogue.map_types())
def test_each_type_of_map_says_nothing_but_the_words_of_its_language(
    map_type: str, known: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "saas.journey.json"
    journey = filled(jj.Journey.load("saas.journey.json"), map_type).save(path)
    displays = displayed("journey", journey=str(path), mode="teach")
    assert len(displays) > 30
    names = known | {lane.id for lane in journey.document.lanes}
    left = {text for it in displays for text in unsaid(shown_in(html_of(it)), names)}
    assert left == set()
