"""Make the index of search anew, with progress; or let the worker do it when it is stale."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ...engines.base import EngineUnavailable
from ...index.rebuilding import count_work, order_rebuild_when_stale, rebuild_all


class Command(BaseCommand):
    help = "Menyusun ulang indeks pencarian; pencarian tetap menjawab selama itu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--when-stale", action="store_true", help="hanya bila perlu, oleh pekerja"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["when_stale"]:
            if order_rebuild_when_stale():
                self.stdout.write("Indeks pencarian disusun oleh pekerja.")
            return
        with tqdm(total=count_work(), unit=" isi", disable=None) as bar:

            def step(name: str, count: int) -> None:
                bar.set_description(name)
                bar.update(count)

            try:
                done = rebuild_all(step)
            except EngineUnavailable as error:
                raise CommandError(
                    f"Indeks basis data lengkap, tetapi OpenSearch tidak menjawab: {error}."
                    " Periksa ZONA_SEARCH_URL, lalu jalankan lagi."
                ) from error
        self.stdout.write(f"{done['entries']} isi dapat dicari, {done['words']} kata.")
