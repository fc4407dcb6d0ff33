"""`zona import articles FILE`: articles of old sites from JSON Lines."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ...actions.importing import Summary, import_articles


class Command(BaseCommand):
    help = "Mengimpor artikel situs lama dari berkas JSON Lines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BERKAS")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            size = path.stat().st_size
            with tqdm(
                total=size, unit="B", unit_scale=True, desc="Mengimpor", file=sys.stderr
            ) as bar:
                summary = import_articles(path, progress=bar.update)
        except OSError as error:
            raise CommandError(f"Berkas {path} tidak dapat dibaca: {error.strerror}.") from error
        self.report(summary)
        if summary.problems:
            raise CommandError(f"{len(summary.problems)} baris tidak dapat diimpor.", returncode=1)

    def report(self, summary: Summary) -> None:
        for number, reason in summary.problems:
            self.stderr.write(f"Baris {number}: {reason}.")
        created = sum(summary.created.values())
        self.stdout.write(
            f"{created} artikel baru pada {len(summary.created)} kantor, "
            f"{summary.known} sudah ada, {len(summary.problems)} baris bermasalah."
        )
        if summary.opened:
            self.stdout.write(f"Situs dibuka untuk {len(summary.opened)} kantor.")
