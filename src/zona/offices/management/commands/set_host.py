"""`zona offices host CODE NAME`: an office's own host name."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...actions.office import set_host
from ...models import Office


class Command(BaseCommand):
    help = "Memberi kantor nama host sendiri; tanpa nama: mengambilnya kembali."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="KODE")
        parser.add_argument("host", nargs="?", default="", metavar="NAMA")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(code=options["code"]).first()
        if office is None:
            raise CommandError(f"Tidak ada kantor dengan kode {options['code']}.")
        try:
            office = set_host(actor="zona offices host", office=office, host=options["host"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        where = f"dilayani di {office.host}" if office.host else "tidak lagi punya host sendiri"
        self.stdout.write(f"{office.short_name} {where}.")
