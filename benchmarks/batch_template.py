"""The report that benchmarks/batch.py makes: 13 code cells, pandas, DuckDB, Altair, 3 charts."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

CELLS = (
    "segment = 0",
    "import altair as alt\nimport duckdb\nimport numpy as np\nimport pandas as pd",
    """draw = np.random.default_rng(segment)
n = 20_000
events = pd.DataFrame({
    "customer": draw.integers(0, 2_000, n),
    "event": draw.choice(["visit", "sign up", "try", "buy", "leave"], n, p=[.5, .2, .15, .1, .05]),
    "time": pd.Timestamp("2026-01-01") + pd.to_timedelta(draw.integers(0, 180 * 86_400, n), "s"),
    "value": draw.gamma(2, 20, n).round(2),
})
events.head()""",
    "events.describe(include='all')",
    """counts = duckdb.sql('''
    SELECT event, count(*) AS events, count(DISTINCT customer) AS customers,
           round(avg(value), 2) AS mean FROM events GROUP BY event ORDER BY events DESC
''').df()
counts""",
    """funnel = counts.set_index("event")["customers"].reindex(["visit", "sign up", "try", "buy"])
funnel.to_frame().assign(rate=lambda f: (f["customers"] / f["customers"].shift()).round(3))""",
    "alt.Chart(counts).mark_bar().encode(x='customers', y=alt.Y('event', sort='-x'))",
    """weeks = pd.Grouper(key="time", freq="W")
weekly = events.groupby([weeks, "event"]).size().rename("n").reset_index()
weekly.head()""",
    "alt.Chart(weekly).mark_line().encode(x='time:T', y='n', color='event')",
    """steps = duckdb.sql('''
    WITH pairs AS (
        SELECT event, lead(event) OVER (PARTITION BY customer ORDER BY time, event) AS following
        FROM events
    )
    SELECT event, following, count(*) AS n FROM pairs
    WHERE following IS NOT NULL GROUP BY ALL ORDER BY ALL
''').df()
steps.pivot(index="event", columns="following", values="n")""",
    "alt.Chart(steps).mark_rect().encode(x='following', y='event', color='n')",
    "print(f'{segment}: {len(events):,} events, {events.customer.nunique():,} customers')",
    "events.groupby('event')['value'].quantile([.25, .5, .75]).unstack().round(1)",
)  # fmt: skip


def write(path: Path) -> None:
    """Write the notebook."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [new_markdown_cell("# A segment"), *map(new_code_cell, CELLS)]
    notebook.cells[1].metadata["tags"] = ["parameters"]
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    nbformat.write(notebook, path)


def compute(segment: int) -> None:
    """Run the report's cells in this process, as IPython does, and drop what they show."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    shell.reset(new_session=False)
    for source in (CELLS[0], f"segment = {segment}", *CELLS[1:]):
        with capture_output():
            shell.run_cell(source).raise_error()
