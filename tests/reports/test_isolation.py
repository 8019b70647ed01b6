"""A report that changes everything it can changes nothing for the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import papermill
import pytest
from commands import is_gone
from made_notebooks import notebook, plan_of, texts

import jupyter_journey as jj

CHANGES = """
import builtins, logging, os, random, signal, statistics, sys, tempfile, threading, warnings
import numpy as np, pandas as pd, altair as alt, duckdb
pd.set_option("display.max_rows", 1)
np.random.seed(1); random.seed(1); np.set_printoptions(precision=1)
os.environ["CHANGED"] = "yes"; os.environ.pop("HOME", None)
os.chdir(tempfile.mkdtemp())
statistics.mean = lambda *_: "patched"; pd.DataFrame.head = lambda *_: "patched"
builtins.print = None
sys.path.insert(0, "/nowhere"); sys.modules["made_up"] = sys; sys.setrecursionlimit(500)
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
alt.data_transformers.enable("json")
threading.Thread(target=threading.Event().wait).start()
kept = [open(os.devnull) for _ in range(50)]
duckdb.sql("CREATE TABLE left_over AS SELECT 1 AS a")
signal.signal(signal.SIGTERM, signal.SIG_IGN); os.umask(0)
get_ipython().run_line_magic("precision", "1")
import decimal, gc, locale, socket, time
decimal.getcontext().prec = 3; locale.setlocale(locale.LC_ALL, "C"); gc.disable()
socket.setdefaulttimeout(1); tempfile.tempdir = "/nowhere"; sys.excepthook = print
os.environ["TZ"] = "Asia/Tokyo"; time.tzset(); sys.setswitchinterval(1); os.nice(1)
left = 1
"""
LOOKS = """
import builtins, logging, os, random, statistics, sys, threading, warnings
import decimal, gc, locale, multiprocessing, pickle, socket, tempfile, time
import numpy as np, pandas as pd, altair as alt, duckdb, jsonschema
class Thing: pass
mask = os.umask(0o22); os.umask(mask)
{
    "rows": pd.get_option("display.max_rows"), "columns": pd.get_option("display.max_columns"),
    "numpy": np.get_printoptions()["precision"], "environment": os.environ.get("CHANGED"),
    "home": "HOME" in os.environ, "folder": os.path.basename(os.getcwd()),
    "mean": statistics.mean([1]),
    "head": str(pd.DataFrame({"a": [1, 2]}).head(1)), "print": builtins.print is not None,
    "path": "/nowhere" in sys.path, "made_up": "made_up" in sys.modules,
    "recursion": sys.getrecursionlimit(), "filters": len(warnings.filters) > 0,
    "logging": logging.root.manager.disable, "altair": alt.data_transformers.active,
    "threads": [t.name for t in threading.enumerate() if "wait" in t.name],
    "duckdb": duckdb.sql("SHOW TABLES").fetchall(), "umask": mask, "left": "left" in globals(),
    "iri": jsonschema.Draft7Validator.FORMAT_CHECKER.conforms("no address", "iri"),
    "decimal": decimal.getcontext().prec, "locale": locale.setlocale(locale.LC_ALL),
    "collects": gc.isenabled(), "timeout": socket.getdefaulttimeout(),
    "tempdir": os.path.basename(tempfile.gettempdir()),
    "hook": sys.excepthook is print, "zone": time.tzname, "switch": sys.getswitchinterval(),
    "nice": os.nice(0), "method": multiprocessing.get_start_method(), "stdin": sys.stdin.read(),
    "pickled": pickle.loads(pickle.dumps(Thing())).__class__ is Thing,
    "pi": 3.14159265, "count": len(In), "main": __name__, "beside": sys.path.index(""),
}
"""
DRAWS = """
import random, numpy as np
letters = list("abcdefghij")
"".join(random.choices(letters, k=12)), "".join(np.random.choice(letters, 12))
"""


def test_the_next_report_finds_all_as_papermill_would(tmp_path: Path) -> None:
    source = notebook(
        tmp_path / "own.ipynb",
        f"if x % 2:\n    exec({CHANGES!r})",
        LOOKS,
        DRAWS,
    )
    made = jj.batch(plan_of(source, matrix={"x": [0, 1, 2]}), workers=1, progress=False)
    assert [row.state for row in made.rows] == ["done"] * 3
    first, changed, after = (texts(tmp_path / "reports" / f"{x}.ipynb") for x in range(3))
    assert after[-2] == first[-2] != changed[-2]
    assert after[-1] != first[-1]  # fresh draws, too, not those of the process before
    papermill.execute_notebook(
        str(source), str(tmp_path / "plain.ipynb"), {"x": 0}, cwd=str(tmp_path), progress_bar=False
    )
    assert first[-2] == texts(tmp_path / "plain.ipynb")[-2]


def test_a_report_sees_the_environment_as_it_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import os, tempfile, time\n"
    code += "(os.environ['TMPDIR'] == tempfile.gettempdir(), time.localtime(0).tm_hour)"
    source = notebook(tmp_path / "own.ipynb", code)
    for zone, hour in (("Asia/Tokyo", 9), ("Asia/Kolkata", 5)):
        (tmp_path / str(hour)).mkdir()
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("TMPDIR", str(tmp_path / str(hour)))
        jj.batch(plan_of(source), progress=False)
        assert texts(tmp_path / "reports" / "own.ipynb")[-1] == f"(True, {hour})"
    assert os.environ["TZ"] == "Asia/Kolkata"


def test_what_a_report_starts_ends_with_it(tmp_path: Path) -> None:
    code = "import subprocess\np = subprocess.Popen(['sleep', '600'])\np.pid"
    source = notebook(tmp_path / "own.ipynb", code)
    jj.batch(plan_of(source), progress=False)
    pid = int(texts(tmp_path / "reports" / "own.ipynb")[-1])
    assert is_gone(pid)


def test_what_a_cell_forks_ends_as_in_a_kernel(tmp_path: Path) -> None:
    code = """
import multiprocessing, time
forks = multiprocessing.get_context("fork")
ready = forks.Event()
def wait():
    ready.set()
    time.sleep(600)
forked = forks.Process(target=wait)
forked.start(); ready.wait(); forked.terminate(); forked.join()
forked.exitcode"""
    jj.batch(plan_of(notebook(tmp_path / "own.ipynb", code)), progress=False)
    assert texts(tmp_path / "reports" / "own.ipynb")[-1] == "-15"


def test_modules_beside_a_notebook_are_found(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("word = 'found'", encoding="utf-8")
    source = notebook(tmp_path / "own.ipynb", "from beside import word\nword")
    made = jj.batch(plan_of(source), progress=False)
    assert made.failed == ()
    assert texts(tmp_path / "reports" / "own.ipynb")[-1] == "'found'"


def test_the_callers_script_is_not_run_again(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", "1")
    script = tmp_path / "script.py"
    script.write_text(
        "import jupyter_journey as jj\nprint('once')\n"
        f"plan = jj.Plan.of(dict(template={str(source)!r}, out={str(tmp_path / 'out')!r}))\n"
        "print(jj.batch(plan, progress=False).counts['done'])\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["once", "1"], "")
