"""What holds for all suites: the installed package is tested, and `--full` runs the long counts."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SHIPPED = {
    "jupyter_journey": "jupyter_journey",
    "notebook_templates": "jupyter_journey/notebook_templates",
    "sample_data": "jupyter_journey/sample_data",
}
AGAIN = "Run this, then pytest again: pip install '.[test]'"

settings.register_profile("default", derandomize=True, max_examples=50, deadline=None)
settings.register_profile("full", derandomize=True, max_examples=2000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long counts, too")


def pytest_configure(config: pytest.Config) -> None:
    # What reads customers' ids must not make a key for them in the home of whoever runs the tests.
    os.environ.setdefault("JUPYTER_JOURNEY_KEY", "a key for tests, which no customer is behind")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell's background jobs ignore interrupts, and so would all that the tests start.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "full: a long count; deselected unless --full is given")
    settings.load_profile("full" if config.getoption("--full") else "default")


def pytest_sessionstart() -> None:
    problem = find_mismatch()
    if problem:
        pytest.exit(f"{problem} {AGAIN}", returncode=4)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    long = [item for item in items if item.get_closest_marker("full")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def find_mismatch() -> str | None:
    """Tell how the installed package differs from the checkout, so that no test tests the past."""
    try:
        installed = distribution("jupyter-journey")
    except PackageNotFoundError:
        return "jupyter-journey isn't installed."
    if not is_editable(installed):
        changed = [path for path in shipped_files() if not is_same(installed, path)]
        if changed:
            return f"The installed jupyter-journey differs from the checkout: {changed[0]}."
    if installed_front_end(installed) != front_end_digest():
        return "The installed front end is older than its sources."
    return None


def is_editable(installed: Distribution) -> bool:
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    return bool(origin.get("dir_info", {}).get("editable"))


def shipped_files() -> list[Path]:
    """Return every source file a wheel carries."""
    unshipped = {"static", "labextension", "__pycache__", ".ipynb_checkpoints"}
    return [
        path.relative_to(ROOT)
        for folder in SHIPPED
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and not unshipped.intersection(path.relative_to(ROOT).parts)
    ]


def is_same(installed: Distribution, path: Path) -> bool:
    top, *rest = path.parts
    twin = Path(str(installed.locate_file("/".join([SHIPPED[top], *rest]))))
    return twin.is_file() and twin.read_bytes() == (ROOT / path).read_bytes()


def installed_front_end(installed: Distribution) -> str | None:
    stamps = [file for file in installed.files or [] if file.name == "build.sha256"]
    return stamps[0].read_text().strip() if stamps else None


def front_end_digest() -> str:
    spec = importlib.util.spec_from_file_location("widgets_node", ROOT / "widgets" / "node.py")
    assert spec is not None
    assert spec.loader is not None
    node = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(node)
    return str(node.digest())
