"""Real small recordings through the engine: loudness, formats, and what it refuses."""

from __future__ import annotations

import array
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.backstage.media.engine.__main__ import run
from zona.backstage.media.engine.audio import CEILING, draw_bars, measure
from zona.backstage.media.engine.video import fit
from zona.backstage.media.rules.faults import EngineFault, Fault

from .recorded import LOUD, PEAKY, SILENCE, TONE, make_audio, make_video


def loudness(path: Path):
    return measure(path, lambda share: None)


def prepare(kind: str, source: Path, quality: str = "music"):
    folder = source.parent / "made"
    folder.mkdir(exist_ok=True)
    return folder, run(kind, quality, source, folder)


@pytest.mark.parametrize("wave", [TONE, LOUD, PEAKY], ids=["quiet", "loud", "peaky"])
def test_every_recording_becomes_equally_loud(tmp_path, wave):
    folder, done = prepare("audio", make_audio(tmp_path / "a.wav", wave, seconds=4))
    heard = loudness(folder / "result.mp3")
    assert heard.integrated == pytest.approx(-16, abs=0.7)
    assert heard.peak <= CEILING + 1.0  # MP3 itself adds a little to what was limited
    assert done["duration"] == pytest.approx(4, abs=0.06)


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.ogg", "libopus"), ("a.flac", "flac")],
)
def test_all_formats_of_sound_are_read(tmp_path, name, codec):
    folder, done = prepare("audio", make_audio(tmp_path / name, codec=codec), "speech")
    with av.open(str(folder / "result.mp3")) as made:
        stream = made.streams.audio[0]
        assert (made.format.name, stream.layout.name, stream.rate) == ("mp3", "mono", 44_100)
        assert stream.bit_rate == 64_000
    assert done["duration"] == pytest.approx(2, abs=0.12)
    assert 10 <= len(done["waveform"]) <= 200
    assert max(done["waveform"]) == 100


def test_a_podcast_can_be_made_of_a_video(tmp_path):
    _folder, done = prepare("audio", make_video(tmp_path / "a.mp4"))
    assert done["duration"] == pytest.approx(2, abs=0.12)


def test_a_good_video_is_only_repacked(tmp_path):
    source = make_video(tmp_path / "a.mov")
    folder, done = prepare("video", source)
    assert (done["width"], done["height"]) == (320, 180)
    assert packets_of(folder / "result.mp4") == packets_of(source)
    assert (folder / "poster.jpg").read_bytes()[:2] == b"\xff\xd8"
    data = (folder / "result.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize(
    ("name", "codec", "audio", "size"),
    [("a.webm", "libvpx", "libopus", (2000, 1200)), ("a.mkv", "mpeg4", "", (321, 181))],
)
def test_any_other_video_is_made_anew(tmp_path, name, codec, audio, size):
    if codec == "mpeg4":
        size = (322, 182)
    source = make_video(tmp_path / name, codec, audio, size, seconds=1 if size[0] > 1000 else 2)
    folder, done = prepare("video", source)
    with av.open(str(folder / "result.mp4")) as made:
        assert [stream.codec_context.name for stream in made.streams] == (
            ["h264", "aac"] if audio else ["h264"]
        )
        assert made.streams.video[0].pix_fmt == "yuv420p"
    assert max(done["width"] - 1920, done["height"] - 1080) <= 0


def packets_of(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return [bytes(packet) for packet in container.demux(stream) if packet.size]


@pytest.mark.parametrize(
    ("kind", "fault", "make"),
    [
        ("audio", Fault.SILENT, lambda at: make_audio(at / "a.wav", SILENCE)),
        ("audio", Fault.TOO_SHORT, lambda at: make_audio(at / "a.wav", seconds=0.5)),
        ("audio", Fault.NO_SOUND, lambda at: make_video(at / "a.mp4", audio="")),
        ("video", Fault.NO_PICTURE, lambda at: make_audio(at / "a.mp3", codec="libmp3lame")),
        ("audio", Fault.EMPTY, lambda at: write(at / "a.mp3", b"")),
        ("audio", Fault.EMPTY, lambda at: write(at / "a.mp3", bytes(9000))),
        ("audio", Fault.BROKEN, lambda at: write(at / "a.mp3", b"ID3" + b"nothing" * 900)),
        ("audio", Fault.BROKEN, lambda at: write(at / "a.pdf", b"%PDF-1.7 " * 900)),
        ("video", Fault.BROKEN, lambda at: cut(make_video(at / "a.mp4", seconds=20), 0.3)),
        (
            "audio",
            Fault.BROKEN,
            lambda at: cut(make_audio(at / "a.flac", seconds=20, codec="flac"), 0.5),
        ),
        ("audio", Fault.PROTECTED, lambda at: lock(make_audio(at / "a.m4a", codec="aac"))),
        ("audio", Fault.LOST, lambda at: at / "gone.mp3"),
    ],
)
def test_what_cannot_be_published_says_why(tmp_path, kind, fault, make):
    source = make(tmp_path)
    with pytest.raises(EngineFault) as caught:
        prepare(kind, source)
    assert caught.value.fault == fault


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def cut(path: Path, share: float) -> Path:
    data = path.read_bytes()
    return write(path, data[: int(len(data) * share)])


def lock(path: Path) -> Path:
    """As a music store would: the track says it is enciphered."""
    return write(path, path.read_bytes().replace(b"mp4a", b"drms", 1))


@given(st.integers(2, 8000), st.integers(2, 8000))
def test_pictures_fit_and_keep_their_proportion(width, height):
    made = fit(width, height)
    assert max(made) <= 1920
    assert min(made) <= 1080
    assert all(side % 2 == 0 for side in made)
    share = max(made) / max(width, height)
    assert abs(min(made) - share * min(width, height)) <= 3


@given(st.lists(st.floats(0, 1), min_size=1, max_size=2000), st.integers(1, 300))
def test_bars_are_few_and_the_highest_fills_the_picture(peaks, count):
    bars = draw_bars(array.array("f", peaks), count)
    assert len(bars) == min(count, len(peaks))
    assert all(0 <= bar <= 100 for bar in bars)
    assert max(bars) == (100 if max(array.array("f", peaks)) > 0 else 0)
