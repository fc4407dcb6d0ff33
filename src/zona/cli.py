"""The command `zona`. Its words to the operator are plain Indonesian.

Nothing heavy is imported before a command needs it: `zona serve` itself never loads Django.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import io
import logging
import os
import secrets
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zona import supervisor
from zona.config import environment
from zona.config.environment import REPOSITORY, ConfigurationError, Environment

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

# -P: never import from the folder in which the operator happens to stand.
SELF = (sys.executable, "-P", "-m", "zona")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PREPARED = "prepared"  # fingerprint of what the data folder was last prepared for
FIRST_LINK = "first-link"  # kept in the data folder from preparation until the web answers
ATTEMPTS = 3  # how often a job may take its worker down
SCHEDULER_LOCK = 0x5A4F4E41  # PostgreSQL advisory lock number, "ZONA"


class CommandFailed(Exception):
    """A command cannot go on; the message (Indonesian) says why and how to mend."""


def say(line: str) -> None:
    """Print a line for the operator at once."""
    print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 good, 1 refused or broken, 2 cannot be understood."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = build_parser()
    # What follows these two belongs to another program, options included.
    passes_on = bool(given) and given[0] in {"test", "manage"} and given[1:2] not in (["-h"],)
    options = parser.parse_args(given[:1] if passes_on else given)
    if passes_on:
        options.rest = given[1:]
    try:
        read = environment.read(os.environ)
        return int(options.run(options, read) or 0)
    except ConfigurationError as error:
        print(f"Pengaturan belum benar.\n{error}", file=sys.stderr)
        return 2
    except (CommandFailed, supervisor.SupervisorError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def build_parser() -> argparse.ArgumentParser:
    """All commands with their options and help."""
    parser = argparse.ArgumentParser(
        prog="zona",
        description="Zona Informasi Terintegrasi: situs dan layanan informasi satu kantor pemilu.",
        epilog="Pengaturan hanya lewat variabel lingkungan: lihat zona config.",
    )
    commands = parser.add_subparsers(title="perintah", metavar="PERINTAH", required=True)

    def add(
        name: str, run: Callable[[argparse.Namespace, Environment], int | None], text: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    serve = add("serve", run_serve, "menjalankan Zona: web, pekerja, dan penjadwal")
    add_office_options(serve)
    serve.add_argument("--host", help="alamat jaringan, mengalahkan ZONA_HOST")
    serve.add_argument("--port", help="porta, mengalahkan ZONA_PORT")
    add("check", run_check, "memeriksa pemasangan dan menyebut cara memperbaikinya")
    link = add("login-link", run_login_link, "membuat tautan masuk sekali pakai, 15 menit")
    link.add_argument("email", nargs="?", help="surel orangnya; tanpa ini: administrator pertama")
    link.add_argument(
        "--reset-second-factor", action="store_true", help="bila ponsel atau kunci sandi hilang"
    )
    load = add("import", run_import, "memasukkan data dari berkas")
    load.add_argument("kind", choices=["articles"], help="articles: berita, satu JSON per baris")
    load.add_argument("file", type=Path, help="berkas yang dibaca")
    journal = add("journal", run_journal, "memeriksa keutuhan jurnal")
    journal.add_argument("action", choices=["verify"], help="verify: mencari baris yang diubah")
    journal.add_argument("--office", metavar="KODE", help="hanya satu kantor")
    journal.add_argument("--noted", metavar="NOMOR:HASH", help="kepala rantai yang dahulu dicatat")
    offices = add("offices", run_offices, "memuat atau memperbarui daftar kantor")
    offices.add_argument("action", choices=["load"], help="load: dari daftar wilayah bawaan")
    offices.add_argument("file", nargs="?", type=Path, help="daftar wilayah lain (CSV)")
    provide = add("provision", run_provision, "menyusun ulang kelompok dan hak dari peran")
    provide.add_argument("office", nargs="?", help="kode kantor; tanpa ini: semua kantor")
    config = add("config", run_config, "menampilkan pengaturan yang berlaku")
    config.add_argument("--markdown", action="store_true", help="tabel dokumentasi (Inggris)")
    add("test", run_test, "menjalankan semua uji; pilihan selebihnya diteruskan ke pytest")
    add("check-code", run_check_code, "memeriksa kode: gaya, tipe, batas ruang, migrasi")
    add("manage", run_manage, "perintah pengelolaan Django, untuk pengembang")
    worker = add(
        "worker", run_worker, "pekerja dan penjadwal saja; zona serve menjalankannya sendiri"
    )
    worker.add_argument("--prepare", action="store_true", help="persiapan dahulu")
    add_office_options(worker)
    add_office_options(add("prepare", run_prepare, "langkah persiapan zona serve saja"))
    add("web", run_web, "proses web saja; zona serve menjalankannya sendiri")
    return parser


def add_office_options(command: argparse.ArgumentParser) -> None:
    """Which offices a new installation serves."""
    which = command.add_mutually_exclusive_group()
    which.add_argument("--office", metavar="KODE", help="kantor nyata yang kosong, misalnya 33.74")
    which.add_argument("--national", action="store_true", help="semua 552 kantor")


# --- serve ---


def run_serve(options: argparse.Namespace, read: Environment) -> int:
    """Take the data folder and the port, prepare, then supervise until told to stop."""
    for name, value in (("ZONA_HOST", options.host), ("ZONA_PORT", options.port)):
        if value is not None:
            os.environ[name] = value
    read = environment.read(os.environ)
    with supervisor.hold_data_folder(read.data):
        supervisor.require_free_port(read.host, read.port)
        which = ["--office", options.office] if options.office else []
        which += ["--national"] if options.national else []
        # When nothing changed since the last start the web need not wait: the worker, which loads
        # Django anyway, looks whether the database is still the one that was prepared.
        is_prepared = read_text(read.data / PREPARED) == fingerprint(options, read)
        worker = (*SELF, "worker", "--prepare", *which) if is_prepared else (*SELF, "worker")
        own = supervisor.Supervisor(
            data=read.data,
            children=[
                supervisor.Child("web", (*SELF, "web")),
                supervisor.Child("pekerja", worker),
            ],
            say=say,
            state={"base_url": read.base_url, "host": read.host, "port": read.port},
            address=(environment.reachable_host(read.host), read.port),
            when_ready=lambda: announce(read),
        )
        code = 0 if is_prepared else own.prepare((*SELF, "prepare", *which))
        if code:
            if own.stopping is None:
                print("Persiapan gagal; Zona tidak dijalankan.", file=sys.stderr)
            return 0 if own.stopping else code
        return own.run()


def announce(read: Environment) -> None:
    """Tell the operator that the site answers and, once, how to sign in."""
    say(f"Zona siap di {read.base_url}")
    note = read.data / FIRST_LINK
    if link := read_text(note):
        say(link)
        note.unlink()
    say("Hentikan dengan Ctrl-C.")


def run_prepare(options: argparse.Namespace, read: Environment) -> None:
    """The steps before the web may start, and a note for `announce` when it is the first time."""
    link = prepare(options, read)
    if link:
        with open(read.data / FIRST_LINK, "w", opener=open_for_owner) as note:
            note.write(link)


def prepare(options: argparse.Namespace, read: Environment) -> str:
    """Bring database, catalogues, static files and content up to date; nothing when they are.

    Returns what to tell the administrator of a new database, else an empty text.
    """
    os.umask(0o027)
    now = fingerprint(options, read)
    for folder in ("media", "private", "mail", "cache"):
        (read.data / folder).mkdir(mode=0o750, parents=True, exist_ok=True)
    compile_catalogues(Path(__file__).parent)
    start_django()
    migrate()
    from django.contrib.auth import get_user_model

    is_first = not get_user_model().objects.exists()
    collect_static(read.data)
    call("seed", office=options.office, national=options.national)
    (read.data / PREPARED).write_text(now)
    link = io.StringIO()
    if is_first:
        call("login_link", stdout=link)
    return link.getvalue().strip()


def fingerprint(options: argparse.Namespace, read: Environment) -> str:
    """Changes when the code, the libraries, the database's address or the offices asked for do."""
    facts = [f"{sys.version} {read.database_url} {options.office} {options.national}"]
    facts.append(str(os.stat(sysconfig.get_path("purelib")).st_mtime_ns))
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix not in {".pyc", ".mo"} and path.is_file():
            facts.append(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}")
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def read_text(path: Path) -> str:
    """The text of a small file; empty when there is none."""
    return path.read_text() if path.exists() else ""


def open_for_owner(path: str, flags: int) -> int:
    """An opener of files that nobody else may read."""
    return os.open(path, flags, 0o600)


def compile_catalogues(folder: Path) -> None:
    """Write the .mo beside every .po below `folder` that is newer than it."""
    for source in folder.rglob("*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib

        draft = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(draft))
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
    stamp.write_text(state)


def run_web(options: argparse.Namespace, read: Environment) -> None:
    """The web server alone."""
    supervisor.run_web(host=read.host, port=read.port, workers=read.workers, threads=read.threads)


# --- thin calls of management commands ---


def start_django() -> None:
    """Load Django with Zona's settings."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zona.config.settings")
    django.setup()


def call(name: str, *arguments: object, **options: object) -> None:
    """Run a management command; its CommandError becomes ours."""
    start_django()
    from django.core.management import CommandError, call_command

    try:
        call_command(name, *arguments, **options)
    except CommandError as error:
        raise CommandFailed(str(error)) from error


def run_login_link(options: argparse.Namespace, read: Environment) -> None:
    """Print a sign-in link that carries the address of the running Zona."""
    state = supervisor.read_state(read.data)
    if state and "ZONA_BASE_URL" not in os.environ:
        os.environ["ZONA_BASE_URL"] = state["base_url"]
    reset = options.reset_second_factor
    call("login_link", *([options.email] if options.email else []), reset_second_factor=reset)


def run_import(options: argparse.Namespace, read: Environment) -> None:
    """Import a file."""
    if not options.file.is_file():
        raise CommandFailed(f"Berkas {options.file} tidak ada.")
    call(f"import_{options.kind}", str(options.file))


def run_journal(options: argparse.Namespace, read: Environment) -> None:
    """Verify the journal."""
    chosen = {"--office": options.office, "--noted": options.noted}
    flags = [f"{name}={value}" for name, value in chosen.items() if value is not None]
    call("journal", options.action, *flags)


def run_offices(options: argparse.Namespace, read: Environment) -> None:
    """Load the offices."""
    call("load_offices", *([str(options.file)] if options.file else []))


def run_provision(options: argparse.Namespace, read: Environment) -> None:
    """Derive groups and permissions anew."""
    call("provision", *([options.office] if options.office else []))


def run_manage(options: argparse.Namespace, read: Environment) -> None:
    """Hand over to Django's management commands."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zona.config.settings")
    execute_from_command_line(["zona manage", *options.rest])


def run_check(options: argparse.Namespace, read: Environment) -> int:
    """Print what is wrong; 1 when something is broken."""
    from zona.config import checks

    return checks.report(read, say)


def run_config(options: argparse.Namespace, read: Environment) -> None:
    """Print the settings in force, or the table of the documentation."""
    if options.markdown:
        say(environment.render_markdown())
    else:
        say(environment.render_values(read, os.environ))


# --- worker ---


def run_worker(options: argparse.Namespace, read: Environment) -> None:
    """Work off jobs and set off the scheduled ones in one process, until SIGTERM."""
    if options.prepare and (link := prepare(options, read)):
        say(link)
    start_django()
    from django.conf import settings
    from django_tasks_db.management.commands.db_worker import Worker

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it warns of every stop
    with hold_worker_name(read.data) as name:
        requeue_orphans(name)
        scheduler = build_scheduler(settings.TIME_ZONE)
        worker = Worker(
            queue_names=["*"],
            interval=1.0,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        worker.configure_signals()  # SIGTERM lets the job at hand finish
        scheduler.start()
        try:
            worker.run()
        finally:
            scheduler.shutdown(wait=False)


@contextlib.contextmanager
def hold_worker_name(data: Path) -> Iterator[str]:
    """The name under which this data folder's one worker claims jobs, the same after a restart."""
    descriptor = os.open(data / "worker.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandFailed(f"Pekerja untuk {data} sudah berjalan.") from error
        name = file.read().strip()
        if not name:
            name = secrets.token_hex(16)
            file.write(name)
            file.flush()
        yield name


def requeue_orphans(worker: str) -> None:
    """Put back the jobs that a worker of this name had in hand when it was killed.

    A job that took its worker down ATTEMPTS times is given up, so that the others go on.
    """
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    for job in DBTaskResult.objects.running():
        if not job.worker_ids or job.worker_ids[-1] != worker:
            continue
        if len(job.worker_ids) >= ATTEMPTS:
            job.set_failed(RuntimeError(f"worker died {ATTEMPTS} times at this job"))
        else:
            job.status, job.started_at = TaskResultStatus.READY, None
            job.save(update_fields=["status", "started_at"])


def build_scheduler(time_zone: str) -> "BackgroundScheduler":
    """A scheduler that enqueues each task of zona.config.schedule at its times."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    from zona.config.schedule import SCHEDULE

    scheduler = BackgroundScheduler(
        timezone=time_zone,
        # One thread, so one database session: it is the session that holds the advisory lock.
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "misfire_grace_time": 3600},
    )
    for name, path, trigger in SCHEDULE:
        scheduler.add_job(enqueue_scheduled, trigger, args=[path], id=name, name=name)
    return scheduler


def enqueue_scheduled(path: str) -> None:
    """Enqueue the task at a dotted path, unless it waits already or another machine schedules."""
    from django.db import DatabaseError, connection
    from django.utils.module_loading import import_string
    from django_tasks_db.models import DBTaskResult

    task = import_string(path)
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # held until this session ends
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [SCHEDULER_LOCK])
                if not cursor.fetchone()[0]:
                    return
        waiting = DBTaskResult.objects.filter(task_path=task.module_path, status="READY")
        if not waiting.exists():
            task.enqueue()
    except DatabaseError:
        connection.close()  # gives up the lock as well; the next time begins anew
        raise


# --- test and check-code ---


def run_test(options: argparse.Namespace, read: Environment) -> int:
    """All tests on two processes; arguments go to pytest, paths seen from the repository."""
    require_package("pytest")
    chromium = find_chromium(read)
    if not read.shared.is_dir():
        say(f"Data nyata tidak ada di {read.shared} (ZONA_SHARED): uji yang membacanya dilewati.")
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadscope"]
    with tempfile.TemporaryDirectory(prefix="zona-test-") as data:
        variables = os.environ | {"ZONA_DATA": data, "ZONA_CHROMIUM": str(chromium)}
        return run_tool([*command, *options.rest], variables)


def find_chromium(read: Environment) -> Path:
    """The Chromium for end-to-end tests; root gets Debian's package when there is none."""
    if read.chromium:
        if not os.access(read.chromium, os.X_OK):
            raise CommandFailed(
                f"ZONA_CHROMIUM: {read.chromium} tidak ada atau tidak dapat dibuka."
            )
        return read.chromium
    if found := search_chromium():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Memasang Chromium untuk uji ujung ke ujung …")
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update", "-qq"], ["install", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-y", *step], env=quiet, check=False)  # noqa: S603, S607
        if found := search_chromium():
            return found
    raise CommandFailed(
        "Chromium tidak ditemukan, padahal uji ujung ke ujung memerlukannya.\n"
        "Debian: sudo apt install chromium. Lainnya: pasang Google Chrome atau Chromium,"
        " lalu sebutkan letaknya dengan ZONA_CHROMIUM."
    )


def search_chromium() -> Path | None:
    """The first Chromium on PATH that really starts (Ubuntu has a stub that does not)."""
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if (
            found
            and not subprocess.run(  # noqa: S603
                [found, "--version"], capture_output=True, check=False
            ).returncode
        ):
            return Path(found)
    return None


def run_check_code(options: argparse.Namespace, read: Environment) -> int:
    """Lint, format, types, import contract, templates, migrations; 1 when one is not content."""
    require_package("ruff")
    python = sys.executable
    tools: dict[str, list[str]] = {
        "gaya (ruff)": [python, "-m", "ruff", "check", "."],
        "bentuk (ruff format)": [python, "-m", "ruff", "format", "--check", "."],
        "tipe (mypy)": [python, "-m", "mypy", "src/zona"],
        "batas ruang (import-linter)": [str(Path(python).with_name("lint-imports"))],
        "templat (djlint)": [python, "-m", "djlint", "--lint", "--quiet", "src"],
        "migrasi": [*SELF, "manage", "makemigrations", "--check", "--dry-run"],
    }
    with tempfile.TemporaryDirectory(prefix="zona-check-") as data:
        variables = os.environ | {"ZONA_DATA": data}
        failed = []
        for name, command in tools.items():
            say(f"— {name}")
            if run_tool(command, variables):
                failed.append(name)
        say("— terjemahan")
        if problems := find_untranslated(REPOSITORY / "src" / "zona"):
            say("\n".join(problems))
            failed.append("terjemahan")
    say("Belum beres: " + ", ".join(failed) if failed else "Semua beres.")
    return 1 if failed else 0


def find_untranslated(folder: Path) -> list[str]:
    """One line for every Indonesian catalogue entry below `folder` that is empty or fuzzy."""
    import polib

    problems = []
    for source in sorted(folder.rglob("id/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(source))
        for entry in (*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()):
            problems.append(f"{source.relative_to(folder)}:{entry.linenum}: {entry.msgid!r}")
    return problems


def require_package(name: str) -> None:
    """Raise CommandFailed unless a package of requirements/test.txt is there."""
    if not REPOSITORY.joinpath("requirements").is_dir():
        raise CommandFailed("Perintah ini memerlukan salinan kode Zona (git clone).")
    if importlib.util.find_spec(name) is None:
        raise CommandFailed("Perkakas uji belum terpasang. Jalankan lewat ./zona di folder kode.")


def run_tool(command: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a program in the repository; its exit code."""
    return subprocess.run(command, cwd=REPOSITORY, env=variables, check=False).returncode  # noqa: S603
