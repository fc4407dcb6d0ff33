"""Recordings for tests: ready as they are, nothing is encoded."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from zona.backstage.media.models import Recording, Transcript
from zona.offices.models import Office

VTT = """WEBVTT

00:00.000 --> 00:04.000
<v Ani>Selamat datang di siniar kami.

00:04.000 --> 00:09.000
<v Budi>Hari ini tentang coktas.
"""


def make_recording(office: Office, kind: str = "audio", **fields: Any) -> Recording:
    """A ready recording with a transcript; `state="waiting"` gives one without a file."""
    ready = fields.get("state", "ready") == "ready"
    values: dict[str, Any] = {
        "office": office,
        "kind": kind,
        "title": "Rekaman uji",
        "consent": "public",
        "state": "ready",
        "content_type": "audio/mpeg" if kind == "audio" else "video/mp4",
    }
    if ready:
        values |= {"file_size": 5, "duration": 125.0, "waveform": [10, 90, 40], "progress": 100}
    recording = Recording(**(values | fields))
    if ready:
        recording.file.save(f"uji/{recording.uuid}", ContentFile(b"suara"), save=False)
    recording.save()
    if ready:
        Transcript.objects.create(recording=recording, language="id", vtt=VTT)
    return recording
