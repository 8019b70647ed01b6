"""Privacy: pseudonyms for ids, small groups hidden for good, a scan for personal data."""

from jupyter_journey.privacy.pseudonyms import Pseudonyms
from jupyter_journey.privacy.scan import found_in, is_personal_column
from jupyter_journey.privacy.suppression import Counted, hidden_figures, is_small, suppressed
from jupyter_journey.privacy.writing import (
    check_frame,
    check_journey,
    check_notebook,
    found_in_journey,
)

__all__ = [
    "Counted",
    "Pseudonyms",
    "check_frame",
    "check_journey",
    "check_notebook",
    "found_in",
    "found_in_journey",
    "hidden_figures",
    "is_personal_column",
    "is_small",
    "suppressed",
]
