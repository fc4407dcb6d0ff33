"""Captions: WebVTT and SubRip (SRT) to one clean WebVTT, or the line at which they are wrong."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from zona.ground.files.reader import limits

ARROW = "-->"
TIME = r"(?:\d{1,4}:)?[0-5]?\d:[0-5]?\d[.,]\d{1,3}"
TIMING = re.compile(rf"\s*({TIME})\s*-->\s*({TIME})(?:\s.*)?", re.ASCII)
SENTENCE_END = re.compile(r"[.?!…][\"”’)\]]*$")
LONG_PAUSE = 2.0  # seconds; after it a new paragraph begins
LONG_PARAGRAPH = 400  # characters; after it one begins with the next sentence


class CaptionFault(StrEnum):
    UNREADABLE = "unreadable"  # neither WebVTT nor SRT
    TIME = "time"  # a line with an arrow but without two good times
    BACKWARDS = "backwards"  # ends before it begins
    EMPTY = "empty"  # no caption at all
    MANY = "many"  # more captions, or more lines, than are read


class CaptionError(ValueError):
    """What is wrong; `line` counts from 1, 0 when it is the whole file."""

    def __init__(self, fault: CaptionFault, line: int = 0) -> None:
        super().__init__(f"{fault} {line}")
        self.fault, self.line = fault, line


@dataclass(frozen=True)
class Cue:
    """What is said between two moments (seconds), and by whom ("" when not said)."""

    start: float
    end: float
    text: str
    speaker: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Cues that read as one: the moment it begins (seconds), its speaker and its words."""

    start: float
    speaker: str
    text: str


def decode_captions(data: bytes) -> tuple[str, str]:
    """The text of a file, in whatever encoding editors left it, and that encoding if guessed."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def clean_captions(text: str) -> str:
    """WebVTT made from WebVTT or SRT: cues in order, without styles. Raises CaptionError."""
    return render_vtt(parse_captions(text))


def parse_captions(text: str) -> list[Cue]:
    """The cues of a WebVTT or SRT text, in order of time. Raises CaptionError."""
    text = text.lstrip("\ufeff").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CaptionError(CaptionFault.EMPTY)
    if text.count("\n") > limits.CAPTION_LINES:
        raise CaptionError(CaptionFault.MANY, limits.CAPTION_LINES)
    lines = text.split("\n")
    _check_times(lines)
    if ARROW not in text:
        raise CaptionError(
            CaptionFault.EMPTY if text.startswith("WEBVTT") else CaptionFault.UNREADABLE
        )
    try:
        if text.startswith("WEBVTT"):
            captions = webvtt.from_string(text).captions
        else:
            captions = webvtt.from_buffer(_numbered(lines), format="srt").captions
    except (MalformedFileError, MalformedCaptionError) as error:
        raise CaptionError(CaptionFault.UNREADABLE) from error
    cues = [
        Cue(row.start_in_seconds + _thousandths(row.start),
            row.end_in_seconds + _thousandths(row.end),
            _one_line(row.text), _one_line(row.voice or ""))
        for row in captions
    ]  # fmt: skip
    cues = sorted((cue for cue in cues if cue.text), key=lambda cue: (cue.start, cue.end))
    if not cues:
        raise CaptionError(CaptionFault.EMPTY)
    return cues


def render_vtt(cues: Iterable[Cue]) -> str:
    """The cues as a WebVTT file (W3C WebVTT, section 4)."""
    blocks = ["WEBVTT"]
    for cue in cues:
        voice = f"<v {html.escape(cue.speaker, quote=False)}>" if cue.speaker else ""
        words = html.escape(cue.text, quote=False)
        blocks.append(f"{format_time(cue.start)} --> {format_time(cue.end)}\n{voice}{words}")
    return "\n\n".join(blocks) + "\n"


def format_time(seconds: float) -> str:
    """hh:mm:ss.ttt"""
    whole = round(seconds * 1000)
    return (
        f"{whole // 3_600_000:02d}:{whole // 60_000 % 60:02d}"
        f":{whole // 1000 % 60:02d}.{whole % 1000:03d}"
    )


def join_paragraphs(cues: Iterable[Cue]) -> list[Paragraph]:
    """The cues as text to read: a new paragraph with a new speaker, after a pause or when long."""
    paragraphs: list[Paragraph] = []
    words: list[str] = []
    begun = before = None
    for cue in cues:
        if begun is not None and before is not None:
            length = sum(len(word) + 1 for word in words)
            breaks = (
                cue.speaker != before.speaker
                or cue.start - before.end >= LONG_PAUSE
                or (length >= LONG_PARAGRAPH and SENTENCE_END.search(before.text))
            )
            if breaks:
                paragraphs.append(Paragraph(begun.start, begun.speaker, " ".join(words)))
                begun, words = None, []
        begun = begun or cue
        words.append(cue.text)
        before = cue
    if begun is not None:
        paragraphs.append(Paragraph(begun.start, begun.speaker, " ".join(words)))
    return paragraphs


def _check_times(lines: list[str]) -> None:
    """Look at every line with an arrow before anything is built from them. Raises CaptionError."""
    count = 0
    for number, line in enumerate(lines, 1):
        if ARROW not in line:
            continue
        count += 1
        if count > limits.CUES:
            raise CaptionError(CaptionFault.MANY, number)
        match = TIMING.fullmatch(line)
        if match is None:
            raise CaptionError(CaptionFault.TIME, number)
        start, end = (_seconds(part) for part in match.groups())
        if end <= start:
            raise CaptionError(CaptionFault.BACKWARDS, number)


def _numbered(lines: list[str]) -> list[str]:
    """SRT as the parser wants it: no lines before the first cue, whole hours, numbers in order."""
    made: list[str] = []
    count = 0
    for number, line in enumerate(lines):
        if ARROW in line:
            if made and made[-1].strip().isdigit():
                made.pop()
            count += 1
            match = TIMING.fullmatch(line)
            assert match is not None  # checked before
            start, end = (format_time(_seconds(part)).replace(".", ",") for part in match.groups())
            made += ["", str(count), f"{start} --> {end}"]
        elif count or (number + 1 < len(lines) and ARROW in lines[number + 1]):
            made.append(line)
    return made[1:] if made and not made[0] else made


def _seconds(time: str) -> float:
    parts = time.replace(",", ".").split(":")
    hours = int(parts[0]) if len(parts) == 3 else 0
    whole, _, part = parts[-1].partition(".")
    return hours * 3600 + int(parts[-2]) * 60 + int(whole) + int(part.ljust(3, "0")) / 1000


def _thousandths(time: str) -> float:
    return int(time.rpartition(".")[2]) / 1000


def _one_line(text: str) -> str:
    return " ".join(html.unescape(text).split())
