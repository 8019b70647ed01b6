"""Values out of pandas and NumPy: what strict records and JSON can hold, None for missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["plain"]


def plain(value: Any) -> Any:
    """Return the Python value of a NumPy or pandas one; a missing value is None.

    Examples
    --------
    >>> plain(np.int64(3)), plain(pd.NA), plain(np.array(["a", "b"]))
    (3, None, ['a', 'b'])
    """
    if isinstance(value, np.ndarray | pd.Series | pd.api.extensions.ExtensionArray):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):  # a table of several fills up the keys that one lacks
        known = {key: plain(item) for key, item in value.items()}
        return {key: item for key, item in known.items() if item is not None}
    if isinstance(value, np.generic):
        value = value.item()
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value
