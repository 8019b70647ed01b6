"""Random draws that stay the same from one NumPy version to the next.

All come from `Generator.random`: unlike NumPy's distributions its stream doesn't change.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import exp
from typing import TypeVar

import numpy as np
import planted

T = TypeVar("T")


class Draws:
    """A seeded source of decisions, waits and choices."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.default_rng(seed)

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Draw a number from `low` up to, but not including, `high`."""
        return low + (high - low) * float(self._generator.random())

    def chance(self, probability: float) -> bool:
        """Decide yes with this probability."""
        return self.uniform() < probability

    def pick(self, weights: Mapping[T, float]) -> T:
        """Choose a key with a chance in proportion to its weight."""
        left = self.uniform() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return key

    def pace(self) -> float:
        """Draw how fast a customer is: 0 is the median, positive is slower."""
        return planted.pace(self.uniform())

    def wait(self, median_days: float, spread: float, pace: float | None = None) -> timedelta:
        """Draw a wait in whole seconds."""
        pace = self.pace() if pace is None else pace
        return timedelta(seconds=round(median_days * exp(spread * pace) * 86_400))

    def between(self, first: datetime, last: datetime) -> datetime:
        """Draw a moment, in whole seconds."""
        return first + timedelta(seconds=int(self.uniform() * (last - first).total_seconds()))
