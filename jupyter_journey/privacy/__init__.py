"""Privacy: pseudonyms for ids, small groups hidden for good, a scan for personal data.

The public names load on first use: a scan of texts needs no pandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_journey.lazy import lazily

if TYPE_CHECKING:
    from jupyter_journey.privacy.pseudonyms import Pseudonyms
    from jupyter_journey.privacy.scan import found_in, is_personal_column
    from jupyter_journey.privacy.suppression import Counted, hidden_figures, is_small, suppressed
    from jupyter_journey.privacy.writing import (
        check_frame,
        check_journey,
        check_notebook,
        found_in_journey,
    )

_HOMES = {
    "Counted": "suppression",
    "Pseudonyms": "pseudonyms",
    "check_frame": "writing",
    "check_journey": "writing",
    "check_notebook": "writing",
    "found_in": "scan",
    "found_in_journey": "writing",
    "hidden_figures": "suppression",
    "is_personal_column": "scan",
    "is_small": "suppression",
    "suppressed": "suppression",
}

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


__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
