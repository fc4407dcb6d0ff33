"""The rows of a backup into an empty database, whatever engine they come from."""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from wagtail.search.backends import get_search_backend
from wagtail.search.index import get_indexed_models

from .archive.files import Progress, sync_folder
from .archive.manifest import TABLES, Manifest
from .archive.tables import Schema, Table, find_newer, last_of, read_schema
from .archive.values import read_value
from .faults import BackupError
from .snapshot import find_sequence, hash_table

CHUNK = 500  # rows in memory at a time
MARK = "zona_restore"  # a table that says: this database is not whole yet
LOCK = 0x5A4F4E42  # PostgreSQL advisory lock number, "ZONB"


def require_fit(manifest: Manifest) -> None:
    """Raise BackupError when the code is older than the backup, or the database is not empty."""
    loader = MigrationLoader(None)
    if newer := find_newer(loader, _applied(manifest)):
        raise BackupError(
            f"Cadangan ini dari Zona yang lebih baru ({newer[0][0]} {newer[0][1]}). Perbarui kode"
            " dahulu (git pull), lalu ulangi."
        )
    if connection.vendor == "postgresql":
        _require_empty_postgres()


def load(folder: Path, manifest: Manifest, progress: Progress) -> None:
    """Build the tables as they were when the backup was made and fill them.

    Afterwards every table has the hash of the manifest, else nothing of it stays and BackupError
    tells which differ.
    """
    _begin_anew()
    executor = MigrationExecutor(connection)
    executor.migrate(last_of(executor.loader, set(_applied(manifest))))
    schema = read_schema(connection)
    tables = schema.tables()
    _require_same_tables(manifest, tables)
    with _unwatched():
        connection.disable_constraint_checking()  # SQLite takes this outside of transactions only
        try:
            with transaction.atomic():
                _clear(schema)
                for table in tables:
                    _fill(folder, table, progress)
                connection.check_constraints()
                _require_same_rows(manifest, tables, progress)
                _set_counters(manifest, tables)
                _put_back_jobs()
        except DatabaseError as error:
            raise BackupError(f"Basis data menolak cadangan ini: {error}") from error
        finally:
            connection.enable_constraint_checking()
    _settle()


def complete() -> None:
    """What follows once all is in its place: later migrations, and the index of the back office."""
    call_command("migrate", interactive=False, verbosity=0)
    _fill_index()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {MARK}")
    _settle()


def _fill_index() -> None:
    """The back office's own index. Not by its command: that stumbles over a field `object_id`."""
    backend = get_search_backend()
    for model in get_indexed_models():
        index = backend.get_index_for_model(model)
        rows = model.get_indexed_objects().order_by("pk").iterator(chunk_size=CHUNK)
        while chunk := list(islice(rows, CHUNK)):
            index.add_items(model, chunk)


def point_to(database: Path | None) -> None:
    """Let the default connection be to a SQLite database at its final place."""
    if database is not None:
        connections.close_all()
        connection.settings_dict["NAME"] = str(database)


def _applied(manifest: Manifest) -> list[tuple[str, str]]:
    return [(app, name) for app, name in manifest.migrations]


@contextlib.contextmanager
def _unwatched() -> Iterator[None]:
    """Without those who watch each write of a running site: none runs."""
    connection.ensure_connection()
    watchers, connection.execute_wrappers = connection.execute_wrappers, []
    try:
        yield
    finally:
        connection.execute_wrappers = watchers


# --- an empty database ---


def _require_empty_postgres() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])  # until this process ends
        if not cursor.fetchone()[0]:
            raise BackupError("Pemulihan lain ke basis data ini sedang berjalan.")
        names = connection.introspection.table_names(cursor)
    if names and MARK not in names:
        raise BackupError(
            "Basis data tujuan tidak kosong. Buat basis data baru, lalu setel DATABASE_URL."
        )


def _begin_anew() -> None:
    """Drop what an interrupted restore left; only what is marked as such."""
    if connection.vendor == "sqlite":
        connection.close()
        place = Path(str(connection.settings_dict["NAME"]))
        for suffix in ("", "-wal", "-shm"):
            place.with_name(place.name + suffix).unlink(missing_ok=True)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return
    _require_empty_postgres()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in sorted(set(names) - {MARK}):
            cursor.execute(f"DROP TABLE IF EXISTS {quote(name)} CASCADE")
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS"
            " (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {MARK} (is_partial boolean)")


def _require_same_tables(manifest: Manifest, tables: list[Table]) -> None:
    here = {table.name: [column.name for column in table.columns] for table in tables}
    there = {name: facts["columns"] for name, facts in manifest.tables.items()}
    if here != there:
        names = sorted(n for n in here.keys() | there.keys() if here.get(n) != there.get(n))
        raise BackupError(f"Tabel dalam cadangan berbeda dari yang dikenal: {', '.join(names)}.")


def _clear(schema: Schema) -> None:
    """Take away the rows that migrations put into new tables (types, root pages, permissions)."""
    with connection.cursor() as cursor:
        for model in schema.models():
            name = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT 1 FROM {name} LIMIT 1")  # noqa: S608 - own names
            if cursor.fetchone():
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608


# --- rows ---


def _fill(folder: Path, table: Table, progress: Progress) -> None:
    """Insert the lines of one table; their columns stand in the order of the model's."""
    place = folder / TABLES / f"{table.name}.jsonl.gz"
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in table.columns)
    marks = ", ".join(["%s"] * len(table.columns))
    insert = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})"  # noqa: S608
    with gzip.open(place, "rt", encoding="utf-8", newline="\n") as lines, connection.cursor() as c:
        while chunk := list(islice(lines, CHUNK)):
            rows = [
                [
                    read_value(column, value, connection)
                    for column, value in zip(table.columns, json.loads(line), strict=True)
                ]
                for line in chunk
            ]
            try:
                c.executemany(insert, rows)
            except (DatabaseError, ValueError) as error:
                raise BackupError(f"Tabel {table.name}: {error}") from error
            progress(table.name, len(chunk))


def _require_same_rows(manifest: Manifest, tables: list[Table], progress: Progress) -> None:
    differing = []
    for table in tables:
        facts = manifest.tables[table.name]
        rows, sha256 = hash_table(connection, table, lambda: progress("memeriksa", 1))
        if (rows, sha256) != (facts["rows"], facts["sha256"]):
            differing.append(f"{table.name} ({rows} dari {facts['rows']} baris)")
    if differing:
        raise BackupError(f"Sesudah dimuat berbeda dari cadangan: {', '.join(differing)}.")


def _set_counters(manifest: Manifest, tables: list[Table]) -> None:
    """Go on numbering after the highest number ever given, not after the highest row."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in tables:
            if table.key.kind != "int":
                continue
            given = manifest.counters.get(table.name, 0)
            if connection.vendor == "sqlite":
                cursor.execute(
                    "UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s",
                    [given, table.name],
                )
                if given and not cursor.rowcount:
                    cursor.execute(
                        "INSERT INTO sqlite_sequence VALUES (%s, %s)", [table.name, given]
                    )
            elif sequence := find_sequence(connection, table):
                key, name = quote(table.key.name), quote(table.name)
                cursor.execute(f"SELECT max({key}) FROM {name}")  # noqa: S608
                last = max(cursor.fetchone()[0] or 0, given)
                if last > 0:
                    cursor.execute("SELECT setval(%s, %s)", [sequence, last])


def _put_back_jobs() -> None:
    """A job that ran when the snapshot was taken waits again; its worker is not here."""
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.filter(status="RUNNING").update(status="READY", started_at=None)


def _settle() -> None:
    """Have all of a SQLite database in its one file, on the disk."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        sync_folder(Path(str(connection.settings_dict["NAME"])).parent)
