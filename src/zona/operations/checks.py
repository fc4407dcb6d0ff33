"""`zona check`: what is wrong with an installation, in plain Indonesian, and how to mend it.

A room adds its own by registering a Django system check for installations:

    @django.core.checks.register(INSTALLATION, deploy=True)   # INSTALLATION = "installation"
    def check_drift(app_configs, **kwargs) -> list[CheckMessage]: ...

`deploy=True` keeps it out of every other command. Warnings are shown as "perhatian", errors as
"rusak"; the hint says how to mend.
"""

import datetime
import os
import shutil
import sqlite3
import stat
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from zona.config.environment import Environment, reachable_host

from . import supervisor

INSTALLATION = "installation"
GOOD, ATTENTION, BROKEN = "beres", "perhatian", "rusak"
LITTLE_DISK, TOO_LITTLE_DISK = 2 * 2**30, 200 * 2**20  # bytes
EARLIEST_NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # before Zona existed
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state, what was seen, and how to mend it."""

    state: str
    seen: str
    mend: str = ""


Check = Callable[[Environment], Iterator[Finding]]


def report(environment: Environment, say: Callable[[str], None]) -> int:
    """Look at everything and say what was found; 1 when something is broken."""
    findings: list[Finding] = []
    for check in (check_python, check_clock, check_data, check_disk, check_web):
        findings += check(environment)
    if environment.data.is_dir():  # loading the settings would make it
        try:
            import django

            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zona.config.settings")
            django.setup()
            for check in (check_sqlite, check_database, check_files, check_mail, check_rooms):
                findings += check(environment)
        except ImportError as error:
            mend = "Hapus folder .venv, ulangi ./zona."
            findings.append(Finding(BROKEN, f"pustaka tidak lengkap: {error}", mend))
    for finding in findings:
        say(f"{finding.state:<10} {finding.seen}")
        if finding.mend:
            say(f"{'':<10} → {finding.mend}")
    broken = sum(finding.state == BROKEN for finding in findings)
    watch = sum(finding.state == ATTENTION for finding in findings)
    say(f"\n{broken} rusak, {watch} perlu perhatian, {len(findings) - broken - watch} beres.")
    return 1 if broken else 0


# --- before Django ---


def check_python(_: Environment) -> Iterator[Finding]:
    """Python and the time zones it knows."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(GOOD, f"Python {version}")
    missing = [name for name in ZONES if name not in zoneinfo.available_timezones()]
    if missing:
        yield Finding(
            BROKEN,
            f"zona waktu tidak ada: {', '.join(missing)}",
            "Hapus folder .venv, ulangi ./zona.",
        )
    else:
        yield Finding(GOOD, "zona waktu WIB, WITA, WIT")


def check_clock(_: Environment) -> Iterator[Finding]:
    """A clock that went back to its beginning breaks every deadline."""
    now = datetime.datetime.now(datetime.UTC)
    if now < EARLIEST_NOW:
        yield Finding(BROKEN, f"jam mesin menunjuk {now:%Y-%m-%d}", "Setel jam: timedatectl.")
    else:
        yield Finding(GOOD, f"jam mesin {now.astimezone():%Y-%m-%d %H.%M %Z}")


def check_data(environment: Environment) -> Iterator[Finding]:
    """The data folder can be written, and its secrets are the owner's alone."""
    data = environment.data
    if not data.is_dir():
        yield Finding(ATTENTION, f"folder data {data} belum ada", "Jalankan: zona serve.")
        return
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        yield Finding(
            BROKEN,
            f"folder data {data} tidak dapat ditulis",
            f"Jalankan: sudo chown -R $USER {data}",
        )
        return
    yield Finding(GOOD, f"folder data {data}")
    if data.stat().st_mode & stat.S_IWOTH:
        yield Finding(
            BROKEN, "folder data dapat ditulis semua orang", f"Jalankan: chmod o-w {data}"
        )
    for path in (data / "secret.key", data / "private"):
        if path.exists() and path.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
            yield Finding(
                BROKEN, f"{path} terbuka bagi orang lain", f"Jalankan: chmod go-rwx {path}"
            )


def check_disk(environment: Environment) -> Iterator[Finding]:
    """Free space where the data folder is."""
    folder = environment.data
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    seen = f"ruang disk bebas {free / 2**30:.1f} GB".replace(".", ",")
    mend = "Hapus berkas yang tidak perlu atau pindahkan ZONA_DATA."
    if free < TOO_LITTLE_DISK:
        yield Finding(BROKEN, seen, mend)
    elif free < LITTLE_DISK:
        yield Finding(ATTENTION, seen, mend)
    else:
        yield Finding(GOOD, seen)


def check_web(environment: Environment) -> Iterator[Finding]:
    """Whether Zona runs on this data folder and answers."""
    state = supervisor.read_state(environment.data)
    if state is None:
        yield Finding(ATTENTION, "Zona tidak sedang berjalan", "Jalankan: zona serve.")
        return
    if supervisor.answers(reachable_host(state["host"]), state["port"]):
        yield Finding(GOOD, f"Zona menjawab di {state['base_url']}")
    else:
        yield Finding(
            BROKEN, f"Zona berjalan tetapi tidak menjawab di {state['base_url']}",
            "Baca pesan kesalahan zona serve, lalu jalankan ulang.",
        )  # fmt: skip
    for name, process in state["processes"].items():
        if process["starts"] > 1:
            yield Finding(
                ATTENTION, f"proses {name} sudah {process['starts'] - 1} kali dimulai lagi",
                "Cari sebabnya dalam pesan zona serve.",
            )  # fmt: skip

    if replaced := state.get("replaced"):
        yield Finding(
            ATTENTION, f"{replaced} proses web macet dan sudah diganti",
            "Cari halaman yang lambat dalam pesan zona serve.",
        )  # fmt: skip


# --- with Django ---


def check_sqlite(_: Environment) -> Iterator[Finding]:
    """SQLite with full-text search, when it is the database."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    try:
        with sqlite3.connect(":memory:") as memory:
            memory.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except sqlite3.OperationalError:
        yield Finding(
            BROKEN, f"SQLite {sqlite3.sqlite_version} tanpa FTS5",
            "Pakai Python dari Debian/Ubuntu, atau PostgreSQL lewat DATABASE_URL.",
        )  # fmt: skip
    else:
        yield Finding(GOOD, f"SQLite {sqlite3.sqlite_version} dengan pencarian teks")


def check_database(_: Environment) -> Iterator[Finding]:
    """The database answers, is whole, and has every migration."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check(1)")
                verdict = cursor.fetchone()[0]
                if verdict != "ok":
                    yield Finding(
                        BROKEN, f"basis data rusak: {verdict}", "Pulihkan dari cadangan terakhir."
                    )
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(
            BROKEN, f"basis data tidak menjawab: {str(error).splitlines()[0]}",
            "Periksa DATABASE_URL dan apakah server basis data berjalan.",
        )  # fmt: skip
        return
    if waiting:
        yield Finding(
            ATTENTION, f"{len(waiting)} perubahan basis data belum diterapkan",
            "Jalankan ulang: zona serve.",
        )  # fmt: skip
    else:
        yield Finding(
            GOOD, f"basis data {connection.vendor} menjawab, tidak ada perubahan tertunda"
        )


def check_files(environment: Environment) -> Iterator[Finding]:
    """Static files are collected and the catalogues of words are compiled."""
    if (environment.data / "static" / "staticfiles.json").exists():
        yield Finding(GOOD, "berkas tampilan terkumpul")
    else:
        yield Finding(ATTENTION, "berkas tampilan belum terkumpul", "Jalankan: zona serve.")
    stale = [
        source
        for source in Path(__file__).parents[1].rglob("*.po")
        if not (compiled := source.with_suffix(".mo")).exists()
        or compiled.stat().st_mtime < source.stat().st_mtime
    ]
    if stale:
        yield Finding(
            ATTENTION, f"{len(stale)} katalog bahasa usang", "Jalankan ulang: zona serve."
        )
    else:
        yield Finding(GOOD, "katalog bahasa terbaru")


def check_mail(environment: Environment) -> Iterator[Finding]:
    """E-mail that stays on this machine reaches nobody; a server must let us in."""
    from zona.ground.mail.failures import ServerGone
    from zona.ground.mail.sending import Line

    parts = urlsplit(environment.email_url)
    if parts.scheme in {"file", "console"}:
        yield Finding(
            ATTENTION, "surel tidak dikirim, hanya disimpan di mesin ini",
            "Setel ZONA_EMAIL_URL supaya undangan dan pemulihan sandi sampai.",
        )  # fmt: skip
        return
    try:
        with Line(timeout=5) as line:
            line.open()
            yield Finding(GOOD, f"server surel {parts.hostname} menjawab")
    except ServerGone as error:
        yield Finding(
            BROKEN, f"server surel {parts.hostname} menolak: {error}",
            "Periksa ZONA_EMAIL_URL: nama, sandi, porta.",
        )  # fmt: skip


def check_rooms(_: Environment) -> Iterator[Finding]:
    """Django's own checks, and those that rooms registered for installations."""
    from django.core import checks
    from django.db import DatabaseError

    try:
        messages = [
            *checks.run_checks(),
            *checks.run_checks(tags=[INSTALLATION], include_deployment_checks=True),
        ]
    except DatabaseError as error:
        yield Finding(
            ATTENTION, f"isi belum dapat diperiksa: {str(error).splitlines()[0]}",
            "Jalankan: zona serve, lalu ulangi zona check.",
        )  # fmt: skip
        return
    for message in messages:
        if message.is_silenced() or message.level < checks.WARNING:
            continue
        state = BROKEN if message.level >= checks.ERROR else ATTENTION
        yield Finding(state, f"{message.msg} ({message.id})", message.hint or "")
    if not messages:
        yield Finding(GOOD, "kantor, peran, dan hak sesuai")
