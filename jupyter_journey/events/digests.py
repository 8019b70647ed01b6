"""What tells whether two logs hold the same rows, in whatever order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from jupyter_journey.events.rows import Rows

__all__ = ["digest", "hashes", "joined"]

Hashes = npt.NDArray[np.uint64]
_ODD = np.uint64(0x9E3779B97F4A7C15)


def digest(rows: Rows) -> str:
    """Return a digest of rows with all columns; of those left in files, what the files tell."""
    later = rows.later.names if rows.later else ()
    names = sorted(name for name in rows.held.column_names if name not in later)
    return joined(names, [hashes(rows, names)], rows.later.told if rows.later and later else "")


def hashes(rows: Rows, names: Sequence[str]) -> Hashes:
    """Return a number for each row, of what it holds in these columns."""
    each = np.zeros(rows.held.num_rows, np.uint64)
    for name in names:
        each = each * _ODD + _hashes(rows.held[name])
    return each


def joined(names: Sequence[str], parts: Sequence[Hashes], told: str = "") -> str:
    """Return the digest of rows in parts, by the numbers of all rows."""
    total = hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass"))
    each = np.concatenate([np.empty(0, np.uint64), *parts])
    each.sort()
    total.update(each.astype("<u8", copy=False).data)
    total.update(told.encode("utf-8", "surrogatepass"))
    return f"sha256:{total.hexdigest()}"


def _hashes(column: pa.ChunkedArray) -> Hashes:
    """Return a number for each value; equal ones for a text and a number written like it."""
    if pa.types.is_timestamp(column.type):
        moments = column.cast(pa.timestamp("us", column.type.tz), safe=False).cast(pa.int64())
        return pd.util.hash_array(moments.fill_null(-1).to_numpy())
    if not pa.types.is_dictionary(column.type):
        if pa.types.is_nested(column.type):
            column = pa.chunked_array([pa.array(map(repr, column.to_pylist()), pa.string())])
        column = column.cast(pa.string()).dictionary_encode()
    coded = column.unify_dictionaries().combine_chunks()
    labels = coded.dictionary.cast(pa.string()).to_numpy(zero_copy_only=False)
    known = pd.util.hash_array(labels.astype(object), categorize=False)
    codes = coded.indices.fill_null(len(labels)).to_numpy(zero_copy_only=False)
    hashes: Hashes = np.append(known, np.uint64(0))[codes]
    return hashes
