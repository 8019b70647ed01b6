"""Privacy: pseudonyms for ids, small groups hidden for good, a scan for personal data."""

from jupyter_journey.privacy.pseudonyms import Pseudonyms
from jupyter_journey.privacy.suppression import is_small, suppressed

__all__ = ["Pseudonyms", "is_small", "suppressed"]
