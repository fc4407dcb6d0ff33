"""Where recordings are kept: below the private folder, which no web server hands out as it is."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

ORIGINALS = "recordings/originals"
RESULTS = "recordings/results"
PARTS = "recordings/parts"  # of uploads
WORK = "recordings/work"  # of the engine; emptied after each job


def private_storage() -> FileSystemStorage:
    """The storage of recordings. On disk: the decoder and byte ranges need a real file."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT, base_url=None)


def open_folder(name: str) -> Path:
    """One of the folders above as a path, made if need be."""
    folder = Path(settings.PRIVATE_ROOT) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
