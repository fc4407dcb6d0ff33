"""A video that plays everywhere and at once: MP4, H.264 and AAC, its index in front (faststart).

What is that already is only put into a new container; what is not, track by track, is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.filter import Graph

from ..rules.faults import EngineFault, Fault
from .poster import draw_poster
from .source import SHORTEST, Decoding, Source, seconds_of

LONG_SIDE, SHORT_SIDE = 1920, 1080  # px, upright or lying
MOST_BITS = 8_000_000  # a second; above it a phone on a weak network cannot follow
FASTEST = 60  # pictures a second
CLOCK = Fraction(1, 90_000)
PLAIN_PIXELS = {"yuv420p", "yuvj420p"}
VIDEO_OPTIONS = {"crf": "23", "preset": "veryfast", "profile": "high"}
AUDIO_BITS = 128_000
AUDIO_RATE = 48_000

Report = Callable[[float], None]


@dataclass
class Track:
    """A track on its way: copied when `graph` is None, else decoded, filtered and encoded."""

    stream: Any
    out: Any
    graph: Graph | None = None
    decoding: Decoding = field(default_factory=Decoding)
    last: int = -1  # the last time stamp, in ticks of `clock`
    clock: Fraction = CLOCK


def prepare_video(path: Path, folder: Path, report: Report) -> dict[str, Any]:
    """Write result.mp4 and poster.jpg; returns duration (seconds), width and height in px.

    Raises EngineFault.
    """
    target = folder / "result.mp4"
    first = find_first_picture(path)
    with (
        Source(path) as source,
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as out,
    ):
        tracks = [_take_video(source, first, out)]
        if source.audio is not None:
            tracks.append(_take_audio(source.audio, out))
        by_index = {track.stream.index: track for track in tracks}
        for packet, share in source.packets([track.stream for track in tracks]):
            report(share * 0.98)
            for made in _carry(by_index[packet.stream.index], packet):
                out.mux(made)
        for track in tracks:
            for made in _finish(track):
                out.mux(made)
    duration = seconds_of(target)
    if duration < SHORTEST:
        raise EngineFault(Fault.TOO_SHORT)
    width, height = draw_poster(target, folder / "poster.jpg", duration)
    return {"duration": round(duration, 3), "width": width, "height": height}


def is_ready_video(source: Source) -> bool:
    """Whether the picture can stay as it is."""
    stream = source.video
    assert stream is not None
    context = stream.codec_context
    bits = context.bit_rate or (source.size * 8 / source.seconds if source.seconds else 0)
    return (
        context.name == "h264"
        and context.pix_fmt in PLAIN_PIXELS
        and fit(context.width, context.height) == (context.width, context.height)
        and 0 < bits <= MOST_BITS
    )


def fit(width: int, height: int) -> tuple[int, int]:
    """The size within 1920x1080 (or 1080x1920) in the same proportion, in even numbers of px."""
    long, short = max(width, height), min(width, height)
    share = min(1.0, LONG_SIDE / long, SHORT_SIDE / short)
    if share == 1.0 and width % 2 == 0 and height % 2 == 0:
        return width, height
    return max(2, int(width * share) // 2 * 2), max(2, int(height * share) // 2 * 2)


def find_first_picture(path: Path) -> Any:
    """The first frame: how a phone was held stands there. Raises EngineFault."""
    decoding = Decoding()
    with Source(path) as source:
        if source.video is None:
            raise EngineFault(Fault.NO_PICTURE)
        for packet, _share in source.packets([source.video]):
            for frame in decoding.decode(packet):
                return frame
    raise EngineFault(Fault.BROKEN)


def _take_video(source: Source, first: Any, out: Any) -> Track:
    stream: Any = source.video
    if is_ready_video(source):
        return Track(stream, out.add_stream_from_template(stream))
    rate = min(stream.average_rate or Fraction(25), Fraction(FASTEST))
    made = out.add_stream("libx264", rate=rate, options=VIDEO_OPTIONS | {"g": str(int(rate * 4))})
    made.pix_fmt = "yuv420p"
    made.codec_context.time_base = CLOCK
    shown = (first.height, first.width) if first.rotation % 180 else (first.width, first.height)
    made.width, made.height = fit(*shown)
    graph = Graph()
    turns = {90: ["cclock"], 180: ["clock", "clock"], 270: ["clock"]}
    steps = [("transpose", turn) for turn in turns.get(first.rotation % 360, [])]
    steps += [("scale", f"{made.width}:{made.height}:flags=bicubic"), ("setsar", "1")]
    if (stream.average_rate or 0) > FASTEST:
        steps.append(("fps", str(FASTEST)))
    buffer = graph.add_buffer(
        width=first.width, height=first.height, format=first.format, time_base=stream.time_base
    )
    _chain(graph, buffer, [*steps, ("format", "pix_fmts=yuv420p"), ("buffersink", "")])
    return Track(stream, made, graph)


def _take_audio(stream: Any, out: Any) -> Track:
    context = stream.codec_context
    if context.name == "aac" and context.profile == "LC" and context.layout.nb_channels <= 2:
        return Track(stream, out.add_stream_from_template(stream))
    layout = "mono" if context.layout.nb_channels == 1 else "stereo"
    made = out.add_stream("aac", rate=AUDIO_RATE, layout=layout, bit_rate=AUDIO_BITS)
    graph = Graph()
    first = graph.add_abuffer(template=stream)
    steps = (
        # Holes in the sound become silence, so that it stays beside the picture.
        ("aresample", f"{AUDIO_RATE}:async=1000:first_pts=0"),
        ("aformat", f"sample_fmts=fltp:channel_layouts={layout}"),
        ("abuffersink", ""),
    )
    _chain(graph, first, steps)
    return Track(stream, made, graph, clock=Fraction(1, AUDIO_RATE))


def _carry(track: Track, packet: Any) -> Iterator[Any]:
    """The packets for the new file that follow from one of the old."""
    if track.graph is None:
        if packet.dts is not None:
            packet.stream = track.out
            yield packet
        return
    for frame in track.decoding.decode(packet):
        track.graph.push(frame)
        yield from _encode(track)


def _finish(track: Track) -> Iterator[Any]:
    if track.graph is None:
        return
    track.decoding.conclude()
    track.graph.push(None)
    yield from _encode(track)
    yield from track.out.encode(None)


def _encode(track: Track) -> Iterator[Any]:
    assert track.graph is not None
    while True:
        try:
            frame: Any = track.graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if frame.pts is None:
            continue
        time = round(frame.pts * frame.time_base / track.clock)
        if time <= track.last:  # twice the same time stamp: the first stays
            continue
        frame.pts, frame.time_base, track.last = time, track.clock, time
        if track.stream.type == "video":
            frame.pict_type = 0  # the encoder decides
        yield from track.out.encode(frame)


def _chain(graph: Graph, first: Any, steps: Any) -> None:
    last = first
    for name, arguments in steps:
        step = graph.add(name, arguments) if arguments else graph.add(name)
        last.link_to(step)
        last = step
    graph.configure()
