"""What must be done before the web may start: database, catalogues, static files, content."""

import argparse
import hashlib
import io
import os
import sys
import sysconfig
from pathlib import Path

from zona.config.environment import Environment

from .commands import CommandFailed, call, say, start_django

PACKAGE = Path(__file__).resolve().parents[1]
PREPARED = "prepared"  # fingerprint of what the data folder was last prepared for
FIRST_LINK = "first-link"  # kept in the data folder from preparation until the web answers


def run_prepare(options: argparse.Namespace, read: Environment) -> None:
    """The steps before the web may start, and a note for `announce` when it is the first time.

    On a full disk it waits for room: who starts us again and again would only fail as often.
    """
    start_django()
    from zona.config.web.full_disk import keep_working

    keep_working(lambda: prepare_and_note(options, read))


def prepare_and_note(options: argparse.Namespace, read: Environment) -> None:
    """Prepare, and keep the first link for `announce`."""
    link = prepare(options, read)
    if link:
        with open(read.data / FIRST_LINK, "w", opener=open_for_owner) as note:
            note.write(link)


def prepare(options: argparse.Namespace, read: Environment) -> str:
    """Bring database, catalogues, static files and content up to date; nothing when they are.

    Returns what to tell the administrator of a new database, else an empty text.
    """
    require_restored(read)
    os.umask(0o027)
    now = fingerprint(options, read)
    for folder in ("media", "private", "mail", "cache"):
        (read.data / folder).mkdir(mode=0o750, parents=True, exist_ok=True)
    compile_catalogues(PACKAGE)
    start_django()
    require_known_data(read)
    migrate()
    from django.contrib.auth import get_user_model

    from zona.ground.house import gather

    is_first = not get_user_model().objects.exists()
    collect_static(read.data)
    call("seed", office=options.office, national=options.national)
    for command in gather("at_start"):
        call(command)
    call("rebuild_search", when_stale=True)
    replace_text(read.data / PREPARED, now)
    link = io.StringIO()
    if is_first:
        call("login_link", stdout=link)
    return link.getvalue().strip()


def require_restored(read: Environment) -> None:
    """Raise CommandFailed while a restore into this data folder waits to be finished."""
    if (read.data / "restore.partial").exists():
        raise CommandFailed(
            f"Pemulihan ke {read.data} belum selesai. Ulangi zona restore dengan cadangan itu."
        )


def require_known_data(read: Environment) -> None:
    """Raise CommandFailed for a database from before the rooms stood where they stand now.

    Nothing was released until then, so there is no way from there to here.
    """
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connection)
    if recorder.has_table() and recorder.migration_qs.filter(app="showcase").exists():
        raise CommandFailed(
            f"Basis data di {read.data} dibuat oleh Zona versi percobaan yang belum dapat dibawa ke"
            " versi ini. Pakai folder data baru: ZONA_DATA=/folder/baru ./zona serve. Folder lama"
            " tidak diubah."
        )


def fingerprint(options: argparse.Namespace, read: Environment) -> str:
    """Changes when the code, the libraries, the database's address or the offices asked for do."""
    facts = [f"{sys.version} {read.database_url} {options.office} {options.national}"]
    facts.append(str(os.stat(sysconfig.get_path("purelib")).st_mtime_ns))
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".pyc", ".mo"} and path.is_file():
            facts.append(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}")
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def read_text(path: Path) -> str:
    """The text of a small file; empty when there is none."""
    return path.read_text() if path.exists() else ""


def replace_text(path: Path, text: str) -> None:
    """Write a small file whole or not at all, and only when it says something else."""
    if read_text(path) != text:
        draft = path.with_name(f"{path.name}.new")
        draft.write_text(text)
        draft.replace(path)


def open_for_owner(path: str, flags: int) -> int:
    """An opener of files that nobody else may read."""
    return os.open(path, flags, 0o600)


def compile_catalogues(folder: Path) -> None:
    """Write the .mo beside every .po below `folder` that is newer than it."""
    for source in folder.rglob("*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compile_catalogue(source, target)


def compile_catalogue(source: Path, target: Path) -> None:
    """Write one .mo, whole or not at all.

    Older Pythons (3.11.2 of Debian 12) find an entry with a plural by ngettext alone; a string
    that is said both ways would be English there. So each gets a twin without.
    """
    import polib

    catalogue = polib.pofile(str(source))
    catalogue.extend(
        polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=entry.msgstr_plural[0])
        for entry in catalogue.translated_entries()
        if entry.msgid_plural
    )
    draft = target.with_suffix(f".{os.getpid()}")
    catalogue.save_as_mofile(str(draft))
    draft.replace(target)


def migrate() -> None:
    """Apply the migrations that wait."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Menyiapkan basis data …")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static(data: Path) -> None:
    """Collect the static files when one of them changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = os.stat(storage.path(path))
            seen.append(f"{path} {facts.st_size} {facts.st_mtime_ns}")
    stamp, state = data / "static.stamp", "\n".join(sorted(seen))
    manifest = data / "static" / "staticfiles.json"
    if manifest.exists() and read_text(stamp) == state:
        return
    say("Menyiapkan berkas tampilan …")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    replace_text(stamp, state)
