"""Take a backup back into an empty installation, on either database.

Everything is verified first. Files grow in `restore.partial` of the data folder, a SQLite database
beside its place, a PostgreSQL one under a mark of its own. What was interrupted is taken up again
by the same command, and nothing is served before it is whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from zona.config.environment import Environment

from .. import supervisor
from ..commands import start_django
from .archive.files import (
    LEFT_OUT,
    Entry,
    Progress,
    copy_file,
    is_left_out,
    is_whole,
    read_entries,
    sync_folder,
    write_whole,
)
from .archive.keys import OLD_KEYS, read_keys
from .archive.manifest import DUMP, FILES, Manifest
from .faults import BackupError
from .verifying import find_faults, show_faults

PARTIAL, STATE, TREE = "restore.partial", "state.json", "tree"
PLACED = "placed"  # the last phase: all stands where it belongs
SPARE = 200 * 2**20  # bytes that stay free


def restore(
    folder: Path,
    read: Environment,
    *,
    passphrase: Callable[[], str | None],
    say: Callable[[str], None],
    progress: Progress,
    skip_damaged: bool = False,
) -> int:
    """Restore `folder` into the installation that `read` describes; how many things differ.

    `skip_damaged`: go on without the files that are damaged; tables and keys must always be whole.
    Must be called before Django is loaded: the backup's secret key becomes this process's.
    """
    data = read.data
    with supervisor.hold_data_folder(data):
        say("Memeriksa cadangan …")
        manifest, faults = find_faults(folder, progress)
        if faults:
            _require_enough(folder, faults, skip_damaged=skip_damaged)
        keys = read_keys(folder, passphrase())
        partial = data / PARTIAL
        _require_empty(data, partial, manifest)
        _require_space(data, manifest)
        _use_key(read, keys)
        database = _point_to_draft(read)
        start_django()
        from . import loading

        phase = _read_phase(partial)
        if phase != PLACED:
            loading.require_fit(manifest)
            (partial / TREE).mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_phase(partial, manifest, "files")
            say("Menyalin berkas …")
            _copy_files(folder, data, partial / TREE, set(faults), progress)
            say("Menyusun basis data …")
            loading.load(folder, manifest, progress)
            _place(data, partial, keys, database)
            _write_phase(partial, manifest, PLACED)
        loading.point_to(database)
        say("Memeriksa hasil …")
        differing = compare_files(folder, data)
        loading.complete()
        shutil.rmtree(partial)
        if OLD_KEYS in keys and not read.old_secret_keys:
            say(
                f"Setel ZONA_OLD_SECRET_KEYS ke isi berkas {data / OLD_KEYS}, lalu hapus berkasnya."
            )
    return report(manifest, differing, say)


def report(manifest: Manifest, differing: list[str], say: Callable[[str], None]) -> int:
    """Say what differs between backup and installation; how much that is."""
    rows = sum(table["rows"] for table in manifest.tables.values())
    for line in differing:
        say(f"berbeda: {line}")
    if not differing:
        say(
            f"Tidak ada yang berbeda: {len(manifest.tables)} tabel, {rows} baris,"
            f" {manifest.files['count']} berkas."
        )
    for path in manifest.missing:
        say(f"sudah hilang sebelum dicadangkan: {path}")
    return len(differing)


def compare_files(folder: Path, data: Path) -> list[str]:
    """The files of a backup that are not the same in the data folder."""
    return [
        entry.path
        for entry in read_entries(folder / FILES)
        if not is_whole(data / entry.path, entry)
    ]


# --- what must hold before ---


def _require_enough(folder: Path, faults: list[str], *, skip_damaged: bool) -> None:
    """Raise BackupError unless what is damaged may be left out, and shall be."""
    can_skip = all(path.startswith(("files/", f"{DUMP}/")) for path in faults)
    if can_skip and skip_damaged:
        return
    way = "Pakai cadangan lain, misalnya yang lebih lama."
    if can_skip:
        way += " Bila tidak ada: dengan --skip-damaged, berkas yang rusak itu ditinggalkan."
    raise BackupError(
        f"Cadangan tidak utuh; tidak ada yang dipulihkan.\n{show_faults(folder, faults)}\n{way}"
    )


def _require_empty(data: Path, partial: Path, manifest: Manifest) -> None:
    if (partial / STATE).exists():
        found = json.loads((partial / STATE).read_text())["identity"]
        if found != manifest.identity:
            raise BackupError(
                f"Di {data} ada pemulihan lain yang belum selesai. Ulangi pemulihan itu, atau"
                " kosongkan folder data."
            )
        return
    other = [p.name for p in data.iterdir() if p.name not in {supervisor.LOCK_FILE, PARTIAL}]
    if other:
        raise BackupError(
            f"Folder data {data} tidak kosong ({', '.join(sorted(other)[:3])} …). Pemulihan hanya"
            " ke folder kosong: setel ZONA_DATA ke folder baru."
        )


def _require_space(data: Path, manifest: Manifest) -> None:
    free = shutil.disk_usage(data).free
    need = manifest.files["bytes"] + SPARE
    if free < need and not (data / PARTIAL).exists():
        raise BackupError(
            f"Ruang disk kurang: perlu {need // 2**20} MB, bebas {free // 2**20} MB di {data}."
        )


def _use_key(read: Environment, keys: dict[str, str]) -> None:
    """Let Django start with the backup's key; loading the settings would make a new one."""
    if read.secret_key and read.secret_key != keys["secret.key"]:
        raise BackupError(
            "ZONA_SECRET_KEY bukan kunci cadangan ini. Hapus variabel itu (kuncinya ada di dalam"
            " cadangan), atau setel ke kunci yang lama."
        )
    os.environ["ZONA_SECRET_KEY"] = keys["secret.key"]
    if older := keys.get(OLD_KEYS):
        os.environ.setdefault("ZONA_OLD_SECRET_KEYS", older)


def _point_to_draft(read: Environment) -> Path | None:
    """The place of a SQLite database, which grows beside it; None for PostgreSQL."""
    parts = urlsplit(read.database_url)
    if parts.scheme != "sqlite":
        return None
    place = Path(os.path.abspath(unquote(parts.path[1:])))  # after the slash behind the host
    if place.exists() and place.stat().st_size and not (read.data / PARTIAL / STATE).exists():
        raise BackupError(f"Basis data {place} sudah ada. Pilih yang lain dengan DATABASE_URL.")
    os.environ["DATABASE_URL"] = f"sqlite:///{quote(str(draft_of(place)))}"
    return place


def draft_of(place: Path) -> Path:
    """Where a SQLite database grows."""
    return place.with_name(f"{place.name}.restore")


# --- the steps ---


def _read_phase(partial: Path) -> str:
    """How far an interrupted restore came."""
    place = partial / STATE
    return str(json.loads(place.read_text())["phase"]) if place.exists() else ""


def _write_phase(partial: Path, manifest: Manifest, phase: str) -> None:
    write_whole(partial / STATE, json.dumps({"identity": manifest.identity, "phase": phase}))


def _copy_files(
    folder: Path, data: Path, tree: Path, damaged: set[str], progress: Progress
) -> None:
    """Copy what is not there yet; a copy whose hash is another one stops the restore."""
    for entry in read_entries(folder / FILES):
        _require_inside(entry)
        if f"files/{entry.path}" in damaged:
            continue
        target = tree / entry.path
        # A run that was killed while it placed has moved some of them already.
        if not is_whole(target, entry) and not is_whole(data / entry.path, entry):
            copied = copy_file(folder / "files" / entry.path, target, entry.path)
            if (copied.size, copied.sha256) != (entry.size, entry.sha256):
                raise BackupError(f"{entry.path} berubah ketika disalin.")
            os.chmod(target, 0o640)
        progress("berkas", entry.size)


def _require_inside(entry: Entry) -> None:
    """Nothing of a backup may land outside the data folder, or where Zona keeps its own."""
    parts = Path(entry.path).parts
    if Path(entry.path).is_absolute() or ".." in parts or is_left_out(parts[0], LEFT_OUT):
        raise BackupError(f"Cadangan memuat jalur yang tidak wajar: {entry.path}")


def _place(data: Path, partial: Path, keys: dict[str, str], database: Path | None) -> None:
    """Move everything to where it belongs; what was moved before a kill is not moved again."""
    for name, text in keys.items():
        if Path(name).name == name and not (data / name).exists():
            write_whole(data / name, text)
    for source in sorted((partial / TREE).iterdir()):
        if source.name == "private":
            os.chmod(source, 0o700)
        os.replace(source, data / source.name)
    sync_folder(data)
    if database is not None and draft_of(database).exists():
        os.replace(draft_of(database), database)
