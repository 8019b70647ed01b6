"""Take the README's pictures of a map in JupyterLab: ``python docs/screenshots.py``.

Needs the package installed with its ``test`` extra; the browser is the tests' own.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from jupyter_journey import Journey, measure, paths, steps

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from chromium import launch  # noqa: E402
from lab import open_lab, run_command, serve, set_theme, wait_for_kernel  # noqa: E402
from notebooks import write  # noqa: E402

CELL = """\
import jupyter_journey as jj

jj.JourneyGrid(jj.Journey.load("saas.journey.json"))"""


def main() -> None:
    """Write ``docs/images/map-light.png`` and ``map-dark.png``."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        sample = paths.sample_data() / "saas"
        for name in ("events.csv", "survey.csv"):
            shutil.copy(sample / name, lab.root / name)
        shutil.copy(sample / "saas.journey.json", lab.root / "saas.journey.json")
        journey = Journey.load(lab.root / "saas.journey.json")
        steps.visualisation.filled(measure(journey)).save()
        notebook = write(lab, "map.ipynb", CELL)
        browser = launch(playwright.chromium)
        page = browser.new_page(viewport={"width": 1680, "height": 1180})
        open_lab(page, lab, notebook.name)
        wait_for_kernel(page)
        run_command(page, "application:toggle-left-area")
        run_command(page, "notebook:run-cell")
        page.get_by_role("grid").first.wait_for()
        for theme in ("light", "dark"):
            set_theme(page, theme)
            page.wait_for_timeout(500)
            page.screenshot(path=IMAGES / f"map-{theme}.png")
        browser.close()


if __name__ == "__main__":
    main()
