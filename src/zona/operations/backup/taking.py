"""Make a backup while people go on writing.

Order, so that nothing is lost: every file gets a second name; the snapshot of the rows begins;
files that came meanwhile get theirs. A row of the snapshot that names a file nobody has by then was
deleted with its file in between: the rows are read once more.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import fcntl
import gzip
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection as live
from django.db.backends.base.base import BaseDatabaseWrapper

from zona.config.environment import VARIABLES

from .archive import engines
from .archive.files import (
    LEFT_OUT,
    Entry,
    Progress,
    copy_file,
    hash_file,
    hold,
    is_whole,
    link_or_copy,
    list_files,
    read_entries,
    sync_folder,
)
from .archive.keys import OLD_KEYS, write_keys
from .archive.manifest import DUMP, FILES, MANIFEST, TABLES, Manifest, read_manifest
from .archive.tables import DERIVED, Schema, Table, find_unnamed, read_schema
from .faults import BackupError
from .snapshot import list_lines, open_snapshot, read_counters

HELD, LOCK = "backup.held", "backup.lock"
LIST_DRAFT = "files.draft.jsonl"  # what is copied already, for a run that goes on after a kill
SPARE = 200 * 2**20  # bytes that stay free
TRIES = 3


def quiet(stage: str, count: int) -> None:
    """Progress that nobody watches."""


def take(
    target: Path,
    *,
    passphrase: str | None,
    progress: Progress = quiet,
    before: Path | None = None,
) -> Manifest:
    """Make the backup `target`, a folder that is not there yet.

    `before`: an earlier backup on the same disk; files that did not change since are shared with it
    by hard links. Raises BackupError. Killed at any point it leaves no `target`; the next run goes
    on with the files that were copied.
    """
    data = Path(settings.ENV.data)
    require_place(target, data)
    staging = staging_of(target)
    with _alone(data), _full_disk_told(target):
        held = data / HELD
        shutil.rmtree(held, ignore_errors=True)
        try:
            source = held if hold(data, held) else data
            manifest = _take_rows(data, source, staging, progress)
            _take_files(data, source, staging, manifest, before, progress)
        finally:
            shutil.rmtree(held, ignore_errors=True)
        name = write_keys(staging, collect_keys(data), passphrase)
        manifest.keys = {"file": name, "sha256": hash_file(staging / name)[1]}
        manifest.finished_at = dt.datetime.now(dt.UTC).isoformat()
        manifest.write(staging)
        with contextlib.suppress(OSError):
            target.rmdir()  # an empty folder was meant
        staging.rename(target)
        sync_folder(target.parent)
    return manifest


def staging_of(target: Path) -> Path:
    """Where a backup grows until it is whole."""
    return target.with_name(f".{target.name}.partial")


def require_place(target: Path, data: Path) -> None:
    """Raise BackupError unless `target` can become a backup of `data`."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupError(f"{target} sudah ada dan tidak kosong. Pilih folder baru.")
    if target.is_relative_to(data):
        raise BackupError(
            f"{target} berada di dalam folder data. Pilih tempat lain, sebaiknya di disk lain."
        )
    try:
        staging_of(target).mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(f"{target.parent} tidak dapat ditulis: {error.strerror}.") from error


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    with (data / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError("Pencadangan lain sedang berjalan. Tunggu sampai selesai.") from error
        yield


@contextlib.contextmanager
def _full_disk_told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise BackupError(
            f"Disk untuk {target} penuh di tengah pencadangan. Kosongkan ruang lalu ulangi perintah"
            " yang sama; yang sudah tersalin tidak disalin lagi."
        ) from error


def collect_keys(data: Path) -> dict[str, str]:
    """The files of keys by name; the secret key in force, also where the environment gives it."""
    found = {path.name: path.read_text() for path in sorted(data.glob("*.key"))}
    if older := settings.SECRET_KEY_FALLBACKS:
        found[OLD_KEYS] = " ".join(map(str, older))
    return found | {"secret.key": str(settings.SECRET_KEY)}


def list_settings() -> dict[str, str | None]:
    """The variables that are set; None in place of a secret value."""
    return {
        variable.name: None if variable.secret else os.environ[variable.name]
        for variable in VARIABLES
        if os.environ.get(variable.name, "").strip()
    }


# --- rows ---


def _take_rows(data: Path, source: Path, staging: Path, progress: Progress) -> Manifest:
    """Write tables and dump from one snapshot whose files are all at hand, if they ever were."""
    for attempt in range(TRIES):
        with open_snapshot() as snapshot:
            if source != data:
                hold(data, source)
            schema = read_schema(live)
            if unnamed := find_unnamed(snapshot, schema):
                raise BackupError(f"Tabel yang tidak dikenal: {', '.join(unnamed)}.")
            manifest = Manifest(
                identity=secrets.token_hex(8),
                made_at=dt.datetime.now(dt.UTC).isoformat(),
                vendor=snapshot.vendor,
                migrations=[list(key) for key in schema.migrations],
                settings=list_settings(),
                derived=dict(DERIVED),
            )
            named = _write_tables(snapshot, schema, staging, manifest, progress)
            manifest.missing = sorted(path for path in named if not (source / path).exists())
            if not manifest.missing or attempt == TRIES - 1:
                manifest.dump = engines.write_dump(snapshot, staging / DUMP)
                return manifest
    raise AssertionError


def _write_tables(
    snapshot: BaseDatabaseWrapper,
    schema: Schema,
    staging: Path,
    manifest: Manifest,
    progress: Progress,
) -> set[str]:
    """Write all tables; the paths of the files that their rows name."""
    shutil.rmtree(staging / TABLES, ignore_errors=True)
    (staging / TABLES).mkdir(mode=0o700)
    named: set[str] = set()
    tables = schema.tables()
    for table in tables:
        rows, sha256 = write_table(snapshot, table, staging / TABLES, named, progress)
        columns = [column.name for column in table.columns]
        manifest.tables[table.name] = {
            "label": table.label, "columns": columns, "rows": rows, "sha256": sha256,
        }  # fmt: skip
    manifest.counters = read_counters(snapshot, tables)
    return named


def write_table(
    snapshot: BaseDatabaseWrapper, table: Table, folder: Path, named: set[str], progress: Progress
) -> tuple[int, str]:
    """Write one table's lines; their number and SHA-256. `named` learns the files they name."""
    state, count = hashlib.sha256(), 0
    files = [(i, column.root) for i, column in enumerate(table.columns) if column.root]
    path = folder / f"{table.name}.jsonl.gz"
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 5, raw, mtime=0) as file:
        for line, values in list_lines(snapshot, table):
            encoded = line.encode()
            file.write(encoded)
            state.update(encoded)
            count += 1
            named.update(f"{root}/{values[i]}" for i, root in files if values[i])
            progress(table.name, 1)
    os.chmod(path, 0o600)
    return count, state.hexdigest()


# --- files ---


def _take_files(
    data: Path,
    source: Path,
    staging: Path,
    manifest: Manifest,
    before: Path | None,
    progress: Progress,
) -> None:
    """Copy every file, or share it with the earlier backup, and write the list of all."""
    place, draft = staging / "files", staging / LIST_DRAFT
    place.mkdir(mode=0o700, exist_ok=True)
    done = {entry.path: entry for entry in read_entries(draft)}
    shared = _entries_of(before, staging)
    left_out = (*LEFT_OUT, *_own_database(data))
    _require_space(source, left_out, staging, {**shared, **done})
    count = size = 0
    with draft.open("a", encoding="utf-8") as noted, (staging / FILES).open("w") as listed:
        for path in list_files(source, left_out):
            try:
                entry = _take_file(source / path, place / path, path, done, shared, before)
            except FileNotFoundError:
                continue  # deleted, and no row of the snapshot names it: that was looked at
            noted.write(entry.line())
            noted.flush()
            listed.write(entry.line())
            count, size = count + 1, size + entry.size
            progress("berkas", entry.size)
    _drop_surplus(place, staging / FILES)
    draft.unlink()
    os.chmod(staging / FILES, 0o600)
    manifest.files = {"count": count, "bytes": size, "sha256": hash_file(staging / FILES)[1]}


def _take_file(
    source: Path,
    target: Path,
    path: str,
    done: dict[str, Entry],
    shared: dict[str, Entry],
    before: Path | None,
) -> Entry:
    facts = source.stat()
    state = (facts.st_size, facts.st_mtime_ns)
    mine, theirs = done.get(path), shared.get(path)
    if mine and (mine.size, mine.changed) == state and is_whole(target, mine):
        return mine
    target.unlink(missing_ok=True)
    if before and theirs and (theirs.size, theirs.changed) == state:
        old = before / "files" / path
        if is_whole(old, theirs):  # one that rotted there would rot in every later backup
            link_or_copy(old, target)
            return theirs
    return copy_file(source, target, path)


def _entries_of(before: Path | None, staging: Path) -> dict[str, Entry]:
    """What an earlier backup on the same disk can share."""
    if before is None:
        return {}
    try:
        read_manifest(before)
    except BackupError:
        return {}
    if before.stat().st_dev != staging.stat().st_dev:
        return {}
    return {entry.path: entry for entry in read_entries(before / FILES)}


def _own_database(data: Path) -> tuple[str, ...]:
    """The database's files, where DATABASE_URL puts them into the data folder by another name."""
    if live.vendor != "sqlite":
        return ()
    place = Path(str(live.settings_dict["NAME"]))
    return (f"{place.relative_to(data)}*",) if place.is_relative_to(data) else ()


def _require_space(
    source: Path, left_out: tuple[str, ...], staging: Path, have: dict[str, Entry]
) -> None:
    """Raise BackupError when the disk of the backup cannot hold what must still be copied."""
    need = 2 * engines.size_of(live) + SPARE
    for path in list_files(source, left_out):
        with contextlib.suppress(FileNotFoundError):
            facts = (source / path).stat()
            known = have.get(path)
            if not known or (known.size, known.changed) != (facts.st_size, facts.st_mtime_ns):
                need += facts.st_size
    free = shutil.disk_usage(staging).free
    if free < need:
        raise BackupError(
            f"Ruang disk untuk cadangan kurang: perlu {_say_size(need)}, bebas {_say_size(free)}."
            " Hapus cadangan lama atau pilih disk lain."
        )


def _say_size(size: int) -> str:
    return f"{size / 2**20:,.0f} MB".replace(",", ".")


def _drop_surplus(place: Path, listed: Path) -> None:
    """Take away what an interrupted run copied and nobody has any more."""
    wanted = {entry.path for entry in read_entries(listed)}
    for path in list(list_files(place, ())):
        if path not in wanted:
            (place / path).unlink()


def list_daily(folder: Path) -> dict[dt.datetime, Path]:
    """The whole scheduled backups of a folder, by the moment in their names (naive)."""
    from .rules import read_name

    found = sorted(folder.iterdir()) if folder.is_dir() else []
    named = {moment: path for path in found if (moment := read_name(path.name))}
    return {moment: path for moment, path in named.items() if (path / MANIFEST).is_file()}


def prune(folder: Path, choose: Callable[[list[dt.datetime]], set[dt.datetime]]) -> list[Path]:
    """Delete the scheduled backups of `folder` that `choose` does not keep; their folders.

    A folder first loses its manifest: one that was half deleted is no backup any more.
    """
    from .rules import read_name

    named = {moment: p for p in sorted(folder.iterdir()) if (moment := read_name(p.name))}
    kept = choose(list(list_daily(folder)))
    gone = [path for moment, path in named.items() if moment not in kept]
    for path in gone:
        (path / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(path, ignore_errors=True)
    return gone
