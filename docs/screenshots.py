"""Take pictures of the sample's maps.

``python docs/screenshots.py`` takes the README's, in JupyterLab.
``python docs/screenshots.py FOLDER [LANGUAGE ...]`` takes all eight map types, in English or these
languages, live, static and as image, light and dark, 800 and 1600 pixels wide, and puts them on one
page, ``index.html``.

Needs the package installed with its ``test`` extra; the browser is the tests' own.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from itertools import chain, product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from jupyter_journey import Journey, JourneyGrid, measure, paths, stale, steps
from jupyter_journey.charts import map_html, map_png
from jupyter_journey.paths import front_end
from jupyter_journey.reports.samples import sample_map

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
SAMPLE = paths.sample_data() / "saas"
THEMES = ("light", "dark")
WIDTHS = (800, 1600)
BEFORE, NOW = "2025-07-01/2025-12-31", "2026-01-01/2026-06-30"
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from chromium import launch  # noqa: E402
from lab import Lab, open_lab, run_command, serve, set_theme, wait_for_kernel  # noqa: E402
from notebooks import write  # noqa: E402

CELL = """\
import jupyter_journey as jj

journey = jj.Journey.load("saas.journey.json")
jj.JourneyGrid(journey)"""

TOLD = ("_snapshot", "_grid_id", "_words", "_signs", "_found", "read_only", "states", "view")
# As a Jupyter page runs the widget, but with nobody who answers.
SHOW = """async ([source, state]) => {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const widget = (await import(url)).default();
  const nothing = () => {};
  const model = { get: name => state[name], on: nothing, off: nothing, send: nothing };
  widget.initialize({ model, signal: new AbortController().signal });
  const el = document.querySelector('main');
  el.style.setProperty('--jj-height', 'none');
  widget.render({ model, el });
}"""


def main() -> None:
    """Take the README's pictures, or with a folder those of all map types."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("folder", nargs="?", type=Path, help="for all map types; else the README's")
    asked.add_argument("languages", nargs="*", default=["en"], help="codes, such as de")
    told = asked.parse_args()
    folder: Path | None = told.folder
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        if folder is None:
            take_for_readme(browser)
        else:
            take_all(browser, folder, told.languages)
        browser.close()


def sample_maps(language: str = "en") -> Iterator[Journey]:
    """Yield a map of each type, with the figures that the sample's data give it."""
    for path in [SAMPLE / "saas.journey.json", *sorted((SAMPLE / "maps").glob("*.journey.json"))]:
        journey = sample_map(path, language)
        if journey.document.sources:
            earlier = measure(journey, period=BEFORE).document.measurements
            journey = measure(journey, period=NOW)
            kept = [one.model_copy(update={"id": f"{one.id}-before"}) for one in earlier]
            journey = journey.replace("measurements", [*kept, *journey.document.measurements])
        yield steps.visualisation.filled(journey)


def states_of(journey: Journey) -> dict[str, str]:
    """Return whether each computed figure still holds."""
    found = stale(journey).set_index("measurement")["state"].str.replace(" ", "-")
    computed = (one.id for one in journey.document.measurements if one.fingerprint)
    return {key: found.get(key, "fresh") for key in computed}


def take_all(browser: Browser, folder: Path, languages: list[str]) -> None:
    """Write the pictures of all map types and a page that shows them."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for journey in chain.from_iterable(map(sample_maps, languages)):
        states = states_of(journey)
        name = f"{journey.map_type}-{journey.language}"
        for theme, width in product(THEMES, WIDTHS):
            names.append(f"{name}-image-{theme}-{width}.png")
            image = map_png(journey, theme=theme, width=width, states=states)
            (folder / names[-1]).write_bytes(image)
            page = browser.new_page(viewport={"width": width, "height": 400}, color_scheme=theme)
            for kind, show in {"live": show_live, "static": show_static}.items():
                page.set_content('<!doctype html><body style="margin: 0"><main></main></body>')
                show(page, journey, states, theme, width)
                names.append(f"{name}-{kind}-{theme}-{width}.png")
                page.screenshot(path=folder / names[-1], full_page=True)
            page.close()
    items = "".join(
        f'<figure><figcaption>{name}</figcaption><a href="{name}">'
        f'<img src="{name}" alt="{name}" width="480"></a></figure>'
        for name in map(escape, names)
    )
    style = "<style>body { display: flex; flex-wrap: wrap; align-items: start }</style>"
    (folder / "index.html").write_text(f"<!doctype html>{style}{items}", encoding="utf-8")


def show_live(page: Page, journey: Journey, states: dict[str, str], theme: str, width: int) -> None:
    """Show the widget, without a kernel."""
    del theme, width  # it follows the page
    grid = JourneyGrid(journey)
    grid.states = states
    state: dict[str, Any] = grid.get_state(TOLD)
    page.evaluate(SHOW, [Path(front_end("journey_grid.js")).read_text("utf-8"), state])
    page.get_by_role("grid").wait_for()


def show_static(
    page: Page, journey: Journey, states: dict[str, str], theme: Any, width: int
) -> None:
    """Show the picture."""
    shown = map_html(journey, theme=theme, width=width, states=states)
    page.locator("main").evaluate("(main, html) => { main.innerHTML = html; }", shown)


def take_for_readme(browser: Browser) -> None:
    """Write ``docs/images/map-light.png`` and ``map-dark.png``."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as lab:
        page = browser.new_page(viewport={"width": 1680, "height": 1180})
        open_lab(page, lab, notebook_with_the_sample(lab))
        wait_for_kernel(page)
        run_command(page, "application:toggle-left-area")
        run_command(page, "notebook:run-cell")
        page.get_by_role("grid").first.wait_for()
        for theme in THEMES:
            set_theme(page, theme)
            page.wait_for_timeout(500)
            page.screenshot(path=IMAGES / f"map-{theme}.png")


def notebook_with_the_sample(lab: Lab) -> str:
    """Write the sample's map and a notebook that shows it; return the notebook's name."""
    for path in SAMPLE.glob("*.csv"):
        shutil.copy(path, lab.root / path.name)
    journey = next(sample_maps())
    (lab.root / "saas.journey.json").write_text(journey.dumps(), encoding="utf-8")
    return str(write(lab, "map.ipynb", CELL).name)


if __name__ == "__main__":
    main()
