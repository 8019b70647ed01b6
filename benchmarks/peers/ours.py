"""Jupyter Journey."""

from peers.shape import STAGES, by_pair, by_step

from jupyter_journey import read_events


def load(path):
    log = read_events(path, columns={"customer": "user_id", "time": "timestamp"})
    log.first  # noqa: B018 - codes and sorts
    return log


QUESTIONS = {
    "transitions": lambda log: log.transitions(),
    "funnel": lambda log: log.funnel(STAGES),
    "stage_times": lambda log: log.stage_times(STAGES),
    "edge_times": lambda log: log.edge_times(),
    "step_matrix": lambda log: log.step_matrix(10),
    "cohorts": lambda log: log.cohorts("W"),
    "variants": lambda log: log.variants(20),
    "sessions": lambda log: log.sessions("30min"),
}
PLAIN = {
    "transitions": lambda f: by_pair(f["source"], f["target"], f["n"]),
    "funnel": lambda f: f["customers"].tolist(),
    "stage_times": lambda f: f[["median", "p90"]].values.tolist(),
    "edge_times": lambda f: by_pair(f["source"], f["target"], f["median"]),
    "step_matrix": lambda f: by_step(f["step"], f["event"], f["customers"]),
    "cohorts": lambda f: {
        f"{cohort:%Y-%m-%d} +{period}": active
        for cohort, period, active in f[["cohort", "period", "active"]].values.tolist()
        if active
    },
    "variants": lambda f: f["customers"].tolist(),
    "sessions": lambda f: len(f),
}
