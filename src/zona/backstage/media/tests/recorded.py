"""Small real recordings, made by the same library that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
from av.filter import Graph

TONE = "0.1*sin(440*2*PI*t)"
LOUD = "0.9*sin(440*2*PI*t)"
SILENCE = "0"
# Quiet, with single peaks that a plain gain would send over the ceiling.
PEAKY = "0.02*sin(300*2*PI*t)+0.9*sin(900*2*PI*t)*lt(mod(t\\,1)\\,0.004)"


def make_audio(
    path: Path, wave: str = TONE, seconds: float = 2, codec: str = "pcm_s16le", rate: int = 48_000
) -> Path:
    """A recording of one wave; the container follows from the ending of its name."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=rate, layout="stereo")
        for frame in _frames(wave, seconds, rate):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def make_video(
    path: Path,
    codec: str = "libx264",
    audio: str = "aac",
    size: tuple[int, int] = (320, 180),
    seconds: int = 2,
    wave: str = TONE,
) -> Path:
    """A video of moving bars, with or without sound."""
    options = {"preset": "ultrafast"} if codec == "libx264" else {}
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as out:
        picture = out.add_stream(codec, rate=10, options=options)
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        sound: Any = out.add_stream(audio, rate=48_000, layout="stereo") if audio else None
        graph = Graph()
        source = graph.add("testsrc2", f"s={size[0]}x{size[1]}:r=10:d={seconds}")
        form, sink = graph.add("format", "pix_fmts=yuv420p"), graph.add("buffersink")
        source.link_to(form)
        form.link_to(sink)
        graph.configure()
        for frame in _pulled(graph):
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
        if sound:
            for frame in _frames(wave, seconds, 48_000):
                out.mux(sound.encode(frame))
            out.mux(sound.encode(None))
    return path


def _frames(wave: str, seconds: float, rate: int) -> Any:
    graph = Graph()
    source = graph.add("aevalsrc", f"exprs={wave}|{wave}:s={rate}:d={seconds}:c=stereo")
    form = graph.add("aformat", "sample_fmts=s16:channel_layouts=stereo")
    sink = graph.add("abuffersink")
    source.link_to(form)
    form.link_to(sink)
    graph.configure()
    for frame in _pulled(graph):
        frame.pts = None
        yield frame


def _pulled(graph: Graph) -> Any:
    while True:
        try:
            yield graph.pull()
        except (av.error.EOFError, av.error.BlockingIOError):
            return
