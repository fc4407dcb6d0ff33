"""The manifest of a backup: written last, so a folder without one is no backup."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..faults import BackupError
from .files import hash_file, write_whole

MANIFEST, FILES, TABLES, DUMP = "manifest.json", "files.jsonl", "tables", "dump"
FORMAT, VERSION = "zona-backup", 1


@dataclass
class Manifest:
    """What a backup holds.

    tables: name -> {label, columns, rows, sha256 of the lines}; files: count, bytes and the
    SHA-256 of their list; counters: last numbers given out; settings: the variables that were set,
    without the values of secret ones; missing: files that rows name and nobody has.
    """

    identity: str
    made_at: str
    vendor: str
    migrations: list[list[str]]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    dump: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str | None] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    finished_at: str = ""
    format: str = FORMAT
    version: int = VERSION

    def write(self, folder: Path) -> None:
        """The file, and beside it its own hash: a manifest that was changed is noticed."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        draft = folder / f"{MANIFEST}.draft"
        write_whole(draft, text)
        write_whole(folder / f"{MANIFEST}.sha256", hash_file(draft)[1])
        draft.replace(folder / MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """Raises BackupError for a folder that is no whole backup, or one of a later form."""
    path = folder / MANIFEST
    if not path.is_file():
        raise BackupError(f"{folder} bukan cadangan yang utuh: {MANIFEST} tidak ada.")
    try:
        noted = (folder / f"{MANIFEST}.sha256").read_text().strip()
        content = json.loads(path.read_text())
        if content["format"] != FORMAT or hash_file(path)[1] != noted:
            raise ValueError("hash")
        if content["version"] > VERSION:
            raise BackupError(f"{folder} dibuat oleh Zona yang lebih baru. Pakai kode yang baru.")
        return Manifest(**content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{path} rusak atau diubah.") from error
