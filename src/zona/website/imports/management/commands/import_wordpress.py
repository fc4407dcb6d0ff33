"""`zona import wordpress FILE --office KODE`: an export of a WordPress site."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from zona.offices.models import Office

from ...actions.wordpress import import_wordpress
from ...report import Report
from ...runs import Busy, own_folder


class Command(BaseCommand):
    help = "Mengimpor ekspor WordPress (WXR) ke situs satu kantor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BERKAS")
        parser.add_argument("--office", required=True, metavar="KODE")
        parser.add_argument("--media", type=Path, metavar="FOLDER")
        parser.add_argument("--fetch", action="store_true")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path, media = options["file"], options["media"]
        office = find_office(options["office"])
        if media is not None and not media.is_dir():
            raise CommandError(f"Folder {media} tidak ada. Sebut folder uploads dari situs lama.")
        try:
            size = path.stat().st_size * 2  # read twice
            with (
                own_folder(office, "wordpress") as folder,
                tqdm(
                    total=size, unit="B", unit_scale=True, desc="Mengimpor", file=sys.stderr
                ) as bar,
            ):
                report = import_wordpress(
                    path=path, office=office, folder=folder, media_folder=media,
                    may_fetch=options["fetch"], is_trial=options["dry_run"], progress=bar.update,
                )  # fmt: skip
        except OSError as error:
            raise CommandError(f"Berkas {path} tidak dapat dibaca: {error.strerror}.") from error
        except Busy as error:
            raise CommandError(said_busy(office)) from error
        finish(self, report)


def find_office(code: str) -> Office:
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise CommandError(f"Kantor {code} belum dimuat. Jalankan: zona offices load")
    return office


def said_busy(office: Office) -> str:
    return f"Impor lain untuk {office.short_name} sedang berjalan. Tunggu sampai selesai."


def finish(command: BaseCommand, report: Report) -> None:
    """Print the report; exit code 1 when something did not come over that should have."""
    command.stdout.write(report.text())
    if report.has_failed:
        raise CommandError(report.problem or "Ada yang gagal; lihat laporan.", returncode=1)
