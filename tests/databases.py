"""One migrated database a run, and a fresh copy of it for every process and after every commit.

Migrating takes 10-20 s; copying takes milliseconds. So the migrations run once, for real, into a
template that is kept until something changes that it is made of. A test that commits (the
`transactional_db` fixture, a live server) is not flushed afterwards but gets a new copy: every
test meets the same rows (root page, locale, permissions) and the same triggers.
"""

import contextlib
import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from functools import wraps
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from zona.config.environment import REPOSITORY

# What the rows and tables of an empty installation come from.
SOURCES = ("migrations/*.py", "models/*.py", "models.py", "apps.py", "guards.py", "fulltext.py")


def fingerprint() -> str:
    """A short name for the state of everything that the template is made of."""
    state = hashlib.sha256((REPOSITORY / "requirements" / "base.txt").read_bytes())
    package = REPOSITORY / "src" / "zona"
    for path in sorted(p for pattern in SOURCES for p in package.glob(f"*/{pattern}")):
        state.update(f"{path.relative_to(package)}\n".encode() + path.read_bytes())
    return state.hexdigest()[:16]


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Only one process at a time is inside."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def point_to(name: str) -> None:
    """Let the default connection, in all threads, be to the database of this name."""
    connections.close_all()
    connection.settings_dict["NAME"] = name


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()


class SqliteCopies:
    """Template and copies are files."""

    def __init__(self, cache: Path, folder: Path) -> None:
        self.cache = cache
        self.template = cache / f"{fingerprint()}.sqlite3"
        self.copy = folder / "zona.sqlite3"

    def prepare(self, *, anew: bool) -> None:
        """Have a template and a copy of it, and use the copy."""
        with alone(self.cache / "lock"):
            if anew or not self.template.exists():
                for old in self.cache.glob("*.sqlite3*"):
                    old.unlink()
                draft = self.cache / "draft.sqlite3"
                point_to(str(draft))
                migrate()
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
                connection.close()
                draft.rename(self.template)
        point_to(str(self.copy))
        self.renew()

    def renew(self) -> None:
        """Forget what was written. A new file: threads that still hold the old one are left out."""
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            self.copy.with_name(self.copy.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.template, self.copy)

    def drop(self) -> None:
        connections.close_all()


class PostgresCopies:
    """Template and copies are databases of the server that DATABASE_URL names."""

    def __init__(self, cache: Path, worker: str) -> None:
        self.cache = cache
        self.own = str(connection.settings_dict["NAME"])
        self.template = f"test_{self.own}_{fingerprint()}"
        self.copy = f"test_{self.own}_{worker}"

    def prepare(self, *, anew: bool) -> None:
        """Have a template and a copy of it, and use the copy."""
        with alone(self.cache / "lock"):
            if anew or not self._exists(self.template):
                draft = f"test_{self.own}_draft"
                self._run(f'DROP DATABASE IF EXISTS "{draft}" WITH (FORCE)')
                self._run(f'DROP DATABASE IF EXISTS "{self.template}" WITH (FORCE)')
                self._run(f'CREATE DATABASE "{draft}"')
                point_to(draft)
                migrate()
                point_to(self.own)
                self._run(f'ALTER DATABASE "{draft}" RENAME TO "{self.template}"')
            self._renew()
        point_to(self.copy)

    def renew(self) -> None:
        """Forget what was written; connections that are still open are cut."""
        connections.close_all()
        self._renew()

    def drop(self) -> None:
        connections.close_all()
        self._run(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')

    def _renew(self) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.template}"')

    def _exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def _run(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


Copies = SqliteCopies | PostgresCopies


def open_copies(cache: Path, folder: Path, worker: str) -> Copies:
    """The copies for the engine in use; `cache` is shared by all processes, `folder` is not."""
    if connection.vendor == "postgresql":
        return PostgresCopies(cache, worker)
    return SqliteCopies(cache, folder)


def renew_instead_of_flushing(copies: Copies) -> None:
    """A test that commits leaves a new copy behind, not empty tables."""

    @wraps(TransactionTestCase._fixture_teardown)  # type: ignore[attr-defined]
    def teardown(self: TransactionTestCase) -> None:
        copies.renew()

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]
