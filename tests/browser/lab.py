"""A real JupyterLab for the browser tests, untouched by the user's own settings."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Page, expect

Theme = Literal["light", "dark"]

START_SECONDS = 180
PATIENCE = 120_000
"""Milliseconds that anything may take on a machine with much else to do."""
QUIET = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}


@dataclass(frozen=True)
class Lab:
    """A running server: its address, its token, and the folder whose files it shows."""

    url: str
    token: str
    root: Path


@contextmanager
def serve(folder: Path) -> Iterator[Lab]:
    """Run JupyterLab in `folder` until the block ends."""
    root = folder / "files"
    root.mkdir()
    lab = Lab(f"http://127.0.0.1:{free_port()}", secrets.token_hex(16), root)
    variables = private_folders(folder / "jupyter")
    with running(command(lab), f"{lab.url}/api/status?token={lab.token}", folder, variables):
        yield lab


@contextmanager
def running(
    command: list[str], url: str, folder: Path, variables: dict[str, str]
) -> Iterator[None]:
    """Run a server among `folder`'s files, from the answer of `url` until the block ends."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder / "files",
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_ready(url, process, log)
            yield
        finally:
            stop(process)


def command(lab: Lab) -> list[str]:
    """Return the command line of the server."""
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        "--expose-app-in-browser",
        "--LabApp.extension_manager=readonly",
        f"--ServerApp.port={lab.url.rpartition(':')[2]}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={lab.root}",
        f"--IdentityProvider.token={lab.token}",
    ]


def private_folders(folder: Path) -> dict[str, str]:
    """Return environment variables that keep Jupyter out of the user's folders."""
    names = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    variables = {variable: str(folder / name) for variable, name in names.items()}
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET))
    return {**variables, "JUPYTER_PREFER_ENV_PATH": "1"}


def free_port() -> int:
    """Return a port that is free now, of those that no system hands out by itself."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"The server didn't start. Its log:\n{log.read_text()[-4000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and what it started."""
    # SIGTERM first: the kernels live in process groups of their own, only the server ends them.
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=5)


def open_lab(page: Page, lab: Lab, path: str = "", theme: Theme = "light") -> None:
    """Open JupyterLab, and in it a file below the server's folder, in a fresh workspace."""
    tree = f"/tree/{quote(path)}" if path else ""
    page.goto(f"{lab.url}/lab{tree}?token={lab.token}&reset")
    page.wait_for_function("() => window.jupyterapp !== undefined")
    page.evaluate("async () => { await window.jupyterapp.restored; }")
    if not path:
        page.locator(".jp-Launcher").wait_for()
    set_theme(page, theme)


def set_theme(page: Page, theme: Theme) -> None:
    """Switch JupyterLab's theme and wait until it shows."""
    name = "JupyterLab Light" if theme == "light" else "JupyterLab Dark"
    light = "true" if theme == "light" else "false"
    # Starting and changing the theme both draw a curtain over the page; drawn again while it
    # fades, JupyterLab takes it away twice and reports an error.
    curtain = page.locator("#jupyterlab-splash")
    expect(curtain).to_have_count(0, timeout=PATIENCE)
    if page.locator("body").get_attribute("data-jp-theme-light") == light:
        return
    run_command(page, "apputils:change-theme", {"theme": name})
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", light, timeout=PATIENCE)
    expect(curtain).to_have_count(0, timeout=PATIENCE)


def wait_for_kernel(page: Page) -> None:
    """Wait until the open notebook's kernel is idle.

    A cell run before raises the "Select Kernel" dialog; the indicator says idle far too early.
    """
    page.wait_for_function(
        """() => {
            const context = window.jupyterapp.shell.currentWidget?.sessionContext;
            return context?.isReady && context.kernelDisplayStatus === 'idle';
        }""",
        timeout=PATIENCE,
    )


def run_command(page: Page, command_id: str, arguments: dict[str, object] | None = None) -> None:
    """Run one of JupyterLab's commands and wait for its end, though not for ever."""
    page.evaluate(
        """async ([id, args, patience]) => {
            const late = new Promise((_, reject) => setTimeout(
                () => reject(new Error(`${id} took longer than ${patience} ms`)), patience));
            await Promise.race([window.jupyterapp.commands.execute(id, args), late]);
        }""",
        [command_id, arguments or {}, PATIENCE],
    )
