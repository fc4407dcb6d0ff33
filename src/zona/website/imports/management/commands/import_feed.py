"""`zona import feed URL|FILE --office KODE`: RSS or Atom of an old site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...actions.feed import import_feed
from ...feeds import NoFeed
from ...fetching import NotFetched
from ...runs import Busy, own_folder
from .import_wordpress import find_office, finish, said_busy


class Command(BaseCommand):
    help = "Mengimpor umpan RSS atau Atom ke situs satu kantor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="ALAMAT")
        parser.add_argument("--office", required=True, metavar="KODE")
        parser.add_argument("--fetch", action="store_true")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        office, source = find_office(options["office"]), options["source"]
        try:
            with own_folder(office, "umpan") as folder:
                report = import_feed(
                    source=source, office=office, folder=folder, may_fetch=options["fetch"],
                    is_trial=options["dry_run"],
                )  # fmt: skip
        except OSError as error:
            raise CommandError(f"Berkas {source} tidak dapat dibaca: {error.strerror}.") from error
        except (NotFetched, NoFeed) as error:
            raise CommandError(f"Umpan tidak dapat diambil: {error}") from error
        except Busy as error:
            raise CommandError(said_busy(office)) from error
        finish(self, report)
