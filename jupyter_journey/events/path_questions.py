"""Questions about paths: what follows what, how soon, in which order, and who comes back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import get_args

import pandas as pd

from jupyter_journey.errors import ParameterError, UnknownNameError
from jupyter_journey.events.answers import Answers
from jupyter_journey.events.cohorts import Cohorts, Freq, Retention
from jupyter_journey.events.counts import Counts
from jupyter_journey.events.edge_times import EdgeTimes
from jupyter_journey.events.loops import Loops
from jupyter_journey.events.passages import codes_of
from jupyter_journey.events.question import duration, whole_number
from jupyter_journey.events.rare_steps import RareSteps
from jupyter_journey.events.sessions import Sessions
from jupyter_journey.events.step_matrix import Around, StepMatrix
from jupyter_journey.events.transitions import Transitions
from jupyter_journey.events.variants import Variants

__all__ = ["PathQuestions"]


class PathQuestions(Answers):
    """Questions that need no stages; the examples are about two customers.

    Examples
    --------
    >>> import pandas as pd
    >>> from jupyter_journey.events import read_events
    >>> rows = [("a", "visit", "08:00"), ("a", "ask", "08:10"), ("a", "visit", "12:00"),
    ...         ("b", "visit", "09:00"), ("b", "buy", "09:30")]
    >>> frame = pd.DataFrame(rows, columns=["customer", "event", "time"])
    >>> log = read_events(frame.assign(time="2026-01-01T" + frame["time"]))
    >>> log.transitions()[["source", "target", "n"]].values.tolist()
    [['ask', 'visit', 1], ['visit', 'ask', 1], ['visit', 'buy', 1]]
    >>> log.edge_times()["median"].tolist()
    [13800.0, 600.0, 1800.0]
    >>> log.step_matrix(2)[["step", "event", "share"]].values.tolist()
    [[1, 'visit', 1.0], [2, 'ask', 0.5], [2, 'buy', 0.5]]
    >>> log.around("ask", before=1, after=1)[["offset", "event"]].values.tolist()
    [[-1, 'visit'], [0, 'ask'], [1, 'visit']]
    >>> log.variants()["variant"].tolist()
    ['visit → ask → visit', 'visit → buy']
    >>> log.sessions("30min")[["customer", "session", "events"]].values.tolist()
    [['a', 1, 2], ['a', 2, 1], ['b', 1, 2]]
    >>> log.loops()[["event", "returns", "customers", "n"]].values.tolist()
    [['visit', 1, 1, 2]]
    >>> log.cohorts("D")[["customers", "active", "complete"]].values.tolist()
    [[2, 2, False]]
    """

    def counts(self) -> pd.DataFrame:
        """Say how often each event occurs.

        Returns
        -------
        pandas.DataFrame
            ``event``; ``n`` (how often; 0 for those a filter left none of), ``customers`` (of how
            many); the most frequent first.
        """
        return self.ask(Counts())

    def transitions(self) -> pd.DataFrame:
        """Say which event follows which, directly.

        Returns
        -------
        pandas.DataFrame
            ``source`` and ``target`` (events), ``n`` (how often), ``customers`` (of how many);
            the most frequent first.
        """
        return self.ask(Transitions())

    def edge_times(self, *, level: float = 0.95) -> pd.DataFrame:
        """Say how long each transition takes, from an event to the one directly after it.

        Returns
        -------
        pandas.DataFrame
            ``source`` and ``target`` (events); ``n`` (how often); ``median`` and ``p90`` of the
            time in seconds; the interval ``low`` to ``high`` of the median, missing for few
            (under six at 95 %) and narrower than true where few customers make most of the
            transitions; the most frequent first.
        """
        return self.ask(EdgeTimes(level))

    def step_matrix(self, steps: int = 10, *, level: float = 0.95) -> pd.DataFrame:
        """Say what customers do first, second, third.

        Parameters
        ----------
        steps
            How many of each customer's first events to take.

        Returns
        -------
        pandas.DataFrame
            ``step`` (from 1), ``event``, ``customers`` (who do it at this step), ``n`` (all
            customers; those whose path has ended included), ``share`` = customers / n with its
            Wilson interval ``low`` to ``high``. Combinations that don't occur are left out.

        Raises
        ------
        ParameterError
            If ``steps`` isn't positive.
        """
        whole_number(steps, "steps", 1)
        return self.ask(StepMatrix(steps, level))

    def around(
        self,
        event: str | Sequence[str],
        *,
        before: int = 5,
        after: int = 5,
        level: float = 0.95,
    ) -> pd.DataFrame:
        """Say what customers do before and after the first time they do something.

        Parameters
        ----------
        event
            One or several events: the first of any of them is the centre.
        before, after
            How many events to look back and ahead.

        Returns
        -------
        pandas.DataFrame
            ``offset`` (0 is the event itself, −1 the one before), ``event``, ``customers``, ``n``
            (all customers with the event), ``share`` = customers / n with its Wilson interval
            ``low`` to ``high``. Shares of an offset add up to less than 1 where paths begin or end.

        Raises
        ------
        UnknownNameError
            If an event isn't in the log; the nearest one is named.
        """
        whole_number(before, "before", 0)
        whole_number(after, "after", 0)
        return self.ask(Around(codes_of(self._names, event), before, after, level))

    def variants(self, top: int = 20, *, level: float = 0.95) -> pd.DataFrame:
        """Return the most frequent whole paths.

        Returns
        -------
        pandas.DataFrame
            ``variant`` (the events with arrows between them), ``events`` (how many), ``customers``,
            ``n`` (all customers), ``share`` = customers / n with its Wilson interval ``low`` to
            ``high``; the most frequent first, equally frequent ones in label order.
        """
        whole_number(top, "top", 1)
        return self.ask(Variants(top, level))

    def sessions(self, gap: str | pd.Timedelta = "30min") -> pd.DataFrame:
        """Cut each customer's events into sessions, at every silence longer than ``gap``.

        Returns
        -------
        pandas.DataFrame
            ``customer`` (a category), ``session`` (from 1, per customer), ``start`` and ``end``
            (first and last event, UTC), ``events`` (how many).

        Raises
        ------
        ParameterError
            If ``gap`` is no span of time.
        """
        return self.ask(Sessions(duration(gap, "gap")))

    def cohorts(
        self,
        freq: Freq = "W",
        retention: Retention = "n-day",
        *,
        brackets: Sequence[int] | None = None,
        level: float = 0.95,
    ) -> pd.DataFrame:
        """Say how many of the customers who began together are active later.

        Parameters
        ----------
        freq
            Calendar days, weeks (from Monday), months, quarters or years, in UTC; the cohort is
            that of the customer's first event.
        retention
            ``"n-day"``: active in just this period. ``"unbounded"``: in this or a later one; such
            rates can still rise. ``"bracket"``: in any period of a bracket.
        brackets
            For bracket retention: the first period of each bracket, and the one after the last:
            ``[0, 1, 3, 7]`` makes 0, 1–2 and 3–6.

        Returns
        -------
        pandas.DataFrame
            ``cohort`` (its first moment), ``period`` (0 is the cohort's own; of a bracket, its
            first), ``customers`` (of the cohort), ``active``, ``rate`` = active / customers with
            its Wilson interval ``low`` to ``high``, ``complete`` (False where the period wasn't
            over when the observation ends, so that the rate is too low).

        Raises
        ------
        UnknownNameError
            If there is no such frequency or retention.
        ParameterError
            If brackets are missing, not ascending, or given where none are used.
        """
        for kind, name, known in (
            ("frequency", freq, get_args(Freq)),
            ("retention", retention, get_args(Retention)),
        ):
            if name not in known:
                raise UnknownNameError(kind=kind, name=name, known=known)
        edges = tuple(brackets or ())
        usable = len(edges) > 1 and edges[0] >= 0 and all(a < b for a, b in pairwise(edges))
        if usable if retention != "bracket" else not usable:
            reason = f"is {brackets!r}. Give ascending periods such as [0, 1, 3, 7] for bracket"
            raise _refused("brackets", f"{reason} retention, and none otherwise.")
        return self.ask(Cohorts(freq, retention, edges, self._end, level))

    def loops(self, *, level: float = 0.95) -> pd.DataFrame:
        """Say which events customers do again.

        Returns
        -------
        pandas.DataFrame
            ``event``; ``direct`` (how often directly again), ``returns`` (how often after
            something else); ``customers`` (who do it again); ``n`` (who do it at all); ``rate`` =
            customers / n with its Wilson interval ``low`` to ``high``; ``median`` and ``p90`` of
            the time from one to the next, in seconds, and the interval ``median_low`` to
            ``median_high`` (as of :meth:`edge_times`); the most frequent first.
        """
        return self.ask(Loops(level))

    def rare_steps(self, below: float = 0.01, *, level: float = 0.95) -> pd.DataFrame:
        """Return the transitions that fewer than this share of the customers ever make.

        Returns
        -------
        pandas.DataFrame
            ``source``, ``target``, ``steps`` (how often), ``customers``, ``n`` (all customers),
            ``rate`` = customers / n with its Wilson interval ``low`` to ``high``; the rarest first.
        """
        if not 0 < below <= 1:
            raise _refused("below", f"is {below!r}. Give a share between 0 and 1.")
        return self.ask(RareSteps(below, level))


def _refused(parameter: str, reason: str) -> ParameterError:
    return ParameterError(template_name="events", parameter=parameter, reason=reason)
