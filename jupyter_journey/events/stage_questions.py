"""Questions about stages: who gets there, how soon, who leaves, who goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from jupyter_journey.events.answers import Answers
from jupyter_journey.events.comparison import compared
from jupyter_journey.events.drop_off import DropOff
from jupyter_journey.events.flow import Flow
from jupyter_journey.events.funnel import Funnel
from jupyter_journey.events.loops import Regressions
from jupyter_journey.events.passages import Stages, codes_of
from jupyter_journey.events.reach import Reach
from jupyter_journey.events.stage_times import StageTimes
from jupyter_journey.events.waits import Waits

__all__ = ["StageQuestions"]


class StageQuestions(Answers):
    """Questions that take stages: event names in order, or stage to event or events.

    All raise :class:`UnknownNameError` for an event that isn't in the log, naming the nearest one.
    """

    def funnel(
        self,
        stages: Stages,
        *,
        within: str | pd.Timedelta | None = None,
        by: str | None = None,
        level: float = 0.95,
    ) -> pd.DataFrame:
        """Count the customers who enter each stage, in strict order.

        A stage counts as entered at the first of its events **after** the entry into the stage
        before. A customer still on the way counts as not (yet) there, unless ``within`` is given.

        Parameters
        ----------
        stages
            Event names in order, or a mapping of stage to event or events.
        within
            Time since the entry into the first stage, such as ``"7d"``; later entries don't count.
            Customers whose time isn't over at its end (:attr:`EventLog.until`) are left out.
        by
            A column of the log. Each customer belongs to the group it names at their first event.
        level
            Confidence level of the intervals.

        Returns
        -------
        pandas.DataFrame
            ``stage``; ``customers`` (who entered it); ``n`` (who entered the stage before; for the
            first: all customers of the log); ``rate`` = customers / n, with its Wilson interval
            ``low`` to ``high``; ``share`` (of the customers of the first stage). With ``by``: first
            ``group``, missing for customers without a value. With ``within``: ``unfinished``
            (customers left out).

        Raises
        ------
        ParameterError
            If ``within`` is no span of time.
        ColumnError
            If there is no column ``by``.

        Examples
        --------
        >>> import pandas as pd
        >>> from jupyter_journey.events import read_events
        >>> rows = [("a", "visit", "DE"), ("a", "buy", "DE"), ("b", "visit", "JP")]
        >>> frame = pd.DataFrame(rows, columns=["customer", "event", "country"])
        >>> log = read_events(frame.assign(time=pd.date_range("2026-01-01", periods=3)))
        >>> funnel = log.funnel(["visit", "buy"], by="country")
        >>> funnel[["group", "stage", "customers"]].values.tolist()
        [['DE', 'visit', 1], ['DE', 'buy', 1], ['JP', 'visit', 1], ['JP', 'buy', 0]]
        """
        limit = self._span(within, "within")
        frame = self.ask(Funnel(self._sets(stages), level, limit, self._end), by)
        unasked = [*(["group"] if by is None else []), *(["unfinished"] if within is None else [])]
        return frame.drop(columns=unasked)

    def flow(self, stages: Stages) -> pd.DataFrame:
        """Say from which stage to which customers go: to the next, past some, and back.

        A customer is in a stage from one of its events until one of another stage's; events of
        no stage change nothing, and one of several stages counts for the first of them.

        Returns
        -------
        pandas.DataFrame
            ``source`` and ``target`` (stages, in order), ``n`` (how often), ``customers`` (of how
            many).

        Examples
        --------
        >>> import pandas as pd
        >>> from jupyter_journey.events import read_events
        >>> names = ["visit", "visit", "buy", "visit"]
        >>> frame = pd.DataFrame({"customer": "a", "event": names})
        >>> log = read_events(frame.assign(time=pd.date_range("2026-01-01", periods=4)))
        >>> log.flow(["visit", "buy"]).values.tolist()
        [['visit', 'buy', 1, 1], ['buy', 'visit', 1, 1]]
        """
        return self.ask(Flow(self._sets(stages)))

    def stage_times(self, stages: Stages, *, level: float = 0.95) -> pd.DataFrame:
        """Say how long customers take from each stage of a funnel to the next.

        Returns
        -------
        pandas.DataFrame
            ``from``, ``to``; ``n`` (customers who entered both); ``median`` and ``p90`` of their
            times in seconds, and the interval ``low`` to ``high`` of the median; ``waiting``
            (customers not seen to arrive, whose times are not in these figures: the longer they
            have been waiting, the more the median understates).
        """
        return self.ask(StageTimes(self._sets(stages), level))

    def reach(
        self,
        milestones: Stages,
        since: Mapping[str, str | Sequence[str]] | None = None,
        *,
        level: float = 0.95,
    ) -> pd.DataFrame:
        """Say how many customers reach each milestone, each taken on its own, and how soon.

        Parameters
        ----------
        milestones
            Event names, or a mapping of milestone to event or events.
        since
            By milestone: the event or events from whose first occurrence on it is counted. Without:
            the customer's first event, whichever.

        Returns
        -------
        pandas.DataFrame
            ``milestone``; ``n`` (customers who started); ``customers`` (who reached it after
            that); ``rate`` with its Wilson interval ``low`` to ``high``; ``waiting`` (not seen to
            reach it); ``median`` and ``p90`` of the time in seconds of those who did, and the
            interval ``median_low`` to ``median_high``.
        """
        begins = {
            name: codes_of(self._names, events) for name, events in (since or {}).items() if events
        }
        return self.ask(Reach(self._sets(milestones), begins, level))

    def waits(self, start: str | Sequence[str], target: str | Sequence[str]) -> pd.DataFrame:
        """Return, for each customer who started, when, and when they first got to the target.

        Returns
        -------
        pandas.DataFrame
            ``customer``; ``start`` (first start event); ``end`` (first target event after it;
            missing where none was seen).
        """
        return self.ask(Waits(codes_of(self._names, start), codes_of(self._names, target)))

    def drop_off(
        self,
        stages: Stages,
        *,
        within: str | pd.Timedelta | None = None,
        level: float = 0.95,
    ) -> pd.DataFrame:
        """Say what customers did next who entered a stage but not the one after it.

        Parameters
        ----------
        stages
            Event names in order, or a mapping of stage to event or events.
        within
            Time to get to the next stage, such as ``"7d"``: later counts as left. Customers whose
            time isn't over when the observation ends (:attr:`EventLog.until`) are left out.
            Without: also those count as left who may still be on their way.

        Returns
        -------
        pandas.DataFrame
            ``from``, ``to``; ``instead`` (the event directly after the entry into ``from``;
            missing: none); ``customers``; ``n`` (all who left there); ``share`` = customers / n,
            with its Wilson interval ``low`` to ``high``; per stage, the most frequent first.

        Examples
        --------
        >>> import pandas as pd
        >>> from jupyter_journey.events import read_events
        >>> rows = [("a", "visit"), ("a", "buy"), ("b", "visit"), ("b", "ask"), ("c", "visit")]
        >>> frame = pd.DataFrame(rows, columns=["customer", "event"])
        >>> log = read_events(frame.assign(time=pd.date_range("2026-01-01", periods=5)))
        >>> log.drop_off(["visit", "buy"])[["instead", "customers", "n"]].values.tolist()
        [['ask', 1, 2], [<NA>, 1, 2]]
        """
        limit = self._span(within, "within")
        return self.ask(DropOff(self._sets(stages), level, limit, self._end))

    def regressions(self, stages: Stages, *, level: float = 0.95) -> pd.DataFrame:
        """Say how many customers go back from a stage to an earlier one.

        A move leads from an event of a stage to the customer's next event of any stage; events of
        no stage are passed over, and an event of two stages belongs to the first of them.

        Returns
        -------
        pandas.DataFrame
            ``from``, ``to`` (an earlier stage); ``moves``; ``customers`` (who made them); ``n``
            (customers seen in ``from``); ``rate`` = customers / n, with its Wilson interval
            ``low`` to ``high``; every pair of stages, in their order.

        Examples
        --------
        >>> import pandas as pd
        >>> from jupyter_journey.events import read_events
        >>> frame = pd.DataFrame({"customer": "a", "event": ["visit", "buy", "visit"]})
        >>> log = read_events(frame.assign(time=pd.date_range("2026-01-01", periods=3)))
        >>> log.regressions(["visit", "buy"])[["from", "to", "moves", "n"]].values.tolist()
        [['buy', 'visit', 1, 1]]
        """
        return self.ask(Regressions(self._sets(stages), level))

    def compare(
        self, other: Answers, stages: Stages | None = None, *, level: float = 0.95
    ) -> pd.DataFrame:
        """Say in what two segments of customers differ: transitions, stages, times of both.

        Shares are compared by Fisher's exact test over customers, who are independent, not over
        events, which are not. Times are compared by the log-rank test, in which customers not seen
        to arrive at a stage count for as long as they were watched; of a transition, each
        customer's first time counts, of those who make it. A difference is an association: that the
        segments differ in other things, too, no test can exclude.

        Parameters
        ----------
        other
            The other segment; both can be had from :meth:`EventLog.segments`.
        stages
            As for :meth:`funnel`; without, only transitions are compared. An event that only one
            segment knows is one nobody of the other has done.

        Returns
        -------
        pandas.DataFrame
            ``what``: ``"transition"`` (share of the customers who ever make it), ``"edge_time"``
            (median seconds it takes them, where customers of both make it), ``"stage"`` (share
            of those in the stage before who enter it; ``source`` is missing for the first) or
            ``"time"`` (median seconds from stage to stage, of those who arrived); ``source``,
            ``target``; ``n``, ``n_other`` (customers the share or median rests on); ``value``,
            ``value_other``; ``difference`` = other − this, with its interval ``low`` to ``high``;
            ``p``; ``p_adjusted`` (for all comparisons here, after Benjamini and Hochberg: of the
            rows with ``p_adjusted`` ≤ 0.05, at most 5 % are expected to be no difference). The
            surest first.

        Raises
        ------
        ParameterError
            If a customer is in both segments.

        Examples
        --------
        >>> import pandas as pd
        >>> from jupyter_journey.events import read_events
        >>> rows = [(f"{place}{i}", event, place) for place in ("DE", "JP") for i in range(20)
        ...         for event in ("visit", "buy") if place == "DE" or event == "visit" or i < 5]
        >>> frame = pd.DataFrame(rows, columns=["customer", "event", "country"])
        >>> frame["time"] = pd.date_range("2026-01-01", periods=len(rows))
        >>> segments = read_events(frame).segments("country")
        >>> differences = segments["DE"].compare(segments["JP"])
        >>> differences.head(1)[["source", "target", "value", "value_other"]].values.tolist()
        [['visit', 'buy', 1.0, 0.25]]
        """
        return compared(self, other, stages, level)
