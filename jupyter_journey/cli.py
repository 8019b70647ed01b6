"""The command ``jupyter journey …``: thin verbs over the package's functions."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from jupyter_journey.errors import (
    InterruptedRunError,
    JourneyError,
    JourneyFileError,
    ParameterError,
)

__all__ = ["main"]

OK, FINDINGS, USAGE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="jupyter journey",
    help="Customer journey maps: new, check, run a step, a batch of reports, a demo of it all.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Data(StrEnum):
    """The sample data sets."""

    saas = "saas"
    cdnow = "cdnow"


class Level(StrEnum):
    """How grave a finding is."""

    error = "error"
    warning = "warning"
    hint = "hint"


class Form(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    sarif = "sarif"


_WAY = "Way through the steps: PROC-01 seven, PROC-02 six, PROC-03 a draft first."


def main() -> None:
    """Run the command line; errors of the user end in one sentence and exit code 2."""
    try:
        app(standalone_mode=True)
    except InterruptedRunError as error:
        typer.echo(f"\n{error}", err=True)
        sys.exit(INTERRUPTED)
    except KeyboardInterrupt:
        typer.echo("\nStopped by you; nothing half-written was left.", err=True)
        sys.exit(INTERRUPTED)
    except JourneyError as error:
        typer.echo(f"Error: {error}", err=True)
        sys.exit(USAGE)


@app.command(
    epilog="Example:  jupyter journey demo --out tour --data cdnow",
)
def demo(
    out: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("journey-demo"),
    data: Annotated[
        Data, typer.Option(help="saas: made up, truth known; cdnow: real.")
    ] = Data.saas,
    language: Annotated[str, typer.Option(help="Language of the reports.")] = "en",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Take a folder with files.")
    ] = False,
    way: Annotated[str, typer.Option(help=_WAY)] = "PROC-01",
) -> None:
    """Run the steps of a way on sample data: notebooks, HTML, an index and the finished map."""
    from jupyter_journey.reports.demo import run_demo

    made = run_demo(out, data=data.value, language=language, way=way, overwrite=overwrite)
    typer.echo(f"Reports: {made.index}")
    typer.echo(f"The map: {made.journey}")


@app.command(epilog="Example:  jupyter journey new acme.journey.json --title 'Acme Boards'")
def new(
    path: Annotated[Path, typer.Argument(help="File to make, such as acme.journey.json.")],
    title: Annotated[str, typer.Option(help="Title; default: from the file's name.")] = "",
    map_type: Annotated[str, typer.Option(help="Id of the map type.")] = "current-state",
    stages: Annotated[
        str, typer.Option(help="Id of a stage model, or names with commas.")
    ] = "saas-8",
    language: Annotated[str, typer.Option(help="Language of the names.")] = "en",
    events: Annotated[
        str, typer.Option(help="Event log the figures come from: file, folder, pattern or address.")
    ] = "",
    way: Annotated[str, typer.Option(help=_WAY)] = "PROC-01",
) -> None:
    """Make an empty journey map."""
    from jupyter_journey.model.journey import Journey

    _refuse_unfit(path, events)
    stem = path.name.removesuffix(".journey.json")
    journey = Journey.new(
        title or stem.replace("-", " ").title(),
        map_type=map_type,
        stages=[part.strip() for part in stages.split(",")] if "," in stages else stages,
        language=language,
        sources={"events": events} if events else None,
    ).change(settings={"way": way})
    typer.echo(f"Made {journey.save(path).path}")


def _refuse_unfit(path: Path, events: str) -> None:
    """Say what stands against making this file, before anything is made."""
    if not path.name.endswith(".journey.json"):
        reason = f"the name must end in .journey.json, such as {path.stem}.journey.json"
    elif path.exists():
        reason = "exists already. Choose another name, or delete it first"
    else:
        reason = ""
    if reason:
        raise JourneyFileError(path=str(path), where="", reason=reason)
    if events:
        from jupyter_journey.events.inputs.streams import items

        items(events)


@app.command(epilog="Example:  jupyter journey check acme.journey.json --fail-on warning")
def check(
    path: Annotated[Path, typer.Argument(help="The journey file.")],
    fail_on: Annotated[Level, typer.Option(help="Exit with 1 from this level on.")] = Level.error,
    form: Annotated[
        Form, typer.Option("--format", help="text; json for programs; sarif for code hosts.")
    ] = Form.text,
) -> None:
    """List the questions to resolve, by the rules of the method."""
    from jupyter_journey import steps
    from jupyter_journey.exports.findings import FORMATS
    from jupyter_journey.model.journey import Journey

    findings = steps.check(Journey.load(path))
    typer.echo(FORMATS[form.value](findings, str(path), path.read_text(encoding="utf-8")))
    graver = steps.LEVELS[: steps.LEVELS.index(fail_on.value) + 1]
    raise typer.Exit(FINDINGS if findings["level"].isin(graver).any() else OK)


@app.command(epilog="Example:  jupyter journey run data acme.journey.json -p period=2026-01")
def run(
    step: Annotated[
        str,
        typer.Argument(help="A step, such as goals or data; journey: all of its way."),
    ],
    journey: Annotated[Path, typer.Argument(help="The journey file to read.")],
    out: Annotated[Path, typer.Option(help="Folder of the report.")] = Path("reports"),
    output: Annotated[str, typer.Option(help="Write the journey back to this file.")] = "",
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A template parameter."),
    ] = None,
) -> None:
    """Execute one step's template into a notebook and an HTML page."""
    from jupyter_journey.reports.running import run_report

    given = _parameters(step, parameter or [])
    made = run_report(step, journey, out, {"output": output, **given})
    typer.echo(f"Notebook: {made.notebook}\nPage:     {made.page}")


_BATCH_EXAMPLES = """Examples:

jupyter journey batch weekly.yaml --dry-run

jupyter journey batch weekly.yaml --changed --workers 4

jupyter journey batch weekly.yaml --only 'champion-*'

jupyter journey batch weekly.yaml --resume
"""


@app.command(epilog=_BATCH_EXAMPLES)
def batch(
    plan: Annotated[Path, typer.Argument(help="The plan: a YAML file.")],
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Reports at a time; default: the plan's, or one a core."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Only what was stopped, killed, or never begun.")
    ] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only what is new, has changed, or failed.")
    ] = False,
    only: Annotated[str, typer.Option(help="Only reports whose name fits, such as '*-de'.")] = "",
    cluster: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Of a Dask scheduler, such as tcp://10.0.0.1:8786."),
    ] = "",
    out: Annotated[
        str, typer.Option(metavar="URL", help="Copy all files there, too: s3://reports/weekly …")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would run, why, and how long it takes.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="A line of JSON per report, for programs.")
    ] = False,
) -> None:
    """Make all reports of a plan, side by side, with an index.

    Exit codes: 0 all done; 1 some failed, or index or copies did; 2 the plan or the folder is
    wrong; 130 stopped by Ctrl-C.
    """
    from jupyter_journey.reports.plan import Plan
    from jupyter_journey.reports.starting import processes

    read = Plan.load(plan)
    if not (dry_run or cluster):
        processes()  # they import what they need while this one does
    from jupyter_journey.reports import telling
    from jupyter_journey.reports.choosing import todo
    from jupyter_journey.reports.combining import reports_of

    chosen: dict[str, Any] = {"resume": resume, "changed": changed, "only": only}
    if dry_run:
        say = telling.dry_json if as_json else telling.dry_text
        typer.echo(say(todo(read, reports_of(read), **chosen), read.at_a_time(workers)))
        return
    from jupyter_journey.reports.batch import batch as run_batch

    told = (lambda row: typer.echo(telling.row_json(row))) if as_json else None
    options: dict[str, Any] = {
        "workers": workers,
        "cluster": cluster,
        "copy_to": out,
        "progress": not as_json,
    }
    made = run_batch(read, told=told, **options, **chosen)
    typer.echo(telling.summary_json(made) if as_json else telling.summary_text(made))
    code = FINDINGS if made.failed or made.problems else OK
    raise typer.Exit(INTERRUPTED if made.stopped else code)


@app.command(epilog="Example:  jupyter journey compare reports-may reports-june")
def compare(
    before: Annotated[Path, typer.Argument(help="Folder of the earlier batch.")],
    after: Annotated[Path, typer.Argument(help="Folder of the later batch.")],
    out: Annotated[
        Path | None, typer.Option(help="The page; default: difference.html in the later folder.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the page.")] = "en",
) -> None:
    """Say which figures moved by more than chance from one batch of reports to another."""
    from jupyter_journey.reports.difference import difference

    found = difference(before, after, language)
    typer.echo(found.summary)
    for state, names in found.reports.groupby("state")["report"]:
        if state != "both":
            typer.echo(f"{state}: {', '.join(names)}")
    folder = after if after.is_dir() else after.parent
    typer.echo(f"Page: {found.save(out or folder / 'difference.html')}")


def _parameters(step: str, given: list[str]) -> dict[str, Any]:
    """Read ``name=value`` pairs; where a template takes no text, the value is read as YAML."""
    import yaml

    # A period such as 2026 is a text, whatever YAML makes of it.
    structured = {"where"}
    parameters: dict[str, Any] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign:
            reason = "has no value. Write -p name=value, such as -p persona=Champion."
            raise ParameterError(template_name=step, parameter=name, reason=reason)
        try:
            parameters[name] = yaml.safe_load(value) if name in structured else value
        except yaml.YAMLError as error:
            reason = f"can't be read: {value!r}. Put texts with special characters in quotes."
            raise ParameterError(template_name=step, parameter=name, reason=reason) from error
    return parameters


if __name__ == "__main__":
    main()
