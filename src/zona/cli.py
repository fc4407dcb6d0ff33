"""The command `zona`. Its words to the operator are plain Indonesian.

Nothing heavy is imported before a command needs it: `zona serve` itself never loads Django.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from zona.config import environment
from zona.config.environment import ConfigurationError, Environment
from zona.operations import supervisor, web
from zona.operations.commands import SELF, CommandFailed, call, say
from zona.operations.preparation import (
    FIRST_LINK,
    PREPARED,
    fingerprint,
    read_text,
    require_restored,
    run_prepare,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 good, 1 refused or broken, 2 cannot be understood."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = build_parser()
    # What follows these belongs to another program, options included.
    passing = {"test", "bench", "manage"}
    passes_on = bool(given) and given[0] in passing and given[1:2] not in (["-h"],)
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
    take = add("backup", run_backup, "membuat cadangan yang utuh selagi Zona dipakai")
    take.add_argument("target", metavar="TEMPAT", help="folder baru, sebaiknya di disk lain")
    take.add_argument("--check", action="store_true", help="hanya memeriksa cadangan di TEMPAT")
    take.add_argument(
        "--ask", action="store_true", help="menanyakan frasa sandi yang menyegel kunci"
    )
    back = add("restore", run_restore, "memulihkan cadangan ke folder data dan basis data kosong")
    back.add_argument("target", metavar="TEMPAT", help="folder cadangan yang utuh")
    back.add_argument(
        "--skip-damaged", action="store_true", help="tinggalkan berkas yang rusak di cadangan"
    )
    load = add("import", run_import, "memasukkan data dari berkas")
    load.add_argument(
        "kind",
        choices=["articles", "wordpress", "feed"],
        help="articles: satu JSON per baris; wordpress: berkas WXR; feed: RSS atau Atom",
    )
    load.add_argument("file", help="berkas yang dibaca; untuk feed boleh alamat https")
    load.add_argument("--office", metavar="KODE", help="kantor tujuan, misalnya 33.74")
    load.add_argument("--media", metavar="FOLDER", help="folder uploads situs lama (wordpress)")
    load.add_argument("--fetch", action="store_true", help="ambil berkas dari situs lama")
    load.add_argument("--dry-run", action="store_true", help="laporan saja, tanpa menyimpan")
    search = add("search", run_search, "menyusun ulang indeks pencarian")
    search.add_argument("action", choices=["rebuild"], help="rebuild: semua isi, dengan kemajuan")
    journal = add("journal", run_journal, "memeriksa keutuhan jurnal")
    journal.add_argument("action", choices=["verify"], help="verify: mencari baris yang diubah")
    journal.add_argument("--office", metavar="KODE", help="hanya satu kantor")
    journal.add_argument("--noted", metavar="NOMOR:HASH", help="kepala rantai yang dahulu dicatat")
    offices = add("offices", run_offices, "memuat daftar kantor, atau memberi kantor host sendiri")
    offices.add_argument(
        "action", choices=["load", "host"], help="load [CSV]: daftar wilayah; host KODE [NAMA]"
    )
    offices.add_argument("values", nargs="*", metavar="NILAI", help="berkas, atau kode dan nama")
    provide = add("provision", run_provision, "menyusun ulang kelompok dan hak dari peran")
    provide.add_argument("office", nargs="?", help="kode kantor; tanpa ini: semua kantor")
    config = add("config", run_config, "menampilkan pengaturan yang berlaku")
    config.add_argument("--markdown", action="store_true", help="tabel dokumentasi (Inggris)")
    add("test", run_test, "menjalankan semua uji; pilihan selebihnya diteruskan ke pytest")
    add("bench", run_bench, "mengukur: zona bench NAMA, dengan berkas di bench/")
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
        require_restored(read)
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
        # Into the hands of a person, never into a journal that others read and that keeps.
        whom = link.partition(",")[0]
        say(link if sys.stdout.isatty() else f"{whom}, tidak dicatat di sini: zona login-link")
        note.unlink()
    say("Hentikan dengan Ctrl-C.")


def run_web(options: argparse.Namespace, read: Environment) -> None:
    """The web server alone."""
    web.run_web(host=read.host, port=read.port, workers=read.workers)


# --- thin calls of management commands ---


def run_login_link(options: argparse.Namespace, read: Environment) -> None:
    """Print a sign-in link that carries the address of the running Zona."""
    state = supervisor.read_state(read.data)
    if state and "ZONA_BASE_URL" not in os.environ:
        os.environ["ZONA_BASE_URL"] = state["base_url"]
    reset = options.reset_second_factor
    call("login_link", *([options.email] if options.email else []), reset_second_factor=reset)


def run_backup(options: argparse.Namespace, read: Environment) -> None:
    """Make a backup, or verify one."""
    from zona.operations.backup import command

    place = Path(os.path.abspath(options.target))
    if options.check:
        command.check(place)
    else:
        command.back_up(place, read, ask=options.ask)


def run_restore(options: argparse.Namespace, read: Environment) -> int:
    """Take a backup back."""
    from zona.operations.backup import command

    place = Path(os.path.abspath(options.target))
    return command.restore(place, read, skip_damaged=options.skip_damaged)


def run_import(options: argparse.Namespace, read: Environment) -> None:
    """Import a file, or a feed by its address."""
    is_address = options.kind == "feed" and options.file.startswith(("http://", "https://"))
    if not is_address and not Path(options.file).is_file():
        raise CommandFailed(f"Berkas {options.file} tidak ada.")
    if (options.kind == "articles") != (options.office is None):
        raise CommandFailed(
            "Berkas articles menyebut kantornya sendiri; hilangkan --office."
            if options.office
            else f"Sebut kantor tujuannya: zona import {options.kind} BERKAS --office 33.74"
        )
    flags = [f"--office={options.office}"] if options.office else []
    flags += [f"--media={options.media}"] if options.media else []
    flags += ["--fetch"] if options.fetch else []
    flags += ["--dry-run"] if options.dry_run else []
    accepted = {"articles": (), "feed": ("--office", "--fetch", "--dry-run")}.get(options.kind)
    if accepted is not None and any(not flag.startswith(accepted) for flag in flags):
        raise CommandFailed(f"Pilihan ini tidak berlaku untuk {options.kind}: {' '.join(flags)}")
    call(f"import_{options.kind}", options.file, *flags)


def run_search(options: argparse.Namespace, read: Environment) -> None:
    """Make the index of search anew."""
    call("rebuild_search")


def run_journal(options: argparse.Namespace, read: Environment) -> None:
    """Verify the journal."""
    chosen = {"--office": options.office, "--noted": options.noted}
    flags = [f"{name}={value}" for name, value in chosen.items() if value is not None]
    call("journal", options.action, *flags)


def run_offices(options: argparse.Namespace, read: Environment) -> None:
    """Load the offices, or give one a host name of its own."""
    if options.action == "host" and not options.values:
        raise CommandFailed("Sebut kode kantornya: zona offices host 33.74 kota-semarang.kpu.go.id")
    if len(options.values) > {"load": 1, "host": 2}[options.action]:
        raise CommandFailed("Terlalu banyak nilai. Lihat: zona offices --help")
    call({"load": "load_offices", "host": "set_host"}[options.action], *options.values)


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
    from zona.operations import checks

    return checks.report(read, say)


def run_config(options: argparse.Namespace, read: Environment) -> None:
    """Print the settings in force, or the table of the documentation."""
    if options.markdown:
        say(environment.render_markdown())
    else:
        say(environment.render_values(read, os.environ))


def run_worker(options: argparse.Namespace, read: Environment) -> None:
    """Work off jobs until SIGTERM."""
    from zona.operations import worker

    worker.run_worker(options, read)


def run_test(options: argparse.Namespace, read: Environment) -> int:
    """Run all tests."""
    from zona.operations import development

    return development.run_test(options, read)


def run_check_code(options: argparse.Namespace, read: Environment) -> int:
    """Check the code."""
    from zona.operations import development

    return development.run_check_code(options, read)


def run_bench(options: argparse.Namespace, read: Environment) -> int:
    """Run one of the measurements in bench/."""
    from zona.operations import development

    return development.run_bench(options, read)
