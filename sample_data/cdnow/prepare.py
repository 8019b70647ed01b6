"""Turn the CDNOW order list into the order file and the journey events of the sample.

``python sample_data/cdnow/prepare.py CDNOW_master.txt [--out DIR]``; README.md beside this folder
says where the source file comes from and states the rule that maps orders to events.
"""

import argparse
import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

SOURCE_SHA256 = "eff6889ed364c5199d6eacbbeb7a6d559971df4406ac876f322c373f00a072ef"
LAPSE_DAYS = 180


class Order(NamedTuple):
    """One line of the source; amounts stay text, so that they leave as they came."""

    customer: str
    date: date
    cds: str
    dollars: str


class Event(NamedTuple):
    """One step of a customer's journey; `cds` and `dollars` are empty where nothing was ordered."""

    customer: str
    event: str
    time: date
    sequence: int
    cds: str
    dollars: str


def read_orders(source: Path) -> list[Order]:
    """Read the orders in file order: by customer, then by date, same-day orders as listed."""
    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != SOURCE_SHA256:
        raise SystemExit(
            f"{source} is not the CDNOW_master.txt of Lifetimes 0.11.3: its SHA-256 is {digest}, "
            f"not {SOURCE_SHA256}. README.md in sample_data says how to get the file."
        )
    lines = (line.split() for line in content.decode("ascii").splitlines()[1:])
    return [Order(customer, _day(day), cds, dollars) for customer, day, cds, dollars in lines]


def _day(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def journey_events(orders: Sequence[Order]) -> Iterator[Event]:
    """Derive every customer's events; the last order date of all is the end of observation."""
    end = max(order.date for order in orders)
    for _, own_orders in groupby(orders, key=attrgetter("customer")):
        steps = _steps(list(own_orders), end)
        for sequence, (event, day, order) in enumerate(steps, start=1):
            bought = (order.cds, order.dollars) if event != "lapsed" else ("", "")
            yield Event(order.customer, event, day, sequence, *bought)


def _steps(orders: Sequence[Order], end: date) -> Iterator[tuple[str, date, Order]]:
    lapse = timedelta(days=LAPSE_DAYS)
    for position, order in enumerate(orders):
        lapsed_before = position > 0 and order.date - orders[position - 1].date > lapse
        if position == 0:
            yield "first_order", order.date, order
        elif lapsed_before:
            yield "won_back", order.date, order
        elif position == 1:
            yield "second_order", order.date, order
        else:
            yield "regular_order", order.date, order

        is_last = position == len(orders) - 1
        lapse_is_over = order.date + lapse <= end
        if lapse_is_over and (is_last or orders[position + 1].date - order.date > lapse):
            yield "lapsed", order.date + lapse, order


def realised(orders: Sequence[Order], events: Sequence[Event]) -> dict[str, object]:
    """Count what the two files hold."""
    customer_days = {(order.customer, order.date) for order in orders}
    customers_by_event = Counter(name for _, name in {(e.customer, e.event) for e in events})
    return {
        "source": {"file": "CDNOW_master.txt", "sha256": SOURCE_SHA256},
        "lapse_days": LAPSE_DAYS,
        "first_day": min(order.date for order in orders).isoformat(),
        "last_day": max(order.date for order in orders).isoformat(),
        "orders": len(orders),
        "customers": len({order.customer for order in orders}),
        "orders_on_a_day_already_ordered_on": len(orders) - len(customer_days),
        "orders_identical_to_another": len(orders) - len(set(orders)),
        "orders_of_zero_dollars": sum(Decimal(order.dollars) == 0 for order in orders),
        "cds": sum(int(order.cds) for order in orders),
        "dollars": str(sum(Decimal(order.dollars) for order in orders)),
        "events": len(events),
        "events_by_name": dict(sorted(Counter(event.event for event in events).items())),
        "customers_by_event": dict(sorted(customers_by_event.items())),
    }


def write_table(path: Path, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Write a CSV file with the same bytes on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    """Read the command line and write the three files."""
    parser = argparse.ArgumentParser(description="Make the CDNOW sample from CDNOW_master.txt.")
    parser.add_argument("source", type=Path, help="CDNOW_master.txt of Lifetimes 0.11.3")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to fill")
    arguments = parser.parse_args()

    orders = read_orders(arguments.source)
    events = list(journey_events(orders))
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    write_table(out / "orders.csv", Order._fields, orders)
    write_table(out / "events.csv", Event._fields, events)
    truth = json.dumps(realised(orders, events), indent=2)
    (out / "truth.json").write_text(truth + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
