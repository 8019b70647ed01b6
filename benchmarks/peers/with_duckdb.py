"""DuckDB."""

import duckdb
from peers.shape import STAGES, by_pair, by_step


def load(path):
    link = duckdb.connect()
    link.execute("SET preserve_insertion_order = false")
    link.execute(
        "CREATE TABLE log AS SELECT * FROM read_parquet(?) ORDER BY user_id, timestamp, event",
        [str(path)],
    )
    # Materialised: a median fused onto a window query is many times slower.
    link.execute("""
        CREATE TABLE edges AS SELECT event AS source,
            lead(event) OVER w AS target,
            epoch_ms(lead(timestamp) OVER w) - epoch_ms(timestamp) AS ms
        FROM log WINDOW w AS (PARTITION BY user_id ORDER BY timestamp, event)""")
    return link


def entries(link):
    link.execute("DROP TABLE IF EXISTS entries")
    before = ""
    parts = []
    for place, name in enumerate(STAGES):
        later = f"JOIN s{place - 1} USING (user_id) WHERE timestamp > t AND" if place else "WHERE"
        parts.append(
            f"s{place} AS MATERIALIZED (SELECT user_id, min(timestamp) AS t "
            f"FROM log {later} event = '{name}' GROUP BY user_id)"
        )
        before += f" UNION ALL SELECT {place} AS stage, * FROM s{place}" if place else ""
    query = f"WITH {', '.join(parts)} SELECT 0 AS stage, * FROM s0{before}"
    link.execute(f"CREATE TEMP TABLE entries AS {query}")


def funnel(link):
    entries(link)
    return link.execute("SELECT count(*) FROM entries GROUP BY stage ORDER BY stage").fetchall()


def stage_times(link):
    entries(link)
    return link.execute("""
        SELECT quantile_cont((epoch_ms(b.t) - epoch_ms(a.t)) / 1000, [0.5, 0.9])
        FROM entries a JOIN entries b ON a.user_id = b.user_id AND b.stage = a.stage + 1
        GROUP BY b.stage ORDER BY b.stage""").fetchall()


def asked(query):
    return lambda link: link.execute(query).fetchnumpy()


QUESTIONS = {
    "transitions": asked("""
        SELECT source, target, count(*) AS n FROM edges
        WHERE target IS NOT NULL GROUP BY source, target"""),
    "funnel": funnel,
    "stage_times": stage_times,
    "edge_times": asked("""
        SELECT source, target, median(ms) / 1000 AS s FROM edges
        WHERE target IS NOT NULL GROUP BY source, target"""),
    "step_matrix": asked("""
        SELECT step, event, count(*) AS n FROM (SELECT event, row_number() OVER (
            PARTITION BY user_id ORDER BY timestamp, event) AS step FROM log)
        WHERE step <= 10 GROUP BY step, event"""),
    "cohorts": asked("""
        WITH seen AS (
            SELECT DISTINCT user_id, date_trunc('week', timestamp)::DATE AS week FROM log),
        began AS (SELECT user_id, min(week) AS first FROM seen GROUP BY user_id)
        SELECT strftime(first, '%Y-%m-%d') AS first, (week - first) // 7 AS age, count(*) AS n
        FROM seen JOIN began USING (user_id) GROUP BY ALL"""),
    "variants": asked("""
        WITH paths AS (SELECT user_id, string_agg(event, ' > ' ORDER BY timestamp, event) AS variant
        FROM log GROUP BY user_id)
        SELECT variant, count(*) AS n FROM paths GROUP BY variant ORDER BY n DESC LIMIT 20"""),
    "sessions": asked("""
        WITH marked AS (SELECT user_id, timestamp, coalesce(timestamp - lag(timestamp) OVER w
            > INTERVAL 30 MINUTE, true)::INT AS new
        FROM log WINDOW w AS (PARTITION BY user_id ORDER BY timestamp, event)),
        numbered AS (SELECT user_id, timestamp, sum(new) OVER (PARTITION BY user_id
            ORDER BY timestamp ROWS UNBOUNDED PRECEDING) AS session FROM marked)
        SELECT user_id, session, min(timestamp) AS s, max(timestamp) AS e, count(*) AS n
        FROM numbered GROUP BY user_id, session"""),
}
PLAIN = {
    "transitions": lambda a: by_pair(a["source"], a["target"], a["n"]),
    "funnel": lambda rows: [n for (n,) in rows],
    "stage_times": lambda rows: [list(pair) for (pair,) in rows],
    "edge_times": lambda a: by_pair(a["source"], a["target"], a["s"]),
    "step_matrix": lambda a: by_step(a["step"], a["event"], a["n"]),
    "cohorts": lambda a: {
        f"{first} +{age}": int(n)
        for first, age, n in zip(a["first"], a["age"], a["n"], strict=True)
    },
    "variants": lambda a: a["n"].tolist(),
    "sessions": lambda a: len(a["n"]),
}
