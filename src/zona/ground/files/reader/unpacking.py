"""Packed bytes, taken out piece by piece and counted before memory is taken."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from .limits import Unreadable, check

GZIP = b"\x1f\x8b"
CHUNK = 1 << 16


def unpack(pieces: Iterable[bytes], limit: int, code: str = "unpacked") -> Iterator[bytes]:
    """What gzip or zlib packed, in pieces of at most 64 KiB. Raises TooMuch, Unreadable.

    Several members one after the other are one file (RFC 1952, 2.2).
    """
    engine, count, has_begun = _open(), 0, False
    for piece in pieces:
        rest = piece
        while rest:
            if engine.eof:
                engine, has_begun = _open(), False
                rest = rest.lstrip(b"\0")  # padding of tapes
                if not rest:
                    break
            try:
                out = engine.decompress(rest, CHUNK)
            except zlib.error as error:
                raise Unreadable("packed", str(error)) from error
            has_begun = True
            count += len(out)
            check(code, limit, count)
            if out:
                yield out
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail
    if has_begun and not engine.eof:
        raise Unreadable("cut")


def _open() -> Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip and zlib, told by their head


class Unpacked:
    """A packed file to read from like a file of its content."""

    def __init__(self, file: Any, limit: int) -> None:
        self.pieces = unpack(iter(lambda: file.read(CHUNK), b""), limit)

    def read(self, size: int = -1) -> bytes:
        """The next piece, of at most 64 KiB whatever size is asked for; empty at the end."""
        return next(self.pieces, b"")


class Measured:
    """A file to read from that holds no more than so many bytes. Raises TooMuch."""

    def __init__(self, file: Any, limit: int, code: str = "bytes") -> None:
        self.file, self.limit, self.code, self.count = file, limit, code, 0

    def read(self, size: int = -1) -> bytes:
        data = bytes(self.file.read(size))
        self.count += len(data)
        check(self.code, self.limit, self.count)
        return data
