"""The engine's own dump of the same snapshot, beside the portable form: for whoever knows it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from .files import hash_file

SQLITE_FILE, POSTGRES_FILE = "zona.sqlite3", "zona.pgdump"
PAGES = 2000  # of SQLite, a step


def write_dump(connection: BaseDatabaseWrapper, folder: Path) -> dict[str, str]:
    """Write the dump; {file, sha256}, or {reason} (Indonesian) when there is none."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if connection.vendor == "sqlite":
        return _copy_sqlite(connection, folder / SQLITE_FILE)
    return _dump_postgres(connection, folder / POSTGRES_FILE)


def _copy_sqlite(connection: BaseDatabaseWrapper, place: Path) -> dict[str, str]:
    place.unlink(missing_ok=True)
    copy = sqlite3.connect(place)
    try:
        connection.connection.backup(copy, pages=PAGES)
    finally:
        copy.close()
    return _describe(place)


def _dump_postgres(connection: BaseDatabaseWrapper, place: Path) -> dict[str, str]:
    """pg_dump in its own compressed form, of the very snapshot that our rows come from."""
    program = shutil.which("pg_dump")
    if program is None:
        return {"reason": "pg_dump tidak terpasang"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    given = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    own = {name: str(given[key]) for name, key in names.items() if given[key]}
    own |= {"PGDATABASE": given["NAME"]}
    if mode := given["OPTIONS"].get("sslmode"):
        own["PGSSLMODE"] = mode
    done = subprocess.run(  # noqa: S603 - the password goes by the environment
        [program, "--format=custom", f"--file={place}", f"--snapshot={snapshot}"],
        env=os.environ | own,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        place.unlink(missing_ok=True)
        first = (done.stderr.strip() or "gagal").splitlines()[0]
        return {"reason": f"pg_dump: {first}"}
    return _describe(place)


def _describe(place: Path) -> dict[str, str]:
    os.chmod(place, 0o600)
    return {"file": place.name, "sha256": hash_file(place)[1]}


def size_of(connection: BaseDatabaseWrapper) -> int:
    """Bytes of the database on its disk."""
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
