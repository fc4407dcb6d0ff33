"""What `zona check` says about backups, and about files that went missing or changed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connection
from django.utils import timezone

from zona.config.environment import Environment

from .archive.files import hash_file, read_entries
from .archive.manifest import FILES, read_manifest
from .archive.tables import read_schema
from .faults import BackupError
from .state import State, read_state

UNCHANGING = ("media/", "private/recordings/originals/", "private/agenda/")
SHOWN = 3  # names in one sentence
MAKE = "Jalankan: zona backup TEMPAT, atau setel ZONA_BACKUP_DIR."


@register("installation", deploy=True)
def check_backup(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The age of the last backup, whether it is there, and the files that rows name."""
    env: Environment = settings.ENV
    data, state = Path(env.data), read_state(Path(env.data))
    return [*_judge_age(state, env), *_judge_place(state, data), *_judge_files(data)]


def _judge_age(state: State, env: Environment) -> Iterator[CheckMessage]:
    if state.has_failed:
        yield Error(f"cadangan terakhir gagal: {state.failure}", hint=MAKE, id="backup.E001")
    if state.succeeded is None:
        yield Warning("belum pernah dicadangkan", hint=MAKE, id="backup.W001")
    elif state.is_too_old(timezone.now(), is_daily=env.backup_dir is not None):
        day = timezone.localtime(state.succeeded)
        said = f"cadangan terakhir {day:%Y-%m-%d %H.%M}"
        yield Warning(f"{said}, terlalu lama", hint=MAKE, id="backup.W002")


def _judge_place(state: State, data: Path) -> Iterator[CheckMessage]:
    """The last backup is where it was made; what it holds is as it is here."""
    if not state.place:
        return
    place = Path(state.place)
    try:
        read_manifest(place)
    except BackupError as error:
        yield Warning(f"cadangan terakhir tidak ada: {error}", hint=MAKE, id="backup.W003")
        return
    gone, changed = [], []
    for entry in read_entries(place / FILES):
        try:
            facts = (place / "files" / entry.path).stat()
        except OSError:
            gone.append(entry.path)
            continue
        if facts.st_size != entry.size:
            gone.append(entry.path)
        elif entry.path.startswith(UNCHANGING) and _has_changed(
            data / entry.path, entry.changed, entry.sha256
        ):
            changed.append(entry.path)
    if gone:
        yield Error(
            f"{len(gone)} berkas cadangan terakhir hilang atau berubah: {_name(gone)}",
            hint=f"Jalankan: zona backup --check {place}",
            id="backup.E002",
        )
    if changed:
        yield Warning(
            f"{len(changed)} berkas berubah sejak cadangan terakhir: {_name(changed)}",
            hint=f"Bila tidak disengaja, ambil dari {place / 'files'}",
            id="backup.W004",
        )


def _has_changed(path: Path, changed: int, sha256: str) -> bool:
    """Whether a file that never changes did; its content is read only when its time differs."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mtime_ns != changed and hash_file(path)[1] != sha256
    return False  # deleted: _judge_files knows whether it should be there


def _judge_files(data: Path) -> Iterator[CheckMessage]:
    missing = [path for path in list_named() if not (data / path).is_file()]
    if missing:
        yield Error(
            f"{len(missing)} berkas hilang dari folder data: {_name(missing)}",
            hint="Ambil dari cadangan: di dalamnya folder files berisi jalur yang sama.",
            id="backup.E003",
        )


def list_named() -> Iterator[str]:
    """The paths below the data folder of all files that rows name."""
    quote = connection.ops.quote_name
    for table in read_schema(connection).tables():
        for column in table.columns:
            if column.root is None:
                continue
            name = quote(column.name)
            query = f"SELECT {name} FROM {quote(table.name)} WHERE {name} <> ''"  # noqa: S608
            with connection.chunked_cursor() as cursor:
                cursor.execute(query)
                while rows := cursor.fetchmany(500):
                    yield from (f"{column.root}/{value}" for (value,) in rows)


def _name(paths: list[str]) -> str:
    more = " …" if len(paths) > SHOWN else ""
    return ", ".join(paths[:SHOWN]) + more
