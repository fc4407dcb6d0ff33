"""What the players of sound and video show of a recording, and its words to read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zona.backstage.media.models import Recording

from ..rules.spoken import gather, read_cues, say_clock

BARS, STEP, HEIGHT = 120, 4, 64  # of the waveform; lengths in units of its viewBox
SPEEDS = [("0.75", "0,75×"), ("1", "1×"), ("1.25", "1,25×"), ("1.5", "1,5×"), ("2", "2×")]
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}  # each in its own words


def say_length(seconds: float) -> str:
    """1 menit 20 detik; 1 jam 5 menit from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if minutes:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
    if not hours and (rest or not minutes):
        parts.append(ngettext("%(n)s second", "%(n)s seconds", rest) % {"n": rest})
    return " ".join(parts)


def draw_waveform(peaks: Sequence[int]) -> dict[str, Any]:
    """{path, width, height} of one bar a step; {} without peaks (0 to 100)."""
    if not peaks:
        return {}
    count = min(BARS, len(peaks))
    edges = [round(place * len(peaks) / count) for place in range(count + 1)]
    bars = [max(peaks[start:end]) for start, end in pairwise(edges)]
    loudest = max(*bars, 1)
    path = ""
    for place, peak in enumerate(bars):
        half = max(1, round(peak / loudest * (HEIGHT / 2 - 2)))
        path += f"M{place * STEP + STEP // 2} {HEIGHT // 2 - half}v{half * 2}"
    return {"path": path, "width": count * STEP, "height": HEIGHT}


def describe_player(
    recording: Recording | None, title: str, chapters: Sequence[Any] = ()
) -> dict[str, Any]:
    """Context of site/player_audio.html and player_video.html; {} when nothing plays yet."""
    if recording is None or not recording.is_playable:
        return {}
    seconds = round(recording.duration or 0)
    return {
        "title": title,
        "src": recording.get_url(),
        "type": recording.content_type,
        "size": filesizeformat(recording.file_size),
        "seconds": seconds,
        "clock": say_clock(seconds),
        "length": say_length(seconds) if seconds else "",
        "width": recording.width,
        "height": recording.height,
        "poster": recording.get_poster_url(),
        "waveform": draw_waveform(recording.waveform),
        "chapters": [
            {"start": row.start, "clock": say_clock(row.start), "title": row.title}
            for row in chapters
        ],
        "tracks": [
            {"url": row.get_url(), "code": row.language, "label": LANGUAGES[row.language]}
            for row in approved_transcripts(recording)
        ],
    }


def approved_transcripts(recording: Recording) -> list[Any]:
    return [row for row in recording.transcripts.all() if not row.is_draft]


def describe_transcript(recording: Recording | None) -> list[dict[str, Any]]:
    """Paragraphs to read, of the first language there is (Indonesian first), with their times."""
    rows = approved_transcripts(recording) if recording else []
    if not rows:
        return []
    return [
        {
            "start": round(paragraph.start),
            "clock": say_clock(paragraph.start),
            "speaker": paragraph.speaker,
            "text": paragraph.text,
        }
        for paragraph in gather(read_cues(rows[0].vtt))
    ]


def length_fact(recording: Recording | None) -> list[dict[str, str]]:
    if recording is None or not recording.duration:
        return []
    return [{"term": _("Length"), "value": say_length(recording.duration)}]
