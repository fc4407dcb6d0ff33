"""The recordings of the sample content: ready as they lie there, so nothing is encoded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files import File
from django.utils import timezone

from zona.backstage.media.files import RESULTS
from zona.backstage.media.models import Recording, Transcript
from zona.offices.models import Office

TYPES = {".mp3": ("audio", "audio/mpeg"), ".mp4": ("video", "video/mp4")}


def store_recording(office: Office, folder: Path, row: dict[str, Any]) -> Recording:
    """The recording that a row of the content names by `media`, with its captions.

    `seconds` and `waveform` (peaks from 0 to 100) were measured when the sample was made.
    """
    source = folder / row["media"]
    kind, content_type = TYPES[source.suffix]
    recording = Recording(
        office=office,
        kind=kind,
        title=row["title"],
        consent="nobody",  # a computer speaks, pictures are drawn
        rights="Tim Zona (contoh)",
        original_name=source.name,
        content_type=content_type,
        file_size=source.stat().st_size,
        duration=row["seconds"],
        waveform=row.get("waveform", []),
        width=row.get("width"),
        height=row.get("height"),
        state="ready",
        progress=100,
        finished_at=timezone.now(),
    )
    with source.open("rb") as file:
        recording.file.save(f"{RESULTS}/{recording.uuid}{source.suffix}", File(file), save=False)
    recording.full_clean(exclude=["original", "original_name", "poster", "uploaded_by"])
    recording.save()
    if row.get("captions"):
        text = (folder / row["captions"]).read_text("utf-8")
        Transcript.objects.create(recording=recording, language="id", vtt=text)
    return recording
