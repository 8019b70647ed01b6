"""One browser and one JupyterLab for all browser tests; each test gets a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from chromium import NoChromiumError, launch
from lab import PATIENCE, Lab, serve
from playwright.sync_api import Browser, Page, expect, sync_playwright

OURS = {"127.0.0.1", "localhost", ""}  # "": file:, data: and blob: have no host


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that reaches nothing but this machine."""
    # A slow machine is no failure.
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        try:
            started = launch(playwright.chromium)
        except NoChromiumError as error:
            pytest.fail(str(error), pytrace=False)
        yield started
        started.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running JupyterLab; put files into ``lab.root`` and open them with ``open_lab``."""
    with serve(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def console_errors() -> list[str]:
    """What the page reported as errors: console messages and uncaught exceptions."""
    return []


@pytest.fixture
def page(browser: Browser, console_errors: list[str]) -> Iterator[Page]:
    """A fresh page; the test fails if it asked another machine for anything."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    foreign: list[str] = []

    def note_request(url: str) -> None:
        if (urlsplit(url).hostname or "") not in OURS:
            foreign.append(url)

    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    context.on("request", lambda request: note_request(request.url))
    opened.on("websocket", lambda socket: note_request(socket.url))
    opened.on(
        "console", lambda said: console_errors.append(said.text) if said.type == "error" else None
    )
    opened.on("pageerror", lambda error: console_errors.append(error.stack or str(error)))
    yield opened
    context.close()
    assert foreign == []
