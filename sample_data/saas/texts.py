"""The invented words of the made-up data: company names, survey comments, ticket topics."""

from datetime import datetime

NAME_STARTS = (
    *("Bral", "Cato", "Dreni", "Elmo", "Fenu", "Gari", "Holu", "Jova", "Kemi", "Luro"),
    *("Mirta", "Nabo", "Opra", "Pelu", "Quori", "Ruva", "Sarno", "Tolu", "Ulmi", "Vesko"),
)
NAME_ENDS = (
    *("vex", "dano", "lith", "mora", "nexa", "plim", "qor", "rund", "sto", "tavi"),
    *("wick", "zan", "brix", "fanu", "gelt", "hupo"),
)
# Industry and the word that a company name of it ends with.
INDUSTRIES = {
    "Software": "Systems",
    "Consulting": "Partners",
    "Media": "Studio",
    "Manufacturing": "Works",
    "Education": "School",
    "Health care": "Health",
    "Retail": "Stores",
    "Logistics": "Freight",
}

# Per touchpoint: what satisfied customers write, and what the others write.
COMMENTS = {
    "Website": (
        ("Found what I needed in two clicks.", "Clear pricing page."),
        ("Hard to tell the plans apart.", "I could not find the security details."),
    ),
    "Free trial and demo": (
        ("The sample board made it click.", "Enough time to try everything."),
        ("Trial ended before my team had joined.", "An empty board is not a demo."),
    ),
    "Sales conversation": (
        ("They answered every question.", "No pressure, good advice."),
        ("Three calls before I got a price.", "The quote took a week."),
    ),
    "Onboarding": (
        ("The checklist kept us on track.", "Our guide set it up with us."),
        (
            "Setup took far longer than promised.",
            "Importing our old tasks failed twice.",
            "I did not know what to do next.",
        ),
    ),
    "Product use": (
        ("We finish projects on time now.", "Automations save us hours."),
        ("The board is slow with many cards.", "I miss a calendar view."),
    ),
    "Customer support": (
        ("Solved in one reply.", "Friendly and fast."),
        ("I had to explain it three times.", "No answer over the weekend."),
    ),
    "E-mail updates": (
        ("Short and useful.", "Good tips on new features."),
        ("Too many messages.", "Not relevant for my plan."),
    ),
    "Renewal or upgrade": (
        ("Renewed without a hitch.", "The upgrade paid for itself."),
        ("The price rose without a word.", "Seats are sold in odd packs."),
    ),
    "Community and events": (
        ("Great people, great ideas.", "I recommend it to every client."),
        ("The forum is quiet.", "Events are at night in my time zone."),
    ),
}

TOPICS = {
    "trial": {"Plans and prices": 0.6, "Trial": 0.4},
    "setup": {"Setup": 0.35, "Import": 0.35, "Users and rights": 0.2, "Billing": 0.1},
    "use": {"How to": 0.35, "Automation": 0.25, "Fault": 0.2, "Billing": 0.2},
}


def stamp(moment: datetime) -> str:
    """Write a UTC moment as all files do: ISO 8601, whole seconds, `Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
