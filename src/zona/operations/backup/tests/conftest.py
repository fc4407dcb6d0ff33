"""A data folder of its own for each test, with the files that rows name."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    """The data folder of the installation under test."""
    folder = tmp_path / "data"
    settings.ENV = dataclasses.replace(settings.ENV, data=folder)
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = folder / "media", folder / "private"
    for name in ("media/documents", "private/agenda", "cache"):
        (folder / name).mkdir(parents=True)
    (folder / "media/documents/satu.pdf").write_bytes(b"satu" * 1000)
    (folder / "private/agenda/dua.txt").write_bytes(b"dua")
    (folder / "cache/tiga").write_bytes(b"tiga")
    return folder
