"""Two runs of the same report: the same bytes but for times."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.reports.plan import Plan
from jupyter_journey.reports.templates import template

SAMPLE = paths.sample_data() / "saas" / "saas.journey.json"
TIMES = ("start_time", "end_time", "duration")
MADE_ON = re.compile(r'<time datetime="[^"]+">')
# What an altered or a random thing would show in: an object's address, a drawn id, a set's order.
TRICKY = """
class Thing: pass
display(Thing())
import pandas as pd
display(pd.DataFrame({"a": [1]}).style.set_caption("x"))
import altair as alt
_ = alt.renderers.enable("html")
alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a")
"""


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one report run twice, from two copies of its template."""
    folder = tmp_path_factory.mktemp("twice")
    notebook = json.loads(template("visualisation").read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "execution_count": None, "id": "tricky", "metadata": {}}
    notebook["cells"].append(cell | {"outputs": [], "source": TRICKY})
    for name in ("one.ipynb", "two.ipynb"):
        (folder / name).write_text(json.dumps(notebook), encoding="utf-8")
    for file in SAMPLE.parent.glob("*.csv"):
        shutil.copyfile(file, folder / file.name)
    shutil.copyfile(SAMPLE, folder / SAMPLE.name)
    said = {"templates": ["one.ipynb", "two.ipynb"], "journey": SAMPLE.name, "out": "reports"}
    plan = Plan.of(said | {"outputs": ["ipynb", "html", "pdf"], "file": folder / "plan.yaml"})
    assert {row.state for row in jj.batch(plan, progress=False).rows} == {"done"}
    return folder / "reports"


def timeless(value: Any) -> Any:
    """Drop the times of a notebook, and what its copy is called."""
    if isinstance(value, dict):
        return {
            key: timeless(held)
            for key, held in value.items()
            if key not in TIMES and key != "execution"
        }
    if isinstance(value, list):
        return [timeless(held) for held in value]
    return MADE_ON.sub("", value).replace("two.", "one.") if isinstance(value, str) else value


def test_notebooks_and_pages_are_the_same(twice: Path) -> None:
    one, two = (
        timeless(json.loads((twice / f"{name}.ipynb").read_text(encoding="utf-8")))
        for name in ("one", "two")
    )
    assert one == two
    assert len(one["cells"]) > 5
    pages = [(twice / f"{name}.html").read_text(encoding="utf-8") for name in ("one", "two")]
    assert MADE_ON.sub("", pages[0]) == MADE_ON.sub("", pages[1])
    assert {len(number) for number in re.findall(r"altair-viz-(\w+)", json.dumps(one))} == {1}


def test_no_file_tells_of_the_machine(twice: Path) -> None:
    for path in [*twice.glob("*.ipynb"), *twice.glob("*.html"), *twice.glob("index.*")]:
        text = path.read_text(encoding="utf-8")
        for place in (twice.parent, Path.home()):
            assert not re.search(rf"(?<![\w.]){re.escape(str(place))}\b", text), path.name
    assert {path.suffix for path in twice.glob("one.*")} == {".ipynb", ".html", ".pdf"}
