"""Where a batch's files lie, and how a report's get there: whole, by the driver alone."""

from __future__ import annotations

import html
import json
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_journey.errors import JourneyError, PersonalDataError, SourceError
from jupyter_journey.model.storage import sync_folder, write
from jupyter_journey.privacy import check_notebook
from jupyter_journey.privacy.scan import found_in
from jupyter_journey.reports.worker import Job, Made
from jupyter_journey.reports.workers import Ended

__all__ = ["Keeper"]

_ENDINGS = ("ipynb", "html", "pdf", "failed.ipynb")
_SIGNALS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Keeper:
    """The folder of a batch.

    Workers write in a hidden folder in it; what they made is moved to its place once it is whole.

    Parameters
    ----------
    out
        The folder; it is made where it's missing, and what an earlier batch left half made goes.

    Raises
    ------
    SourceError
        If it can't be written to.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._hidden = out / ".running"
        try:
            out.mkdir(parents=True, exist_ok=True)
            if self._hidden.exists():
                shutil.rmtree(self._hidden)
            self._hidden.mkdir()
        except OSError as error:
            raise SourceError(
                source=str(out),
                reason=f"can't be used as a folder for reports ({error.strerror})",
                way_out="Choose another one",
            ) from error

    def scratch(self, name: str) -> Path:
        """Return where a worker makes a report's notebook."""
        return self._hidden / f"{name}.ipynb"

    def place(self, name: str, ending: str) -> Path:
        """Return where a report's file lies in the end."""
        return self.out / f"{name}.{ending}"

    def keep(self, ended: Ended) -> str:
        """Put what a report made in its place; return what went wrong, now or before."""
        error = told(ended.made.error)
        try:
            self.place(ended.job.name, "ipynb").parent.mkdir(parents=True, exist_ok=True)
            if error:
                self._keep_failed(ended.job, error)
            self._log(ended, error)
            if not error:  # the last step: whatever fails before leaves the last good run
                self._keep_good(ended.job, ended.made)
        except (OSError, JourneyError) as failed:
            error = error or told(f"Its files can't be put in their place: {failed}")
            with suppress(OSError):  # the manifest tells it, too
                self._log(ended, error)
        finally:
            self._clear(ended.job.name)
        return error

    def close(self) -> None:
        """Take away what was only needed while reports ran."""
        shutil.rmtree(self._hidden, ignore_errors=True)

    def _keep_good(self, job: Job, made: Made) -> None:
        for kind in made.outputs:
            job.scratch.with_suffix(f".{kind}").replace(self.place(job.name, kind))
        sync_folder(self.place(job.name, "ipynb").parent)
        self.place(job.name, "failed.ipynb").unlink(missing_ok=True)

    def _keep_failed(self, job: Job, error: str) -> None:
        """Store the failed notebook beside the last good one, with the error on top."""
        made = job.scratch.with_name(f"{job.scratch.stem}.failed.ipynb")
        content = json.loads((made if made.is_file() else job.source).read_bytes())
        if not made.is_file():
            _forget_runs(content)
        said = json.dumps(dict(job.parameters), ensure_ascii=False, indent=1)
        # As they stand: Markdown in them would fetch pictures when somebody opens the notebook.
        texts = "\n\n".join(f"<pre>{html.escape(text)}</pre>" for text in (error, said))
        top = f"**This report failed.**\n\n{texts}"
        cell = {"cell_type": "markdown", "metadata": {}, "source": top}
        if (content["nbformat"], content["nbformat_minor"]) >= (4, 5):
            cell["id"] = "why-it-failed"
        try:
            check_notebook(content, job.name)
        except PersonalDataError:  # then only why it failed is kept
            content["cells"] = []
        content["cells"].insert(0, cell)
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        write(self.place(job.name, "failed.ipynb"), text.encode(), None, overwrite=True)

    def _log(self, ended: Ended, error: str) -> None:
        lines = [f"cell {number} started after {after:.2f} s" for number, after in ended.cells]
        lines.append(f"ended after {ended.seconds:.2f} s: {error or 'done'}")
        path = self.out / "logs" / f"{ended.job.name}.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _clear(self, name: str) -> None:
        for ending in _ENDINGS:
            with suppress(OSError):
                (self._hidden / f"{name}.{ending}").unlink(missing_ok=True)


def told(error: str) -> str:
    """Return an error's words, without personal data or signals to a terminal in them."""
    found = next(found_in(error), None)
    if found:
        return f"Its error isn't told, as it seems to hold a {found.kind}"
    return _SIGNALS.sub("", error)


def _forget_runs(content: dict[str, Any]) -> None:
    """Show a template as what it is: nothing in it has run, as far as is known."""
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
