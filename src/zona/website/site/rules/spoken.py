"""Transcripts as people read them: paragraphs with the time at which each begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import webvtt

PARAGRAPH_SECONDS = 25  # after so long the next sentence begins a new paragraph
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Cue:
    """One caption: seconds from the beginning, who speaks ("" when nobody says), the words."""

    start: float
    end: float
    speaker: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    start: float
    speaker: str
    text: str


def read_cues(vtt: str) -> list[Cue]:
    """The captions of a WebVTT text; [] when it is none."""
    try:
        captions = webvtt.from_string(vtt).captions
    except webvtt.errors.MalformedFileError:
        return []
    return [
        Cue(
            start=caption.start_in_seconds,
            end=caption.end_in_seconds,
            speaker=caption.voice or "",
            text=" ".join(TAG.sub("", caption.text).split()),
        )
        for caption in captions
    ]


def gather(cues: Sequence[Cue]) -> list[Paragraph]:
    """Captions joined to paragraphs: a new one for another speaker, and at a sentence's end
    once one is long."""
    found: list[Paragraph] = []
    for cue in cues:
        if not cue.text:
            continue
        last = found[-1] if found else None
        if (
            last
            and last.speaker == cue.speaker
            and not (
                cue.start - last.start >= PARAGRAPH_SECONDS and last.text.endswith((".", "?", "!"))
            )
        ):
            found[-1] = Paragraph(last.start, last.speaker, f"{last.text} {cue.text}")
        else:
            found.append(Paragraph(cue.start, cue.speaker, cue.text))
    return found


def as_srt(cues: Sequence[Cue]) -> str:
    """The captions as SubRip, which some podcast apps want."""
    blocks = []
    for number, cue in enumerate(cues, start=1):
        words = f"{cue.speaker}: {cue.text}" if cue.speaker else cue.text
        blocks.append(f"{number}\n{_srt_time(cue.start)} --> {_srt_time(cue.end)}\n{words}\n")
    return "\n".join(blocks)


def _srt_time(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest:02d},{thousandths:03d}"


def say_clock(seconds: float) -> str:
    """03:20, and 1:02:30 from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"
