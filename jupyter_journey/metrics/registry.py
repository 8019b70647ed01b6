"""All metrics of the method: what the catalogue says of each, and what computes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.metrics import (
    answers,
    churn,
    conversion,
    engagement,
    first_value,
    marketing,
    revenue,
    support,
)
from jupyter_journey.metrics.figures import Figure, Metric
from jupyter_journey.metrics.inputs import Inputs

__all__ = ["METRICS", "table"]

_COMPUTED: Mapping[str, Callable[[Inputs], Iterable[Figure]]] = MappingProxyType(
    {
        "OWN-01": conversion.entrants,
        "OWN-02": conversion.side_stages,
        "OWN-03": conversion.milestone_reach,
        "MET-01": churn.churn,
        "MET-01-NET": churn.net_change,
        "MET-02": revenue.lifetime_value,
        "MET-03": marketing.acquisition_cost,
        "MET-04": revenue.net_retention,
        "MET-05": first_value.activation_rate,
        "MET-06": first_value.time_to_first_value,
        "MET-06-ALL": first_value.time_until_half_have_value,
        "MET-07": answers.promoters,
        "MET-08": marketing.click_rate,
        "MET-09": marketing.impressions,
        "MET-11": conversion.traffic_by_source,
        "MET-15": engagement.touchpoint_use("consideration"),
        "MET-17": engagement.trial_use,
        "MET-17-KINDS": engagement.trial_kinds,
        "MET-18": conversion.conversion_by_source,
        "MET-19": conversion.campaign_leads,
        "MET-20": churn.early_churn,
        "MET-21": engagement.engagement_score,
        "MET-22": support.tickets,
        "MET-22-MIX": support.ticket_mix,
        "MET-23": revenue.upgrades,
        "MET-24": support.resolution_time,
        "MET-25": revenue.expansion_revenue,
        "MET-26": engagement.feature_adoption,
        "MET-29": engagement.referral,
        "MET-31": engagement.touchpoint_use("advocacy"),
        "MET-32": answers.emotion,
        "MET-32-CSAT": answers.satisfied,
        "MET-32-CES": answers.effort,
        "MET-34": marketing.open_rate,
        "MET-36": engagement.product_actions,
        "MET-37": conversion.conversion,
        "MET-38": churn.retention,
        "MET-39": revenue.monthly_revenue,
        "MET-40": revenue.annual_revenue,
        "MET-41": first_value.time_with_the_brand,
        "MET-42": marketing.marketing_return,
        "MET-44": churn.milestone_effect,
    }
)

METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        key: Metric(
            id=key,
            unit=entry.get("unit", ""),
            direction=entry.get("direction"),
            stage=entry.get("stage"),
            lane=entry.get("lane"),
            inputs={role: tuple(parts) for role, parts in entry.get("inputs", {}).items()},
            figures=_COMPUTED.get(key),
        )
        for key, entry in catalogue.metrics().items()
    }
)
"""Metric by id. To add one: its lines in the catalogue, a function, and its line above."""


def table(language: str = "en") -> pd.DataFrame:
    """Return all metrics of the method with what they rest on.

    Returns
    -------
    pandas.DataFrame
        ``metric`` (id), ``name``, ``formula``, ``inputs`` (role: parts and columns), ``unit``,
        ``direction``, ``interval``, ``period``, ``censoring`` (texts; missing where it gives no
        figure), ``instead`` (why it gives none, or which metric gives it).

    Examples
    --------
    >>> table().set_index("metric").loc["MET-13", "instead"]
    "Entered by hand: search engines' statistics belong to no source read here"
    """
    words = catalogue.texts(language)
    return pd.DataFrame([_row(key, words) for key in METRICS], dtype="string")


def _row(key: str, words: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, str | None]:
    entry, rules = catalogue.metrics()[key], words["metric_rules"]
    name = words["metrics"][key]
    instead = [rules["by_hand"][entry["by_hand"]]] if "by_hand" in entry else []
    if "given_by" in entry:
        instead.insert(0, f"{entry['given_by']} {words['metrics'][entry['given_by']]['name']}")
    parts = [f"{role}: {', '.join(named)}" for role, named in entry.get("inputs", {}).items()]
    return {
        "metric": key,
        "name": name["name"],
        "formula": name.get("formula"),
        "inputs": "; ".join(parts) or None,
        "unit": entry.get("unit"),
        "direction": entry.get("direction"),
        **{
            rule: rules[rule][entry[rule]] if rule in entry else None
            for rule in ("interval", "period", "censoring")
        },
        "instead": " · ".join(instead) or None,
    }
