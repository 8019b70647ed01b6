"""Separated text as blocks of whole records in UTF-8, its quotes checked on the way.

Arrow takes a quote wherever it stands: ``"a"b`` becomes ``ab`` without a word. So every quote is
looked at first: one that opens follows a delimiter, one that closes stands before one.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.streams import CHUNK

__all__ = ["Block", "blocks", "record_ends"]

Positions = npt.NDArray[np.int64]
_LONGEST = 4 * CHUNK


@dataclass(frozen=True)
class Block:
    """Whole records, as UTF-8 without byte order mark."""

    data: bytes
    first: int
    """Number of the first record in the file, from 1; blank ones count."""


def blocks(chunks: Iterable[bytes], spec: ReadingSpec, name: str) -> Iterator[Block]:
    """Cut a file's bytes into blocks, each ending where a record ends.

    Raises
    ------
    SourceError
        If bytes don't fit the encoding, a NUL stands among them, or quotes don't pair up; with
        the row.
    """
    pending, row, sign = b"", 1, b""
    for text in _decoded(chunks, spec, name):
        pending += text
        sign = sign or _line_end(pending)
        ends = record_ends(pending, spec.quote, sign)
        if not len(ends):
            if len(pending) > _LONGEST:
                raise _refused(name, row, "begins a record that doesn't end", "Close its quotes")
            continue
        end = int(ends[-1]) + 1
        yield _checked(Block(pending[:end], row), spec, name, sign)
        pending, row = pending[end:], row + len(ends)
    if pending:
        yield _checked(Block(pending, row), spec, name, sign or b"\n")


def record_ends(data: bytes, quote: str, sign: bytes) -> Positions:
    """Return the positions of the line ends that aren't inside quotes."""
    signs = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(signs == sign[0]) if sign else np.empty(0, np.int64)
    if quote.encode() not in data:
        return ends
    quotes = np.flatnonzero(signs == ord(quote))
    outside: Positions = ends[np.searchsorted(quotes, ends) % 2 == 0]
    return outside


def _line_end(data: bytes) -> bytes:
    """Return the sign that ends lines: old Macintosh files have no line feed at all."""
    if b"\n" in data:
        return b"\n"
    return b"\r" if b"\r" in data[:-1] else b""


def _decoded(chunks: Iterable[bytes], spec: ReadingSpec, name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(spec.encoding)("strict")
    plain = spec.encoding == "utf-8"
    row = 1
    for chunk, last in _with_last(chunks):
        try:
            if plain and chunk.isascii() and not decoder.getstate()[0]:
                text = chunk
            else:
                text = decoder.decode(chunk, final=last).encode()
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(spec.encoding, "ignore")
            raise _undecodable(name, row, before, spec) from error
        except UnicodeEncodeError as error:
            raise _refused(name, row, "holds half a character", "Save it as UTF-8") from error
        row += text.count(b"\n")
        yield text


def _with_last(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    held: bytes | None = None
    for chunk in chunks:
        if held is not None:
            yield held, False
        held = chunk
    if held is not None:
        yield held, True


def _checked(block: Block, spec: ReadingSpec, name: str, sign: bytes) -> Block:
    nul = block.data.find(b"\0")
    if nul >= 0:
        row = _row(block, nul, spec, sign)
        raise _refused(name, row, "holds a NUL character", "Is the file damaged, or UTF-16?")
    quote = spec.quote.encode()
    if quote in block.data:
        wrong = _stray_quote(block.data, spec)
        if wrong is not None:
            row = _row(block, wrong, spec, sign)
            way_out = f"Write {quote.decode() * 2} for a quote inside quotes, and close each"
            raise _refused(name, row, f"holds a stray {quote.decode()}", way_out)
    return block


def _stray_quote(data: bytes, spec: ReadingSpec) -> int | None:
    """Return the position of the first quote that neither opens, closes nor doubles."""
    signs = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(signs == ord(spec.quote))
    neighbours = np.array([ord(spec.delimiter), 10, 13, ord(spec.quote)], np.uint8)
    opening, closing = quotes[::2], quotes[1::2]
    before = np.where(opening > 0, signs[opening - 1], 10)
    after = np.append(signs, np.uint8(10))[closing + 1]
    wrong = np.concatenate(
        [opening[~np.isin(before, neighbours)], closing[~np.isin(after, neighbours)]]
    )
    if len(quotes) % 2:
        wrong = np.append(wrong, quotes[-1])
    return int(wrong.min()) if len(wrong) else None


def _row(block: Block, position: int, spec: ReadingSpec, sign: bytes) -> int:
    return block.first + len(record_ends(block.data[:position], spec.quote, sign))


def _undecodable(name: str, row: int, before: str, spec: ReadingSpec) -> SourceError:
    row += before.count("\n")
    field = before.rpartition("\n")[2].count(spec.delimiter) + 1
    reason = f"holds bytes in field {field} that aren't {spec.encoding}"
    return _refused(name, row, reason, "Say the encoding: spec=sniff(path, encoding=…)")


def _refused(name: str, row: int, reason: str, way_out: str) -> SourceError:
    return SourceError(source=name, row=row, reason=f"row {row} {reason}", way_out=way_out)
