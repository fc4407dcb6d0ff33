"""An office with its people, and a recording of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from zona.backstage.media.models import Consent, Kind, Recording, State
from zona.ground.files.models import SentFile
from zona.offices.models import Role
from zona.testing import make_office, make_person

ABOUT = {"title": "Bincang Pemilu", "consent": Consent.GIVEN, "quality": "music"}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files of a test go with it."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    fields = [Recording._meta.get_field(name) for name in ("original", "file", "poster")]
    storages: list[Any] = [
        field.storage  # type: ignore[union-attr]
        for field in [*fields, SentFile._meta.get_field("file")]
    ]
    for storage in storages:
        monkeypatch.setattr(storage, "_location", str(tmp_path / "private"))
    _forget_places(storages)
    yield
    _forget_places(storages)  # else the next test anywhere looks in this one's folder


def _forget_places(storages: list[Any]) -> None:
    for storage in storages:
        for kept in ("base_location", "location"):
            storage.__dict__.pop(kept, None)


@pytest.fixture
def office(db: None) -> Any:
    return make_office("33.08", is_open=True)


@pytest.fixture
def reporter(office: Any) -> Any:
    return make_person("siti@kpu.test", Role.REPORTER, office=office)


@pytest.fixture
def stranger(db: None) -> Any:
    return make_person("budi@kpu.test", Role.EDITOR, office=make_office("33.74", is_open=True))


@pytest.fixture
def recording(office: Any, reporter: Any) -> Recording:
    """One that waits for its preparation; its original is not a recording."""
    made = Recording(office=office, kind=Kind.AUDIO, uploaded_by=reporter, **ABOUT)
    made.original.save("recordings/originals/uji", ContentFile(b"ID3 suara"), save=False)
    made.state, made.original_size = State.WAITING, 9
    made.save()
    return made


def make_ready(recording: Recording, data: bytes = b"0123456789") -> Recording:
    """As if the engine had been there."""
    recording.file.save(f"recordings/results/{uuid.uuid4()}.mp3", ContentFile(data), save=False)
    recording.state, recording.fault, recording.file_size = State.READY, "", len(data)
    recording.content_type, recording.duration = "audio/mpeg", 12.5
    recording.waveform, recording.finished_at = [10, 100], timezone.now()
    recording.save()
    return recording
