"""Captions as people really have them."""

from __future__ import annotations

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from zona.backstage.media.rules.captions import (
    CaptionError,
    CaptionFault,
    Cue,
    clean_captions,
    decode_captions,
    join_paragraphs,
    parse_captions,
    render_vtt,
)
from zona.ground.files.reader import limits

VTT = "WEBVTT\n\n00:01.000 --> 00:02.500 align:start\n<v Ibu Sri>Halo &amp; <i>selamat</i> pagi\n"
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\n<font color=red>Tahun</font> & b < c\r\n\r\n"


def test_vtt_keeps_speakers_and_loses_styles():
    assert parse_captions(VTT) == [Cue(1.0, 2.5, "Halo & selamat pagi", "Ibu Sri")]


def test_srt_becomes_vtt():
    assert clean_captions("\ufeff" + SRT) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nTahun &amp; b &lt; c\n"
    )


def test_srt_without_numbers_with_lone_numbers_and_empty_lines():
    text = "00:01,0 --> 00:02,5\n2024\n\nmasih\n3\n0:0:3,25 --> 00:00:04.000\nlagi"
    assert parse_captions(text) == [Cue(1, 2.5, "2024 masih"), Cue(3.25, 4, "lagi")]


def test_captions_out_of_order_are_put_in_order():
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\ndua\n\n00:01.000 --> 00:02.000\nsatu\n"
    assert [cue.text for cue in parse_captions(text)] == ["satu", "dua"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_windows_editors_are_read(encoding):
    assert "“Halo”" in decode_captions("1\n00:01,000 --> 00:02,000\n“Halo”".encode(encoding))[0]


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("", CaptionFault.EMPTY, 0),
        ("WEBVTT\n\nNOTE nothing\n", CaptionFault.EMPTY, 0),
        ("Just a letter.", CaptionFault.UNREADABLE, 0),
        (VTT + "\n00:00:01 --> 00:00:02\nx", CaptionFault.TIME, 6),
        (SRT + "2\n00:00:70,000 --> 00:00:80,000\nx", CaptionFault.TIME, 6),
        (VTT + "\n00:03.000 --> 00:02.000\nx", CaptionFault.BACKWARDS, 6),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", CaptionFault.EMPTY, 0),
    ],
)
def test_the_line_at_fault_is_named(text, fault, line):
    with pytest.raises(CaptionError) as caught:
        parse_captions(text)
    assert (caught.value.fault, caught.value.line) == (fault, line)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("WEBVTT\n" + "\n00:01.000 --> 00:02.000\nx\n" * 4, 12),
        ("00:01,000 --> 00:02,000\nx\n\n" * 4, 10),
        (VTT + "\n" * 20, 20),
    ],
)
def test_what_is_too_long_for_captions_is_not_built(monkeypatch, text, line):
    monkeypatch.setattr(limits, "CUES", 3)
    monkeypatch.setattr(limits, "CAPTION_LINES", 20)
    monkeypatch.setattr(webvtt, "from_string", None)
    monkeypatch.setattr(webvtt, "from_buffer", None)
    with pytest.raises(CaptionError) as caught:
        parse_captions(text)
    assert (caught.value.fault, caught.value.line) == (CaptionFault.MANY, line)


words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
lines = st.lists(words, min_size=1, max_size=6).map(" ".join)
cues = st.builds(
    lambda start, length, text, speaker: Cue(start / 1000, (start + length) / 1000, text, speaker),
    st.integers(0, 10**8),
    st.integers(1, 10**5),
    lines,
    st.sampled_from(["", "Ibu Sri", "Pak Budi & rekan"]),
)


@given(st.lists(cues, min_size=1, max_size=8))
def test_what_is_written_is_read_again(made):
    made.sort(key=lambda cue: (cue.start, cue.end))
    read = parse_captions(render_vtt(made))
    assert [(cue.text, cue.speaker) for cue in read] == [(c.text, c.speaker) for c in made]
    for before, after in zip(made, read, strict=True):
        assert after.start == pytest.approx(before.start, abs=0.0006)
    text = " ".join(paragraph.text for paragraph in join_paragraphs(made))
    assert text == " ".join(cue.text for cue in made)


@given(st.text(max_size=300))
def test_nothing_typed_breaks_it(text):
    try:
        parse_captions(text)
        parse_captions("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text)
    except CaptionError:
        pass


def test_paragraphs_break_at_speakers_and_pauses():
    made = join_paragraphs(
        [Cue(0, 1, "Satu.", "A"), Cue(1, 2, "Dua.", "A"), Cue(2, 3, "Tiga.", "B"),
         Cue(9, 10, "Empat.", "B")]
    )  # fmt: skip
    assert [(row.start, row.speaker, row.text) for row in made] == [
        (0, "A", "Satu. Dua."), (2, "B", "Tiga."), (9, "B", "Empat."),
    ]  # fmt: skip
