"""What is planted in the made-up data: every rate, wait and score that an analysis should recover.

The rates are invented. What follows from them (overall conversion, the median over all plans) is
computed here from the same numbers, never from the generated rows.
"""

from datetime import UTC, datetime
from itertools import product
from math import exp, lgamma, log
from statistics import NormalDist

START = datetime(2025, 1, 1, tzinfo=UTC)
END = datetime(2026, 7, 1, tzinfo=UTC)  # exclusive: nothing from this moment on is observed
CUSTOMERS = 9_500

ENTRY_EVENTS = {
    "awareness": ("visit",),
    "consideration": ("view_pricing", "start_trial"),
    "decision": ("subscribe",),
    "onboarding": ("complete_setup",),
    "adoption": ("complete_project",),
    "retention": ("renew",),
    "expansion": ("add_seats", "upgrade"),
    "advocacy": ("refer", "write_review"),
}
STAGES = tuple(ENTRY_EVENTS)

COUNTRIES = {"DE": 0.26, "US": 0.34, "JP": 0.14, "TW": 0.10, "GB": 0.16}
PLANS = {"solo": 0.38, "team": 0.36, "business": 0.18, "enterprise": 0.08}

# The share of the customers of one stage who ever reach the next one.
CONVERSION = {
    "consideration": {"solo": 0.50, "team": 0.56, "business": 0.60, "enterprise": 0.62},
    "decision": {"solo": 0.22, "team": 0.28, "business": 0.34, "enterprise": 0.38},
    "onboarding": {"solo": 0.64, "team": 0.74, "business": 0.85, "enterprise": 0.93},
    "adoption": {"solo": 0.80, "team": 0.85, "business": 0.88, "enterprise": 0.90},
    "retention": {"solo": 0.76, "team": 0.82, "business": 0.87, "enterprise": 0.92},
    "expansion": {"solo": 0.20, "team": 0.34, "business": 0.44, "enterprise": 0.55},
    "advocacy": {"solo": 0.22, "team": 0.30, "business": 0.38, "enterprise": 0.55},
}
# Added to the rate of the plan; what is not listed is 0.
COUNTRY_SHIFT = {
    "consideration": {"US": 0.03, "JP": -0.05, "TW": 0.02},
    "decision": {"DE": -0.02, "US": 0.03, "JP": -0.04, "TW": 0.01},
    "onboarding": {"JP": -0.06},
}

# Days from the entry into one stage to the entry into the next: median and log-scale spread.
# Waits are lognormal, cut at two spreads either side, so that each has a longest value.
SPREAD_CUT = 2.0
WAIT_MEDIAN = {
    "consideration": dict.fromkeys(PLANS, 3.0),
    "decision": {"solo": 10.0, "team": 13.0, "business": 18.0, "enterprise": 24.0},
    "onboarding": {"solo": 14.0, "team": 11.0, "business": 8.0, "enterprise": 7.0},
    "adoption": {"solo": 18.0, "team": 15.0, "business": 13.0, "enterprise": 11.0},
    "retention": dict.fromkeys(PLANS, 35.0),
    "expansion": dict.fromkeys(PLANS, 28.0),
    "advocacy": dict.fromkeys(PLANS, 24.0),
}
WAIT_SPREAD = {
    "consideration": 0.7,
    "decision": 0.4,
    "onboarding": 0.45,
    "adoption": 0.45,
    "retention": 0.25,
    "expansion": 0.4,
    "advocacy": 0.4,
}

# From the first renewal on, each 30 days end in `renew` or, with this chance, in `cancel`.
BILLING_DAYS = 30
MONTHLY_CHURN = {"solo": 0.060, "team": 0.040, "business": 0.025, "enterprise": 0.012}
REACTIVATION = 0.15

# Mean score per touchpoint and question. Scores are beta-binomial over the question's scale.
SCALES = {"NPS": (0, 10), "CSAT": (1, 5), "CES": (1, 7)}
SCORE_CONCENTRATION = 6.0
SURVEY_MEAN = {
    ("Website", "CSAT"): 3.8,
    ("Free trial and demo", "CSAT"): 4.1,
    ("Sales conversation", "CSAT"): 3.6,
    ("Onboarding", "CES"): 3.4,
    ("Onboarding", "NPS"): 5.9,
    ("Product use", "NPS"): 8.3,
    ("Customer support", "CSAT"): 4.4,
    ("E-mail updates", "CSAT"): 3.2,
    ("Renewal or upgrade", "NPS"): 7.4,
    ("Community and events", "NPS"): 8.8,
}

# How customers find the product: share of the first visits, and euros spent per first visit.
ACQUISITION = {"Search": 0.38, "Ads": 0.24, "Social": 0.16, "Partner": 0.10, "E-mail": 0.12}
COST_PER_VISIT = {"Search": 12.0, "Ads": 65.0, "Social": 40.0, "Partner": 90.0, "E-mail": 6.0}

_NORMAL = NormalDist()
_CUT_BELOW = _NORMAL.cdf(-SPREAD_CUT)
_CUT_MASS = 1 - 2 * _CUT_BELOW


def conversion(stage: str, plan: str, country: str) -> float:
    """Planted share of the former stage's customers who reach `stage`."""
    return CONVERSION[stage][plan] + COUNTRY_SHIFT.get(stage, {}).get(country, 0.0)


def conversion_over(plans: list[str], countries: list[str]) -> dict[str, float]:
    """Planted conversion into each stage over a mix of plans and countries."""
    reached = {cell: PLANS[cell[0]] * COUNTRIES[cell[1]] for cell in product(plans, countries)}
    rates = {}
    for stage in STAGES[1:]:
        before = sum(reached.values())
        reached = {cell: share * conversion(stage, *cell) for cell, share in reached.items()}
        rates[stage] = sum(reached.values()) / before
    return rates


def pace(uniform: float) -> float:
    """Turn a uniform number into a standard normal one within the cut."""
    return _NORMAL.inv_cdf(_CUT_BELOW + uniform * _CUT_MASS)


def longest_wait(stage: str) -> float:
    """Days after which nobody enters `stage` any more: the horizon of an unbiased conversion."""
    return max(WAIT_MEDIAN[stage].values()) * exp(SPREAD_CUT * WAIT_SPREAD[stage])


def share_within(days: float, median: float, spread: float) -> float:
    """Share of the waits that are at most `days` long."""
    if days <= 0:
        return 0.0
    normal = min(max(log(days / median) / spread, -SPREAD_CUT), SPREAD_CUT)
    return (_NORMAL.cdf(normal) - _CUT_BELOW) / _CUT_MASS


def kept_over(median: float, spread: float, churn: float) -> float:
    """Share of renewed customers who have not cancelled when a wait is over."""
    longest = median * exp(SPREAD_CUT * spread)
    return sum(
        (1 - churn) ** month
        * (
            share_within(BILLING_DAYS * (month + 1), median, spread)
            - share_within(BILLING_DAYS * month, median, spread)
        )
        for month in range(int(longest // BILLING_DAYS) + 1)
    )


def time_to_first_value(plan: str) -> float:
    """Planted median days from `subscribe` to the first `complete_project`.

    A customer keeps one pace in both waits, so that their sum is lognormal too.
    """
    return WAIT_MEDIAN["onboarding"][plan] + WAIT_MEDIAN["adoption"][plan]


def time_to_first_value_overall() -> float:
    """Planted median over all plans, found by bisection in the mixture."""
    shares = {
        plan: sum(
            PLANS[plan]
            * COUNTRIES[country]
            * conversion("consideration", plan, country)
            * conversion("decision", plan, country)
            * conversion("onboarding", plan, country)
            * conversion("adoption", plan, country)
            for country in COUNTRIES
        )
        for plan in PLANS
    }
    low, high = 0.0, 365.0
    for _ in range(60):
        middle = (low + high) / 2
        within = sum(
            share * share_within(middle, time_to_first_value(plan), WAIT_SPREAD["adoption"])
            for plan, share in shares.items()
        )
        low, high = (middle, high) if within < sum(shares.values()) / 2 else (low, middle)
    return (low + high) / 2


def score_shares(touchpoint: str, kind: str) -> dict[int, float]:
    """Planted distribution of a question's score."""
    lowest, highest = SCALES[kind]
    steps = highest - lowest
    above = SCORE_CONCENTRATION * (SURVEY_MEAN[touchpoint, kind] - lowest) / steps
    below = SCORE_CONCENTRATION - above

    def log_beta(a: float, b: float) -> float:
        return lgamma(a) + lgamma(b) - lgamma(a + b)

    return {
        lowest + k: exp(
            log_beta(k + above, steps - k + below)
            - log_beta(above, below)
            - log_beta(k + 1, steps - k + 1)
            - log(steps + 1)
        )
        for k in range(steps + 1)
    }


def net_promoter_score(touchpoint: str) -> float:
    """Planted NPS: percentage of 9 and 10 less percentage of 0 to 6."""
    shares = score_shares(touchpoint, "NPS")
    promoters = shares[9] + shares[10]
    detractors = sum(shares[score] for score in range(7))
    return 100 * (promoters - detractors)
