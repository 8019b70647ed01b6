"""Generate the made-up data of "Acme Boards", a project-management service.

``python sample_data/saas/generate.py [--seed 7] [--customers N] [--out DIR]`` writes the five
tables and ``truth.json``. The same seed gives the same bytes.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from pathlib import Path

import planted
import records
from draws import Draws
from journeys import Customer, make_customers
from texts import stamp

EVENTS = ("customer", "event", "time", "sequence", "channel", "country", "plan")

Table = tuple[Sequence[str], list[records.Row]]


def event_rows(customers: Sequence[Customer]) -> list[records.Row]:
    """List the events by customer; `sequence` is the order within a customer, ties included."""
    return [
        (c.id, event.name, stamp(event.time), number, event.channel, c.country, c.plan)
        for c in customers
        for number, event in enumerate(c.events, start=1)
    ]


def make_tables(customers: Sequence[Customer], draws: Draws) -> dict[str, Table]:
    """Make every file's columns and rows, by file name."""
    return {
        "events.csv": (EVENTS, event_rows(customers)),
        "crm.csv": (records.CRM, records.crm_rows(customers, draws)),
        "survey.csv": (records.SURVEY, records.survey_rows(customers, draws)),
        "tickets.csv": (records.TICKETS, records.ticket_rows(customers, draws)),
        "spend.csv": (records.SPEND, records.spend_rows(customers, draws)),
    }


def planted_truth() -> dict[str, object]:
    """Everything that an analysis of complete observations should find, within chance."""
    plans, countries = list(planted.PLANS), list(planted.COUNTRIES)
    waits = planted.WAIT_MEDIAN.items()
    to_first_value = {plan: planted.time_to_first_value(plan) for plan in plans}
    return {
        "entry_events": planted.ENTRY_EVENTS,
        "share_of_plan": planted.PLANS,
        "share_of_country": planted.COUNTRIES,
        "conversion_from_former_stage": {
            "overall": _rounded(planted.conversion_over(plans, countries)),
            "by_plan": {p: _rounded(planted.conversion_over([p], countries)) for p in plans},
            "by_country": {c: _rounded(planted.conversion_over(plans, [c])) for c in countries},
        },
        "median_days_from_former_stage_by_plan": dict(waits),
        "median_days_to_first_value": {
            "overall": round(planted.time_to_first_value_overall(), 4),
            "by_plan": to_first_value,
        },
        "monthly_churn_after_first_renewal_by_plan": planted.MONTHLY_CHURN,
        "billing_days": planted.BILLING_DAYS,
        "reactivation_after_such_churn": planted.REACTIVATION,
        "survey": {
            f"{touchpoint} · {kind}": {
                "mean": mean,
                **({"nps": round(planted.net_promoter_score(touchpoint), 4)} if nps else {}),
            }
            for (touchpoint, kind), mean in planted.SURVEY_MEAN.items()
            for nps in [kind == "NPS"]
        },
        "share_of_first_visit_by_channel": planted.ACQUISITION,
        "euros_per_first_visit_by_channel": planted.COST_PER_VISIT,
    }


def observation() -> dict[str, object]:
    """How long a customer must have been observed for the planted values to show unbiased."""
    horizons = {stage: ceil(planted.longest_wait(stage)) for stage in planted.STAGES[1:]}
    return {
        "start": stamp(planted.START),
        "end_exclusive": stamp(planted.END),
        "days_to_enter_from_former_stage_at_most": horizons,
        "days_from_visit_to_advocacy_at_most": sum(horizons.values()),
        "conversion": "Of the customers who entered the former stage at least this many days "
        "before the end, the share who entered the stage.",
        "whole_funnel": "Of the customers who visited at least the days from visit to advocacy "
        "before the end, the share who entered each stage.",
        "median_waits": "Over the customers who entered both stages, the former at least the "
        "stage's days before the end. Churn shortens those of expansion and advocacy slightly.",
        "time_to_first_value": "First subscribe to first complete_project, of the customers who "
        "subscribed at least the onboarding and adoption days before the end.",
        "monthly_churn": "Of the renew events at least billing_days before the end, the share "
        "whose next renew or cancel is a cancel.",
    }


def _rounded(rates: dict[str, float]) -> dict[str, float]:
    return {stage: round(rate, 6) for stage, rate in rates.items()}


def realised(customers: Sequence[Customer], tables: dict[str, Table]) -> dict[str, object]:
    """Count what the files hold."""
    return {
        "customers_by_stage": {
            stage: sum(c.entry(stage) is not None for c in customers) for stage in planted.STAGES
        },
        "events_by_name": dict(Counter(e.name for c in customers for e in c.events)),
        "rows": {name: len(rows) for name, (_, rows) in tables.items()},
        "events_in_the_second_of_the_former": sum(
            later.time == former.time for c in customers for former, later in pairwise(c.events)
        ),
    }


def write_table(path: Path, table: Table) -> None:
    """Write a CSV file with the same bytes on every system."""
    columns, rows = table
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    """Read the command line and write the six files."""
    parser = argparse.ArgumentParser(description="Generate the made-up data of Acme Boards.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--customers", type=int, default=planted.CUSTOMERS)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to fill")
    arguments = parser.parse_args()

    draws = Draws(arguments.seed)
    customers = make_customers(arguments.customers, draws)
    tables = make_tables(customers, draws)
    truth = {
        "seed": arguments.seed,
        "customers": arguments.customers,
        "observation": observation(),
        "planted": planted_truth(),
        "realised": realised(customers, tables),
    }
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_table(out / name, table)
    text = json.dumps(truth, indent=2, ensure_ascii=False)
    (out / "truth.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
