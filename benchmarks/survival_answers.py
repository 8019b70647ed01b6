"""What lifelines says about spans of time that ended or were still going on, for the tests.

    python -m venv peers && peers/bin/pip install lifelines
    peers/bin/python benchmarks/survival_answers.py

lifelines needs pandas before 3, so it has an environment of its own and is no dependency.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from lifelines import KaplanMeierFitter

OUT = Path(__file__).parents[1] / "tests" / "metrics" / "survival_peer.json"


def main() -> None:
    """Ask lifelines about two groups, and write spans and answers."""
    random = np.random.default_rng(7)
    groups = {}
    for name, count, mean in (("early", 60, 90.0), ("late", 40, 30.0)):
        lost = np.ceil(random.exponential(mean, count)).clip(1, 400)
        watched = random.integers(20, 150, count)
        days = np.minimum(lost, watched)
        ended = lost <= watched
        fitted = KaplanMeierFitter(alpha=0.05).fit(days, ended)
        curve = fitted.survival_function_.join(fitted.confidence_interval_)
        groups[name] = {
            "days": days.astype(int).tolist(),
            "ended": ended.tolist(),
            "curve": [
                [float(day), *map(float, row)]
                for day, row in zip(curve.index, curve.to_numpy(), strict=True)
                if day in set(days[ended])
            ],
        }
    text = json.dumps({"lifelines": version("lifelines"), **groups}, indent=1)
    OUT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
