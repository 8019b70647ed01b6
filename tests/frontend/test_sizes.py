"""What a page loads, minified and gzipped, stays small; sizes are no timings."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from jupyter_journey.paths import front_end

PACKAGE = front_end("journey_grid.js").parents[1]
EXTENSION = "share/jupyter/labextensions/jupyter-journey"


@pytest.mark.parametrize(
    ("scripts", "bound"),
    [
        ("static/journey_grid.js", 30),
        ("static/frame_grid.js", 45),
        ("labextension/static/*.js", 150),
    ],
)
def test_a_bundle_is_within_its_bound(scripts: str, bound: float) -> None:
    installed = scripts.replace("labextension", EXTENSION)
    found = [*PACKAGE.glob(scripts)] or [*Path(sys.prefix).glob(installed)]
    assert found, "the front end isn't built: python widgets/node.py build"
    assert sum(len(gzip.compress(path.read_bytes())) for path in found) / 1000 <= bound
