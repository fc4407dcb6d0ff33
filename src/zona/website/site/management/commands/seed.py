"""First content, asked for at every start; changes nothing when there is something already."""

import sys
from collections.abc import Iterable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from zona.offices.models import Office

from ...actions.seeding import UnknownOffice, seed_demo, seed_national, seed_office


class Command(BaseCommand):
    help = "Mengisi kantor pertama: contoh, sungguhan (--office), atau semua (--national)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", default="", metavar="KODE")
        parser.add_argument("--national", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Office.objects.exists():
            self.stdout.write("Memuat daftar kantor …")
            call_command("load_offices", verbosity=0)
        code = options["office"] or ""
        try:
            if code:
                seed_office(code)
            elif options["national"]:
                opened = seed_national(track=self.track)
                if opened:
                    self.stdout.write(f"{opened} kantor dibuka.")
            elif not Office.objects.filter(is_open=True).exists():
                self.stdout.write("Mengisi kantor contoh …")
                seed_demo()
        except UnknownOffice as error:
            raise CommandError(
                f"Tidak ada kantor dengan kode {error}. Tulis kode wilayah seperti 33.74."
            ) from error

    def track(self, offices: list[Office]) -> Iterable[Office]:
        """A progress bar, where there is something to do."""
        if not offices:
            return offices
        return tqdm(offices, desc="Membuka kantor", unit="kantor", file=sys.stderr)
