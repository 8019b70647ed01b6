"""The made-up customers and what each of them does, stage after stage."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

import planted
from draws import Draws

PROJECTS_PER_MONTH = 1.45
SETUP_HELP = {"solo": 0.45, "team": 0.35, "business": 0.25, "enterprise": 0.20}
SUPPORT_CHANNELS = {"Chat": 0.5, "E-mail": 0.3, "Phone": 0.2}
EXPANSION_EVENTS = {
    "solo": {"upgrade": 0.8, "add_seats": 0.2},
    "team": {"upgrade": 0.4, "add_seats": 0.6},
    "business": {"upgrade": 0.3, "add_seats": 0.7},
    "enterprise": {"add_seats": 1.0},
}


class Event(NamedTuple):
    """Something a customer does; `channel` is where."""

    name: str
    time: datetime
    channel: str


@dataclass
class Customer:
    """One visitor; `events` are in the order they happen, also within one second."""

    id: str
    country: str
    plan: str
    events: list[Event] = field(default_factory=list)

    def first(self, *names: str) -> datetime | None:
        """Return the time of the first of these events, if there is one."""
        return next((event.time for event in self.events if event.name in names), None)

    def entry(self, stage: str) -> datetime | None:
        """Return when the customer entered a stage, if ever."""
        return self.first(*planted.ENTRY_EVENTS[stage])


def make_customers(count: int, draws: Draws) -> list[Customer]:
    """Make the customers, numbered by first visit, and drop what happens after the end."""
    visits = sorted(_visit_time(draws) for _ in range(count))
    customers = []
    for number, visit in enumerate(visits, start=1):
        country = draws.pick(planted.COUNTRIES)
        customer = Customer(f"c{number:05d}", country, draws.pick(planted.PLANS))
        steps = _Journey(customer, draws).run(visit)
        steps.sort(key=lambda event: event.time)  # stable: ties stay in the order they were added
        customer.events = [event for event in steps if event.time < planted.END]
        customers.append(customer)
    return customers


def _visit_time(draws: Draws) -> datetime:
    """Draw a first visit: slowly more over time, half as many at weekends, by day."""
    days = (planted.END - planted.START).days
    day = planted.START + timedelta(days=int(days * draws.uniform() ** 0.85))
    if day.weekday() >= 5 and draws.chance(0.5):
        return _visit_time(draws)
    return draws.between(day + timedelta(hours=6), day + timedelta(hours=22))


class _Journey:
    """Walks one customer through the stages; each method is one stage."""

    def __init__(self, customer: Customer, draws: Draws) -> None:
        self.plan = customer.plan
        self.country = customer.country
        self.draws = draws
        self.events: list[Event] = []

    def run(self, visit: datetime) -> list[Event]:
        self.add("visit", visit, self.draws.pick(planted.ACQUISITION))
        if not self.reaches("consideration"):
            self.return_visits(visit, visit + timedelta(days=20))
            return self.events
        considered = visit + self.wait("consideration")
        self.return_visits(visit, considered)
        self.consider_and_decide(considered)
        return self.events

    def add(self, name: str, time: datetime, channel: str = "App") -> None:
        self.events.append(Event(name, time, channel))

    def reaches(self, stage: str) -> bool:
        return self.draws.chance(planted.conversion(stage, self.plan, self.country))

    def wait(self, stage: str, pace: float | None = None) -> timedelta:
        median = planted.WAIT_MEDIAN[stage][self.plan]
        return self.draws.wait(median, planted.WAIT_SPREAD[stage], pace)

    def return_visits(self, first: datetime, last: datetime) -> None:
        while self.draws.chance(0.22):
            channel = self.draws.pick(planted.ACQUISITION)
            self.add("return_visit", self.draws.between(first, last), channel)

    def asks_support(self, probability: float, first: datetime, last: datetime) -> None:
        if self.draws.chance(probability):
            channel = self.draws.pick(SUPPORT_CHANNELS)
            self.add("contact_support", self.draws.between(first, last), channel)

    def consider_and_decide(self, considered: datetime) -> None:
        decides = self.reaches("decision")
        subscribed = considered + self.wait("decision")
        last = subscribed if decides else considered + timedelta(days=14)
        if self.draws.chance(0.55):
            self.add("view_pricing", considered, "Website")
            if self.draws.chance(0.7):
                at_once = self.draws.chance(0.2)
                start = considered if at_once else self.draws.between(considered, last)
                self.add("start_trial", start, "Website")
        else:
            self.add("start_trial", considered, "Website")
            if self.draws.chance(0.4):
                self.add("view_pricing", self.draws.between(considered, last), "Website")
        if self.draws.chance(0.15):
            self.add("view_pricing", self.draws.between(considered, last), "Website")
        self.return_visits(considered, last)
        self.asks_support(0.06, considered, last)
        if decides:
            self.onboard(subscribed)

    def onboard(self, subscribed: datetime) -> None:
        by_sales = self.plan in ("business", "enterprise")
        self.add("subscribe", subscribed, "Sales" if by_sales else "Website")
        onboards, pace = self.reaches("onboarding"), self.draws.pace()
        ready = subscribed + self.wait("onboarding", pace)
        at_once = self.draws.chance(0.4)
        created = subscribed if at_once else self.draws.between(subscribed, ready)
        self.add("create_workspace", created)
        self.asks_support(SETUP_HELP[self.plan], created, ready)
        if self.plan != "solo" and self.draws.chance(0.85):
            self.add("invite_team", self.draws.between(created, ready))
        if onboards:
            self.add("complete_setup", ready)
            self.adopt(ready, pace)
        else:
            self.leaves_early(ready)

    def adopt(self, ready: datetime, pace: float) -> None:
        adopts = self.reaches("adoption")
        first_value = ready + self.wait("adoption", pace)
        if adopts or self.draws.chance(0.6):
            self.add("create_project", self.draws.between(ready, first_value))
        if adopts:
            self.add("complete_project", first_value)
            if self.draws.chance(0.3):
                self.add("use_automation", first_value)  # the automation that closes the project
        if adopts and self.reaches("retention"):
            self.retain(first_value, first_value + self.wait("retention"))
        else:
            self.leaves_early(first_value)

    def leaves_early(self, tried_until: datetime) -> None:
        self.add("cancel", tried_until + self.draws.wait(30, 0.5))

    def retain(self, first_value: datetime, renewed: datetime) -> None:
        self.add("renew", renewed)
        self.works(first_value, renewed)
        left = self.stays_until_cancel(renewed)
        self.expand(renewed, left)
        if left < planted.END and self.draws.chance(planted.REACTIVATION):
            back = left + self.draws.wait(40, 0.5)
            self.add("return_visit", back, "E-mail")
            self.add("subscribe", back + self.draws.wait(1, 0.5), "Website")
            self.stays_until_cancel(self.events[-1].time)

    def stays_until_cancel(self, start: datetime) -> datetime:
        """Bill every period until the customer cancels or the observation ends."""
        due = start
        while due < planted.END:
            due, began = due + timedelta(days=planted.BILLING_DAYS), due
            self.works(began, due)
            if self.draws.chance(planted.MONTHLY_CHURN[self.plan]):
                self.add("cancel", due)
                return due
            self.add("renew", due)
        return due

    def works(self, first: datetime, last: datetime) -> None:
        """Fill a stretch of active use with projects, and the odd question."""
        months = (last - first) / timedelta(days=30)
        for _ in range(int(months * PROJECTS_PER_MONTH + self.draws.uniform())):
            start = self.draws.between(first, last)
            self.add("create_project", start)
            if self.draws.chance(0.75):
                self.add("complete_project", self.draws.between(start, last))
            if self.draws.chance(0.35):
                self.add("use_automation", self.draws.between(start, last))
        self.asks_support(0.05, first, last)

    def expand(self, renewed: datetime, left: datetime) -> None:
        """Expand and recommend, unless the customer leaves before.

        The planted conversion counts those who leave first as not converted. So the wish is more
        frequent than the conversion, by just the share that churn prevents.
        """
        churn = planted.MONTHLY_CHURN[self.plan]
        spread = planted.WAIT_SPREAD["expansion"]
        to_expansion = planted.WAIT_MEDIAN["expansion"][self.plan]
        to_advocacy = to_expansion + planted.WAIT_MEDIAN["advocacy"][self.plan]
        kept_to_expansion = planted.kept_over(to_expansion, spread, churn)
        kept_to_advocacy = planted.kept_over(to_advocacy, spread, churn) / kept_to_expansion

        pace = self.draws.pace()
        expanded = renewed + self.wait("expansion", pace)
        advocated = expanded + self.wait("advocacy", pace)
        wish = planted.conversion("expansion", self.plan, self.country) / kept_to_expansion
        if expanded >= left or not self.draws.chance(wish):
            return
        if self.draws.chance(0.5):
            self.add("view_pricing", self.draws.between(renewed, expanded), "Website")
        channel = "Sales" if self.plan == "enterprise" else "App"
        self.add(self.draws.pick(EXPANSION_EVENTS[self.plan]), expanded, channel)
        wish = planted.conversion("advocacy", self.plan, self.country) / kept_to_advocacy
        if advocated < left and self.draws.chance(wish):
            self.add(self.draws.pick({"refer": 0.6, "write_review": 0.4}), advocated, "Website")
