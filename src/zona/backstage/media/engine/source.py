"""An upload, opened for reading: checked first, then decoded with patience for small damage."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.stream import Disposition

from ..rules.faults import EngineFault, Fault
from ..rules.kinds import HEAD, sniff

SHORTEST = 1.0  # seconds
LONGEST = 8 * 3600.0  # seconds
LOCKED_CODECS = {"drms", "drmi", "enca", "encv", "p608"}  # fourcc of locked tracks in MP4
PATIENCE = 0.05  # share of packets that may be damaged
END_MISSING = 0.9  # less than this share of what the file promises: it is cut off
# Containers that promise a length before the data; others only guess it.
PROMISING = {"mov", "wav", "flac", "matroska"}


class Source:
    """An opened upload. `seconds` is None when the file does not say how long it is."""

    def __init__(self, path: Path) -> None:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
        if not size or not head.strip(b"\0"):
            raise EngineFault(Fault.EMPTY)
        form = sniff(head)
        if form is None:
            raise EngineFault(Fault.BROKEN)
        self.form, self.size = form, size
        # Only the named container and only this file: nothing it refers to is opened.
        self.container = av.open(str(path), format=form, options={"protocol_whitelist": "file"})
        duration = self.container.duration
        self.seconds: float | None = duration / av.time_base if duration else None
        self._refuse_locked()
        if self.seconds and self.seconds > LONGEST:
            raise EngineFault(Fault.TOO_LONG)

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.container.close()

    @property
    def audio(self) -> Any | None:
        """The first sound track."""
        return self.container.streams.audio[0] if self.container.streams.audio else None

    @property
    def video(self) -> Any | None:
        """The first moving picture; a cover inside an audio file is none."""
        for stream in self.container.streams.video:
            if not stream.disposition & Disposition.attached_pic:
                return stream
        return None

    def packets(self, streams: Sequence[Any]) -> Iterator[tuple[Any, float]]:
        """(packet, share of the file done: 0 to 1). Ends without error where the file breaks off.

        Raises EngineFault when it is longer than allowed or ends long before it promised to.
        """
        reached = share = 0.0
        packets = self.container.demux(*streams)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                packet = None
            if packet is None:
                break
            if packet.pts is not None and packet.time_base is not None:
                reached = max(reached, float(packet.pts * packet.time_base))
            if reached > LONGEST:
                raise EngineFault(Fault.TOO_LONG)
            if self.seconds:
                share = reached / self.seconds
            elif packet.pos:
                share = packet.pos / self.size
            yield packet, min(max(share, 0.0), 1.0)
        promised = self.seconds if self.form in PROMISING else None
        if promised and promised - reached > 3 and reached < promised * END_MISSING:
            raise EngineFault(Fault.BROKEN)

    def _refuse_locked(self) -> None:
        for stream in self.container.streams:
            context = getattr(stream, "codec_context", None)
            tag = getattr(context, "codec_tag", "") if context else ""
            if tag in LOCKED_CODECS:
                raise EngineFault(Fault.PROTECTED)


class Decoding:
    """Decodes packets and gives up when too many of them are damaged."""

    def __init__(self) -> None:
        self.good = self.bad = 0

    def decode(self, packet: Any) -> list[Any]:
        try:
            frames = list(packet.decode())
        except (av.error.EOFError, StopIteration):
            return []
        except av.error.FFmpegError:
            self.bad += 1
            if self.bad > 50 and self.bad > PATIENCE * self.good:
                raise EngineFault(Fault.BROKEN) from None
            return []
        self.good += 1
        return frames

    def conclude(self) -> None:
        """At the end. Raises EngineFault when hardly anything could be read."""
        if not self.good or self.bad > max(3, PATIENCE * self.good):
            raise EngineFault(Fault.BROKEN)


@contextlib.contextmanager
def naming_faults() -> Iterator[None]:
    """Errors of the libraries as faults that a person understands."""
    try:
        yield
    except FileNotFoundError:
        raise EngineFault(Fault.LOST) from None
    except OSError as error:  # also PyAV's own, whose errno is ffmpeg's
        if error.errno in (28, 122):  # ENOSPC, EDQUOT
            raise EngineFault(Fault.NO_SPACE) from error
        if isinstance(error, av.error.FFmpegError):
            raise EngineFault(Fault.BROKEN) from error
        raise
    except av.error.FFmpegError as error:
        raise EngineFault(Fault.BROKEN) from error


def seconds_of(path: Path) -> float:
    """How long a finished file is."""
    with av.open(str(path)) as container:
        return float(Fraction(container.duration or 0, av.time_base))
