"""What the wheel carries, built the long way: checkout → sdist → wheel."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
EXTENSION = "jupyter_journey-{}.data/data/share/jupyter/labextensions/jupyter-journey/"

# Names that XML and JSON Schema use as identifiers, never as something to fetch.
IDENTIFIERS = ("http://www.w3.org/", "https://json-schema.org/", "http://json-schema.org/")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder with both files, and what the build said."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return out, done.stdout


@pytest.fixture(scope="module")
def wheel(built: tuple[Path, str]) -> ZipFile:
    [path] = built[0].glob("*.whl")
    return ZipFile(path)


@pytest.fixture(scope="module")
def extension() -> str:
    return EXTENSION.format(declared_version())


def declared_version() -> str:
    return str(json.loads((ROOT / "widgets" / "package.json").read_text())["version"])


def files_below(folder: str) -> set[str]:
    """The names of the checkout's files below a folder."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"}.intersection(path.parts)
    }


def test_wheel_carries_the_shipped_folders(wheel: ZipFile) -> None:
    names = set(wheel.namelist())
    for folder in ("notebook_templates", "sample_data"):
        expected = {f"jupyter_journey/{name}" for name in files_below(folder)}
        assert expected
        assert expected <= names


def test_wheel_carries_the_package_data(wheel: ZipFile) -> None:
    names = set(wheel.namelist())
    data = {name for name in files_below("jupyter_journey") if not name.endswith(".py")}
    data = {name for name in data if "/labextension/" not in name}
    assert "jupyter_journey/static/journey_grid.js" in data
    assert "jupyter_journey/model/journey.schema.json" in data
    assert "jupyter_journey/catalogue/lanes.yaml" in data
    assert data <= names


def test_wheel_carries_the_extension_once(wheel: ZipFile, extension: str) -> None:
    names = wheel.namelist()
    inside = {name.removeprefix(extension) for name in names if name.startswith(extension)}
    schemas = "schemas/jupyter-journey"
    assert {"package.json", "install.json", "build.sha256", f"{schemas}/plugin.json"} <= inside
    assert sum(bool(re.fullmatch(r"static/remoteEntry\.\w+\.js", name)) for name in inside) == 1
    # Two copies of one bundle under different roofs would double the download.
    bundles = Counter(Path(name).name for name in names if name.endswith(".js"))
    assert {name: count for name, count in bundles.items() if count > 1} == {}
    assert len(names) == len(set(names))


def test_wheel_leaves_the_workshop_behind(wheel: ZipFile) -> None:
    roofs = {name.split("/")[0] for name in wheel.namelist()}
    number = declared_version()
    stem = f"jupyter_journey-{number}"
    assert roofs == {"jupyter_journey", f"{stem}.data", f"{stem}.dist-info"}
    assert [n for n in wheel.namelist() if "node_modules" in n or "__pycache__" in n] == []


def test_built_scripts_name_no_other_machine(wheel: ZipFile) -> None:
    hosts = {
        (name, url)
        for name in wheel.namelist()
        if name.endswith(".js")
        for url in re.findall(r"https?://[^\s\"'`<>)\\]+", wheel.read(name).decode())
        if not url.startswith(IDENTIFIERS)
    }
    assert hosts == set()


def test_the_version_stands_in_one_place(wheel: ZipFile, extension: str) -> None:
    number = declared_version()
    lock = json.loads((ROOT / "widgets" / "package-lock.json").read_text())
    assert version("jupyter-journey") == number
    assert lock["version"] == lock["packages"][""]["version"] == number
    assert json.loads(wheel.read(f"{extension}package.json"))["version"] == number
    metadata = wheel.read(f"jupyter_journey-{number}.dist-info/METADATA").decode()
    assert f"\nVersion: {number}\n" in metadata


def test_licence_travels(wheel: ZipFile) -> None:
    folder = f"jupyter_journey-{declared_version()}.dist-info"
    assert "BSD 3-Clause" in wheel.read(f"{folder}/licenses/docs/LICENSE").decode()
    assert "License-Expression: BSD-3-Clause" in wheel.read(f"{folder}/METADATA").decode()


def test_an_sdist_needs_no_node(built: tuple[Path, str]) -> None:
    folder, said = built
    [path] = folder.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"jupyter_journey/static/journey_grid.js", "jupyter_journey/labextension"} <= {
        *names,
        *(str(Path(name).parent) for name in names),
    }
    assert {"widgets/package-lock.json", "widgets/node.py", "tests/conftest.py"} <= names
    # The wheel was built from the sdist, so this is what installing from it does.
    assert "The front end is current." in said.partition("Building wheel from sdist")[2]
