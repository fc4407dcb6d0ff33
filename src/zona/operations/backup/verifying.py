"""Whether a backup still is what its manifest says, down to each byte."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from .archive.files import BLOCK, Progress, hash_file, is_whole, read_entries
from .archive.manifest import DUMP, FILES, TABLES, Manifest, read_manifest

SHOWN = 20  # faults in one message


def find_faults(folder: Path, progress: Progress) -> tuple[Manifest, list[str]]:
    """The manifest, and the paths below the backup of what is missing or changed.

    Raises BackupError when the manifest itself cannot be read.
    """
    manifest = read_manifest(folder)
    return manifest, [str(place.relative_to(folder)) for place in _look(folder, manifest, progress)]


def show_faults(folder: Path, faults: list[str]) -> str:
    """The first of them, one a line."""
    lines = [f"  {path}: {'berubah' if (folder / path).exists() else 'hilang'}" for path in faults]
    more = [f"  dan {len(faults) - SHOWN} lagi"] if len(faults) > SHOWN else []
    return "\n".join(lines[:SHOWN] + more)


def _look(folder: Path, manifest: Manifest, progress: Progress) -> Iterator[Path]:
    for name, place in (
        (manifest.files["sha256"], folder / FILES),
        (manifest.keys["sha256"], folder / manifest.keys["file"]),
        (manifest.dump.get("sha256", ""), folder / DUMP / manifest.dump.get("file", "")),
    ):
        if name and not _has_hash(place, name):
            yield place
    for name, facts in manifest.tables.items():
        place = folder / TABLES / f"{name}.jsonl.gz"
        if hash_lines(place) != facts["sha256"]:
            yield place
        progress(name, facts["rows"])
    for entry in read_entries(folder / FILES):
        place = folder / "files" / entry.path
        if not is_whole(place, entry):
            yield place
        progress("berkas", entry.size)


def _has_hash(place: Path, sha256: str) -> bool:
    return place.is_file() and hash_file(place)[1] == sha256


def hash_lines(place: Path) -> str | None:
    """The SHA-256 of a table's lines; None when they cannot be read."""
    state = hashlib.sha256()
    try:
        with gzip.open(place) as file:
            while block := file.read(BLOCK):
                state.update(block)
    except (OSError, EOFError, zlib.error):
        return None
    return state.hexdigest()
