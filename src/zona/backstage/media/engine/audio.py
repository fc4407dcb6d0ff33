"""A podcast from any recording: one channel, MP3, at the same loudness as all others.

Two passes. The first measures loudness and true peak (EBU R128, ITU-R BS.1770-4); the second
applies one gain to everything, so that nothing pumps, and a limiter where that gain would send
peaks over the ceiling. Where the limiter took so much that the loudness is missed, the second is
done again.
"""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from av.filter import Graph

from ..rules.faults import EngineFault, Fault
from .source import SHORTEST, Decoding, Source, seconds_of

TARGET = -16.0  # LUFS, as podcast platforms expect it
CEILING = -1.5  # dBTP
SILENCE = -60.0  # LUFS; below it there is nothing to hear
MISSED = 0.5  # LU; the second pass is done again when the loudness is further off
# At most so many times: where each begins in the whole, and its share of it.
ROUNDS = ((0.3, 0.5), (0.8, 0.1), (0.9, 0.06), (0.96, 0.04))
RATE = 44_100  # Hz
BITS = {"music": 96_000, "speech": 64_000}  # a second
BARS = 200
WINDOW = RATE // 10  # samples a peak
STEP = 8  # every eighth sample is enough to draw a peak

Report = Callable[[float], None]


@dataclass(frozen=True)
class Loudness:
    integrated: float  # LUFS
    peak: float  # dBTP


def prepare_audio(source: Path, target: Path, quality: str, report: Report) -> dict[str, Any]:
    """Write `target` (MP3) and return duration (seconds) and waveform. `report` takes 0 to 1.

    Raises EngineFault.
    """
    measured = measure(source, _part_of(report, 0.0, 0.3))
    if measured.integrated < SILENCE:
        raise EngineFault(Fault.SILENT)
    gain = TARGET - measured.integrated
    for start, part in ROUNDS:
        told = _part_of(report, start, part)
        reached, peaks = encode(source, target, BITS[quality], gain, measured.peak, told)
        if abs(reached - TARGET) <= MISSED:
            break
        gain += TARGET - reached
    duration = seconds_of(target)
    return {"duration": round(duration, 3), "waveform": draw_bars(peaks, BARS)}


def measure(source: Path, report: Report) -> Loudness:
    """Loudness and true peak of the recording as one channel."""
    graph = _link(("ebur128", "peak=true:metadata=1:framelog=quiet"))
    metadata: dict[str, str] = {}
    samples = 0
    for frame in _filtered(graph, _mono_frames(source, report)):
        metadata = frame.metadata or metadata
        samples += frame.samples
    if samples < SHORTEST * RATE:
        raise EngineFault(Fault.TOO_SHORT)
    return _loudness(metadata)


def encode(
    source: Path, target: Path, bits: int, gain: float, peak: float, report: Report
) -> tuple[float, array]:
    """Write the MP3 with a gain (dB). Returns the loudness reached and the peaks drawn from it."""
    steps = [("volume", f"{gain:.3f}dB:precision=float")]
    if peak + gain > CEILING:
        # Four times as many samples, so that peaks between them are caught too.
        limit = 10 ** (CEILING / 20)
        steps += [
            ("aresample", str(RATE * 4)),
            ("alimiter", f"limit={limit:.5f}:level=false:attack=5:release=60:latency=true"),
            ("aresample", str(RATE)),
        ]
    steps += [
        ("ebur128", "metadata=1:framelog=quiet"),
        ("aformat", "sample_fmts=fltp"),
        ("asetnsamples", f"n={WINDOW}:p=0"),
    ]
    peaks, reached = array("f"), TARGET
    with av.open(str(target), "w", format="mp3") as out:
        stream = out.add_stream("libmp3lame", rate=RATE, layout="mono", bit_rate=bits)
        for frame in _filtered(_link(*steps), _mono_frames(source, report)):
            heard = array("f", bytes(frame.planes[0])[: frame.samples * 4])[::STEP]
            peaks.append(max(max(heard), -min(heard)))
            if "lavfi.r128.I" in (metadata := frame.metadata):
                reached = float(metadata["lavfi.r128.I"])
            frame.pts = None
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return reached, peaks


def draw_bars(peaks: array, count: int) -> list[int]:
    """At most `count` bars from 0 to 100, the highest 100: the mean power of the peaks in each."""
    count = min(count, len(peaks))
    edges = [round(number * len(peaks) / count) for number in range(count + 1)]
    bars = [
        math.sqrt(sum(peak * peak for peak in peaks[low:high]) / (high - low))
        for low, high in itertools.pairwise(edges)
    ]
    top = max(bars) or 1.0
    return [round(100 * bar / top) for bar in bars]


def _part_of(report: Report, start: float, part: float) -> Report:
    """What reports a step of the work as its place in the whole."""
    return lambda share: report(start + share * part)


def _mono_frames(path: Path, report: Report) -> Iterator[Any]:
    """The sound as frames of one channel at RATE, whatever it is and however often it changes."""
    with Source(path) as source:
        stream = source.audio
        if stream is None:
            raise EngineFault(Fault.NO_SOUND)
        decoding, resampler, shape = Decoding(), None, None
        for packet, share in source.packets([stream]):
            report(share)
            for frame in decoding.decode(packet):
                now = (frame.format.name, frame.layout.name, frame.sample_rate)
                if resampler is None or now != shape:
                    if resampler is not None:
                        yield from resampler.resample(None)
                    resampler, shape = av.AudioResampler("flt", "mono", RATE), now
                frame.pts = None  # gaps close; nothing has to stay beside a picture
                yield from resampler.resample(frame)
        decoding.conclude()
        if resampler is not None:
            yield from resampler.resample(None)


def _link(*steps: tuple[str, str]) -> Graph:
    graph = Graph()
    last = graph.add_abuffer(sample_rate=RATE, format="flt", layout="mono")
    for name, arguments in steps:
        step = graph.add(name, arguments)
        last.link_to(step)
        last = step
    last.link_to(graph.add("abuffersink"))
    graph.configure()
    return graph


def _filtered(graph: Graph, frames: Iterator[Any]) -> Iterator[Any]:
    for frame in frames:
        frame.pts = None
        graph.push(frame)
        yield from _pull(graph)
    graph.push(None)
    yield from _pull(graph)


def _pull(graph: Graph) -> Iterator[Any]:
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def _loudness(metadata: dict[str, str]) -> Loudness:
    peak = float(metadata.get("lavfi.r128.true_peak", 0))
    return Loudness(
        float(metadata.get("lavfi.r128.I", SILENCE * 2)),
        20 * math.log10(peak) if peak > 0 else -120.0,
    )
