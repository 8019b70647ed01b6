"""Pseudonyms: customers' ids replaced under a key that isn't kept with the project.

A pseudonym is ``p`` and the first 80 bits, in hex, of the HMAC-SHA256 of the id. The same id under
the same key gives the same pseudonym in every file, so that events, CRM data, surveys and tickets
still join. Two of n customers share one by chance with odds of about n² / 2⁸¹: 4 in 10¹¹ for ten
million customers.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
from jupyter_core.paths import jupyter_data_dir

from jupyter_journey.errors import SourceError

__all__ = ["VARIABLE", "Pseudonyms", "Wish"]

VARIABLE = "JUPYTER_JOURNEY_KEY"
"""The environment variable that holds the key, where one is set."""
_LEAST = 32
_DIGITS = 20
_OTHERS = 0o077


class Pseudonyms:
    """Replaces ids under one key; only the key's id may be shown or written.

    Examples
    --------
    >>> names = Pseudonyms("0123456789abcdef0123456789abcdef")
    >>> names
    <Pseudonyms under key 774ac8ca>
    >>> names.of(["007", "7"])
    ['pfeaff9f7dfc806589960', 'p9657f4db0378a439d0a3']
    """

    def __init__(self, key: str, source: str = "key") -> None:
        if len(key) < _LEAST:
            raise SourceError(
                source=source,
                reason=f"a key must have at least {_LEAST} characters",
                way_out='Make one: python -c "import secrets; print(secrets.token_hex())"',
            )
        self._hash = hmac.new(key.encode(), digestmod=hashlib.sha256)
        self.key_id = hashlib.sha256(b"jupyter-journey key\0" + key.encode()).hexdigest()[:8]
        """Tells keys apart, and nothing of what they are."""

    @classmethod
    def own(cls) -> Self:
        """Return those under one's own key: of ``JUPYTER_JOURNEY_KEY``, else of a file.

        The file lies in Jupyter's data folder, is made at first use and readable by its owner
        alone. Put another in its place, or none, and all pseudonyms change: the key's id tells.

        Raises
        ------
        SourceError
            If the file can't be made or read, is open to others, or holds no key.
        """
        key = os.environ.get(VARIABLE)
        if key is not None:
            return cls(key, VARIABLE)
        path = Path(jupyter_data_dir()) / "jupyter-journey.key"
        if not path.exists():
            _make(path)
        return cls.from_file(path)

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> Self:
        """Return those under the key a file holds.

        Raises
        ------
        SourceError
            If the file can't be read, is open to others, or holds no key.
        """
        place = Path(path)
        try:
            mode, key = place.stat().st_mode, place.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = f"can't be read as a key ({getattr(error, 'strerror', None) or 'no text'})"
            way_out = f"Check the path, or set {VARIABLE}"
            raise SourceError(source=str(place), reason=reason, way_out=way_out) from error
        if os.name != "nt" and mode & _OTHERS:
            reason = "its owner alone may have access to a key, and others have"
            way_out = f"chmod 600 {place}, or share the key as {VARIABLE}"
            raise SourceError(source=str(place), reason=reason, way_out=way_out)
        return cls(key, str(place))

    @staticmethod
    def given(wish: Wish) -> Pseudonyms | None:
        """Return what a reader's parameter asks for: none, one's own, those of a file, or these."""
        if isinstance(wish, Pseudonyms):
            return wish
        if isinstance(wish, bool):
            return Pseudonyms.own() if wish else None
        return Pseudonyms.from_file(wish)

    @classmethod
    def under(cls, key_id: str) -> Self | None:
        """Return one's own, to match what was read under this key; None where ids are as written.

        Raises
        ------
        SourceError
            If one's own key is another one.
        """
        if not key_id:
            return None
        own = cls.own()
        if own.key_id != key_id:
            reason = f"was read under key {key_id}, and the present key is {own.key_id}"
            way_out = "Read all files under one key, so that their customers match"
            raise SourceError(source="event log", reason=reason, way_out=way_out)
        return own

    def of(self, ids: Iterable[str]) -> list[str]:
        """Return the pseudonyms of ids."""
        made = []
        for text in ids:
            one = self._hash.copy()
            one.update(text.encode())
            made.append(f"p{one.hexdigest()[:_DIGITS]}")
        return made

    def column(self, column: pa.ChunkedArray) -> pa.ChunkedArray:
        """Return a column of texts with pseudonyms; missing and empty ones stay as they are.

        Of a dictionary-coded column only the distinct ids are replaced, so that ten million rows
        cost no more than their customers.
        """
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        chunks = coded.unify_dictionaries().chunks
        if not chunks:
            return column
        ids = chunks[0].dictionary
        names = pc.if_else(pc.equal(ids, ""), ids, pa.array(self.of(ids.to_pylist()), pa.string()))
        replaced = [pa.DictionaryArray.from_arrays(chunk.indices, names) for chunk in chunks]
        return pa.chunked_array(replaced).cast(column.type)

    def __repr__(self) -> str:
        return f"<Pseudonyms under key {self.key_id}>"


Wish = Pseudonyms | bool | str | os.PathLike[str]
"""What a reader's parameter ``pseudonyms`` takes."""


def _make(path: Path) -> None:
    """Write a fresh key; the first of several processes wins, and no other sees half a key."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{secrets.token_hex()}\n")
        with suppress(FileExistsError):
            os.link(draft, path)
    except OSError as error:
        reason = f"no key can be kept there ({error.strerror})"
        way_out = f"Set {VARIABLE} to a key of your own"
        raise SourceError(source=str(path), reason=reason, way_out=way_out) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
