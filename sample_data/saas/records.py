"""What the made-up company's other systems hold: CRM, survey, help desk, marketing budget."""

from collections import Counter
from collections.abc import Sequence

import planted
from draws import Draws
from journeys import Customer
from texts import COMMENTS, INDUSTRIES, NAME_ENDS, NAME_STARTS, TOPICS, stamp

Row = tuple[object, ...]

CRM = (
    *("customer", "company", "role", "industry", "company_size", "plan", "country"),
    *("signup_date", "mrr", "cancelled_date", "lifecycle_stage"),
)
SURVEY = ("customer", "asked_at", "touchpoint", "kind", "score", "comment")
TICKETS = (
    *("ticket", "customer", "created_at", "solved_at", "channel", "topic", "priority"),
    "satisfaction",
)
SPEND = ("month", "channel", "spend", "currency")

ROLES = {
    "solo": {"Administrator": 0.15, "Champion": 0.75, "Executive": 0.10},
    "team": {"Administrator": 0.30, "Champion": 0.55, "Executive": 0.15},
    "business": {"Administrator": 0.45, "Champion": 0.30, "Executive": 0.25},
    "enterprise": {"Administrator": 0.40, "Champion": 0.20, "Executive": 0.40},
}
COMPANY_SIZE = {"solo": (1, 3), "team": (4, 40), "business": (30, 400), "enterprise": (250, 6000)}
SEATS = {"solo": (1, 1), "team": (3, 15), "business": (12, 60), "enterprise": (40, 250)}
EUROS_PER_SEAT = {"solo": 9, "team": 12, "business": 16, "enterprise": 14}

# Which event leads to which question, and the share who answer.
ASKED_AFTER: dict[str, list[tuple[str, str, float]]] = {
    "visit": [("Website", "CSAT", 0.05)],
    "start_trial": [("Free trial and demo", "CSAT", 0.14)],
    "subscribe": [("Sales conversation", "CSAT", 0.25)],
    "complete_setup": [("Onboarding", "CES", 0.35), ("Onboarding", "NPS", 0.30)],
    "complete_project": [("Product use", "NPS", 0.07)],
    "contact_support": [("Customer support", "CSAT", 0.30)],
    "renew": [("E-mail updates", "CSAT", 0.05), ("Renewal or upgrade", "NPS", 0.06)],
    "upgrade": [("Renewal or upgrade", "NPS", 0.40)],
    "refer": [("Community and events", "NPS", 0.70)],
    "write_review": [("Community and events", "NPS", 0.70)],
}


def crm_rows(customers: Sequence[Customer], draws: Draws) -> list[Row]:
    """One row per customer with an account, that is a trial or a subscription."""
    rows: list[Row] = []
    for customer in customers:
        signup = customer.first("start_trial", "subscribe")
        if signup is None:
            continue
        plan = customer.plan
        industry = draws.pick(dict.fromkeys(INDUSTRIES, 1.0))
        company = "".join(draws.pick(dict.fromkeys(part, 1.0)) for part in (NAME_STARTS, NAME_ENDS))
        billing = [e for e in customer.events if e.name in ("subscribe", "cancel")]
        paying = bool(billing) and billing[-1].name == "subscribe"
        cancelled = billing[-1].time.date() if billing and not paying else ""
        seats = _whole(draws, SEATS[plan])
        size = max(seats, _whole(draws, COMPANY_SIZE[plan]))
        rows.append(
            (
                *(customer.id, f"{company} {INDUSTRIES[industry]}"),
                *(draws.pick(ROLES[plan]), industry, size, plan, customer.country),
                *(signup.date(), seats * EUROS_PER_SEAT[plan] if paying else 0, cancelled),
                next(s for s in reversed(planted.STAGES) if customer.entry(s)).capitalize(),
            )
        )
    return rows


def _whole(draws: Draws, limits: tuple[int, int]) -> int:
    """Draw a whole number between limits, small ones more often."""
    low, high = limits
    return low + int((high - low + 1) * draws.uniform() ** 2)


def survey_rows(customers: Sequence[Customer], draws: Draws) -> list[Row]:
    """Answers in the order they were asked, up to three days after the event that led to them."""
    shares = {key: planted.score_shares(*key) for key in planted.SURVEY_MEAN}
    rows: list[Row] = []
    for customer in customers:
        for event in customer.events:
            for touchpoint, kind, answering in ASKED_AFTER.get(event.name, ()):
                if not draws.chance(answering):
                    continue
                asked = event.time + draws.wait(0.8, 0.6)
                score = draws.pick(shares[touchpoint, kind])
                comment = _comment(touchpoint, kind, score, draws)
                if asked < planted.END:
                    rows.append((customer.id, stamp(asked), touchpoint, kind, score, comment))
    return sorted(rows, key=lambda row: (str(row[1]), str(row[0])))


def _comment(touchpoint: str, kind: str, score: int, draws: Draws) -> str:
    lowest, highest = planted.SCALES[kind]
    if not draws.chance(0.35):
        return ""
    praise = (score - lowest) / (highest - lowest) > 0.65
    return draws.pick(dict.fromkeys(COMMENTS[touchpoint][0 if praise else 1], 1.0))


def ticket_rows(customers: Sequence[Customer], draws: Draws) -> list[Row]:
    """One ticket per `contact_support` event; not yet solved at the end: `solved_at` is empty."""
    contacts = [(e.time, c, e) for c in customers for e in c.events if e.name == "contact_support"]
    contacts.sort(key=lambda contact: (contact[0], contact[1].id))
    rows: list[Row] = []
    for number, (created, customer, event) in enumerate(contacts, start=1):
        subscribed, ready = customer.entry("decision"), customer.entry("onboarding")
        if subscribed is None or created < subscribed:
            topics = TOPICS["trial"]
        else:
            topics = TOPICS["setup" if ready is None or created <= ready else "use"]
        priority = draws.pick({"low": 0.3, "normal": 0.5, "high": 0.15, "urgent": 0.05})
        hours = {"low": 30, "normal": 12, "high": 6, "urgent": 3}[priority]
        solved = created + draws.wait(hours / 24, 0.8)
        rated = draws.pick({"": 0.55, "good": 0.38, "bad": 0.07})
        is_solved = solved < planted.END
        rows.append(
            (
                *(f"t{number:05d}", customer.id, stamp(created)),
                *(stamp(solved) if is_solved else "", event.channel),
                *(draws.pick(topics), priority, rated if is_solved else ""),
            )
        )
    return rows


def spend_rows(customers: Sequence[Customer], draws: Draws) -> list[Row]:
    """Euros per month and acquisition channel, within a tenth of the planted cost per visit."""
    visits = Counter((f"{c.events[0].time:%Y-%m}", c.events[0].channel) for c in customers)
    months = sorted({month for month, _ in visits})
    return [
        (month, channel, f"{visits[month, channel] * cost * draws.uniform(0.9, 1.1):.2f}", "EUR")
        for month in months
        for channel, cost in planted.COST_PER_VISIT.items()
    ]
