"""The gist of a step's frames, in a sentence each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from jupyter_journey.charts.voice import Voice

__all__ = ["Teller", "Told", "in_sentences"]

Told = tuple[str, dict[str, Any]] | None
"""The key of a sentence in the language file, and what fills it; None: there is nothing to tell."""
Teller = Callable[[pd.DataFrame, Voice], Told]


def in_sentences(
    frames: Mapping[str, pd.DataFrame], tellers: Mapping[str, Teller], say: Voice
) -> dict[str, str]:
    """Return a sentence by name of the frame it tells of; missing and empty frames have none."""
    held = {name: frame for name, frame in frames.items() if len(frame)}
    found = {name: tell(held[name], say) for name, tell in tellers.items() if name in held}
    return {name: say("answers", told[0], **told[1]) for name, told in found.items() if told}
