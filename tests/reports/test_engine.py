"""The engine: a notebook comes out as from papermill's own, cell for cell."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import papermill
import pytest
from made_notebooks import notebook, plan_of, texts

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.reports import starting
from jupyter_journey.reports.templates import template
from jupyter_journey.steps import STEPS

TRICKY = Path(__file__).with_name("tricky_cells.txt").read_text("utf-8").split("\n# %%\n")


_ADDED = {"injected-parameters", "papermill-error-cell-tag"}


def together(outputs: list[Any]) -> list[Any]:
    """Join what stands side by side of a stream: a busy kernel sends it in more than one piece."""
    joined: list[Any] = []
    for is_stream, run in groupby(outputs, lambda one: one.output_type == "stream"):
        pieces = list(run)
        if not is_stream:
            joined += pieces
            continue
        for name in sorted({piece.name for piece in pieces}):
            text = "".join(piece.text for piece in pieces if piece.name == name)
            joined.append({"output_type": "stream", "name": name, "text": text})
    return joined


def comparable(path: Path) -> Any:
    """Return a notebook without times and generated ids."""
    content = nbformat.read(path, 4)
    for times in ("start_time", "end_time", "duration", "output_path"):
        content.metadata.papermill.pop(times, None)
    for cell in content.cells:
        cell.metadata.pop("execution", None)
        cell.metadata.get("papermill", {}).pop("start_time", None)
        cell.metadata.get("papermill", {}).pop("end_time", None)
        cell.metadata.get("papermill", {}).pop("duration", None)
        if _ADDED & set(cell.metadata.get("tags", ())):
            cell.id = "generated"
        if cell.cell_type == "code":
            cell.outputs = together(cell.outputs)
    for kind in content.metadata.get("widgets", {}).values():  # by generated ids: in any order
        kind["state"] = [*kind["state"].values()]
    text = json.dumps(content, sort_keys=True)
    for pattern in (
        r"[0-9a-f]{32}",
        r"ipykernel_\d+",
        r"0x[0-9a-f]{6,}",
        r"\bjj[0-9a-f]{8}\b",
        r"\d{4}-\d\d-\d\dT[\d:.]+",
    ):
        text = re.sub(pattern, "-", text)
    made = json.loads(text)
    for kind in made["metadata"].get("widgets", {}).values():
        kind["state"].sort(key=json.dumps)
    return made


def run_by_engine(source: Path, out: Path, **parameters: Any) -> Path:
    """Run a notebook by the command a user of papermill types."""
    options = [word for name, value in parameters.items() for word in ("-p", name, str(value))]
    command = [sys.executable, "-m", "papermill", "--engine", "journey", "--no-progress-bar"]
    done = subprocess.run(
        [*command, str(source), str(out), *options], capture_output=True, text=True, check=False
    )
    assert out.is_file(), done.stderr
    return out


def test_tricky_outputs_are_those_of_papermill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A kernel that sees it leaves the output of child processes alone.
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    source = notebook(tmp_path / "tricky.ipynb", *TRICKY, tags="raises-exception")
    with pytest.raises(papermill.PapermillExecutionError):  # it counts expected errors, too
        papermill.execute_notebook(
            str(source), str(tmp_path / "plain.ipynb"), {"x": 3}, progress_bar=False
        )
    run_by_engine(source, tmp_path / "ours.ipynb", x=3)
    plain, ours = (comparable(tmp_path / f"{name}.ipynb") for name in ("plain", "ours"))
    for one, other in zip(plain["cells"], ours["cells"], strict=True):
        assert other == one
    assert ours == plain


def test_the_seven_templates_come_out_as_by_papermill(saas: Path, tmp_path: Path) -> None:
    for file in (paths.sample_data() / "saas").glob("*.*"):
        if file.suffix in (".csv", ".json"):
            shutil.copyfile(file, tmp_path / file.name)
    for step in STEPS:
        plan = jj.Plan.of(
            {
                "template": step,
                "journey": "saas.journey.json",
                "parameters": {"output": "saas.journey.json", "language": "en"},
                "outputs": ["ipynb"],
                "file": tmp_path / "plan.yaml",
            }
        )
        made = jj.batch(plan, progress=False)
        assert made.failed == ()
        name = template(step).name
        plain, ours = (
            comparable(saas / "reports" / name),
            comparable(tmp_path / "reports" / f"{step}.ipynb"),
        )
        assert ours["cells"] == plain["cells"], step


def test_an_error_ends_the_notebook_and_later_cells_have_not_run(tmp_path: Path) -> None:
    source = notebook(tmp_path / "fails.ipynb", "'first'", "1 / 0", "'never'")
    run_by_engine(source, tmp_path / "ours.ipynb")
    cells = [c for c in nbformat.read(tmp_path / "ours.ipynb", 4).cells if c.cell_type == "code"]
    assert [cell.metadata.papermill.status for cell in cells] == [
        *("completed", "completed", "failed", "pending")
    ]
    assert cells[-1].execution_count is None


def test_in_a_process_that_is_used_papermills_own_kernel_takes_over(tmp_path: Path) -> None:
    source = notebook(
        tmp_path / "source.ipynb", "import os\nleft = globals().get('left', 0) + 1\nleft"
    )
    script = (
        "import sys, papermill\n"
        "for name in ('one', 'two'):\n"
        "    papermill.execute_notebook(sys.argv[1], f'{sys.argv[2]}/{name}.ipynb',"
        " engine_name='journey', progress_bar=False)\n"
    )
    subprocess.run(
        [sys.executable, "-c", script, source, tmp_path], check=True, capture_output=True
    )
    assert [texts(tmp_path / f"{name}.ipynb")[-1] for name in ("one", "two")] == ["1", "1"]


def test_a_killed_kernel_leaves_no_cell_completed_that_never_ran(tmp_path: Path) -> None:
    source = notebook(tmp_path / "dies.ipynb", "'first'", "import os; os._exit(1)", "'never'")
    plan = plan_of(source, retries=0)
    made = jj.batch(plan, progress=False)
    assert [row.state for row in made.rows] == ["failed"]
    failed = nbformat.read(tmp_path / "reports" / "dies.failed.ipynb", 4)
    never = failed.cells[-1]
    assert never.execution_count is None
    assert never.metadata.get("papermill", {}).get("status") != "completed"


SHOWN = (
    "import os, sys\nimport pandas as pd",
    "pd.DataFrame({f'column {n}': [n] for n in range(30)})",
    "print('out'); print('err', file=sys.stderr)\ndisplay(x)\nx + 1",
)
TELLS_KERNEL = "os.environ.get('OWN'), 'ipykernel_launcher' in open('/proc/self/cmdline').read()"


def test_kernels_of_their_own_show_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = notebook(tmp_path / "own.ipynb", *SHOWN, TELLS_KERNEL)
    cells = {}

    def made(way: str) -> str:
        assert jj.batch(plan_of(source, out=way), progress=False).failed == ()
        cells[way] = comparable(tmp_path / way / "own.ipynb")["cells"][:-1]
        return texts(tmp_path / way / "own.ipynb")[-1]

    assert made("forked") == "(None, False)"
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(starting, "sys", SimpleNamespace(platform="darwin", modules=sys.modules))
        assert made("nothing to fork") == "(None, True)"
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    said = {"argv": command, "display_name": "Own", "language": "python", "env": {"OWN": "yes"}}
    folder = tmp_path / "share" / "kernels" / "own"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(said), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    content = source.read_text("utf-8").replace('"name": "python3"', '"name": "own"')
    source.write_text(content, encoding="utf-8")
    assert made("asked for") == "('yes', True)"
    assert cells["nothing to fork"] == cells["asked for"] == cells["forked"]


def test_beside_a_fork_server_of_the_callers_own_frames_look_as_ever(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", *SHOWN[:2])
    script = (
        "import multiprocessing, sys, time\nimport jupyter_journey as jj\n"
        "if __name__ == '__main__':\n"
        "    context = multiprocessing.get_context('forkserver')\n"
        "    context.Process(target=time.sleep, args=(0,)).start()\n"
        "    plan = jj.Plan(template=sys.argv[1], out=sys.argv[2], outputs=['ipynb'])\n"
        "    assert jj.batch(plan, progress=False).failed == ()\n"
    )
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    words = [tmp_path / "script.py", source, tmp_path / "theirs"]
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    jj.batch(plan_of(source, out="ours"), progress=False)
    theirs, ours = (texts(tmp_path / out / "own.ipynb")[-1] for out in ("theirs", "ours"))
    assert theirs == ours
    assert "column 29" in ours
