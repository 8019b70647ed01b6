"""The demo: sample data, the steps of the map's way in order, an index with the map on top."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_journey import catalogue, paths
from jupyter_journey.charts import map_html
from jupyter_journey.errors import InterruptedRunError, SourceError
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.storage import write
from jupyter_journey.privacy import check_journey
from jupyter_journey.reports.html import page, write_html
from jupyter_journey.reports.running import run_step
from jupyter_journey.reports.samples import sample_interviews, sample_map
from jupyter_journey.reports.templates import number_of, template
from jupyter_journey.steps import check, steps_of, way_of
from jupyter_journey.steps.findings import called

__all__ = ["Demo", "run_demo"]


@dataclass(frozen=True)
class Demo:
    """Where a demo's results lie."""

    index: Path
    journey: Path


def run_demo(
    out: Path,
    *,
    data: str = "saas",
    language: str = "en",
    way: str = "PROC-01",
    overwrite: bool = False,
) -> Demo:
    """Copy a sample into a folder and run the steps of a way on it.

    Writes ``reports/*.ipynb``, an HTML page of each, ``index.html`` and the finished
    ``*.journey.json``; each step reads the journey the one before wrote back.

    Parameters
    ----------
    out
        The folder; it must be empty or new.
    data
        ``saas`` (made up) or ``cdnow`` (real).
    language
        Language of the sample's map and of the reports.
    way
        The way through the steps (PROC-01 to 03, or a project's own).
    overwrite
        Take a folder that holds files: those of an earlier demo are replaced.

    Raises
    ------
    UnknownNameError
        If there is no such language or way.
    SourceError
        If the folder holds files, or can't be written to.
    InterruptedRunError
        If the user stops it; the reports done so far are whole.
    """
    from tqdm.auto import tqdm

    catalogue.texts(language)
    catalogue.way(way)
    _claim(out, overwrite=overwrite)
    journey = _copied(paths.sample_data() / data, out, language, way)
    steps, done = steps_of(Journey.load(journey)), 0
    with tqdm(steps, desc="Steps", unit="report") as progress:
        for step in progress:
            progress.set_postfix_str(step)
            seen = f"../{journey.name}"
            parameters = {"journey": seen, "output": seen, "language": language}
            try:
                notebook = run_step(step, out / "reports" / template(step).name, parameters)
                write_html(notebook, index="../index.html")
            except KeyboardInterrupt as error:
                raise InterruptedRunError(done=done, total=len(steps), out=out) from error
            done += 1
    index, finished = out / "index.html", Journey.load(journey)
    check_journey(finished, str(index))
    write(index, _index(finished).encode(), None, overwrite=True)
    return Demo(index, journey)


def _claim(out: Path, *, overwrite: bool) -> None:
    """Make the folder, or refuse one with files in it: they may be somebody's work."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        holds_files = any(out.iterdir())
    except OSError as error:
        reason = f"can't be used as a folder ({error.strerror})"
        raise SourceError(source=str(out), reason=reason, way_out="Choose another one") from error
    if holds_files and not overwrite:
        way_out = "Choose another folder with --out, or say --overwrite"
        raise SourceError(source=str(out), reason="holds files already", way_out=way_out)


def _copied(sample: Path, out: Path, language: str, way: str) -> Path:
    """Copy a sample's tables, and what people say in the language: its interviews and its map."""
    for file in sample.glob("*.csv"):
        if file.stem == "interviews":
            told = sample_interviews(file, language)
            (out / file.name).write_text(told, encoding="utf-8", newline="\n")
        else:
            shutil.copyfile(file, out / file.name)
    [file] = sample.glob("*.journey.json")
    journey = sample_map(file, language).change(settings={"way": way})
    write(out / file.name, journey.dumps().encode(), None, overwrite=True)
    return out / file.name


def _index(journey: Journey) -> str:
    words = catalogue.texts(journey.language)
    return page(
        "index.html.j2",
        title=words["index"]["title"],
        language=journey.language,
        summary=_summary(journey, words),
        map=map_html(journey, theme="auto"),
        way=called(journey, "processes", journey.settings.way),
        steps=[_entry(step, journey, words) for step in steps_of(journey)],
        journey=journey.path.name if journey.path else "",
        origin=words["index"]["origin"],
        labels=words["index"],
    )


def _summary(journey: Journey, words: dict[str, Any]) -> str:
    document = journey.document
    text: str = words["index"]["summary"]
    return text.format(
        map_type=words["map_types"][journey.map_type]["name"],
        stages=len(document.stages),
        personas=len(document.personas),
        touchpoints=len(document.touchpoints),
        figures=sum(figure.value is not None for figure in document.measurements),
    )


def _entry(step: str, journey: Journey, words: dict[str, Any]) -> dict[str, Any]:
    number = number_of(step)
    stem = template(step).stem
    count = len(check(journey, number))
    own = way_of(journey).loc[lambda way: way["step"] == step, "called"]
    marks = words["index"]["open" if count else "clear"].format(count=count)
    return {
        "number": number,
        "name": words["steps"][number]["name"],
        "purpose": catalogue.sentences(journey.language, [*own, words["steps"][number]["purpose"]]),
        "findings": marks,
        "html": f"reports/{stem}.html",
        "notebook": f"reports/{stem}.ipynb",
    }
