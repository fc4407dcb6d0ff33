"""`zona offices load [FILE]`: the offices of the whole country from the list of regions."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...actions.load import Loaded, load_offices
from ...rules import Region, RegionError

BUILT_IN = Path(__file__).resolve().parents[2] / "data" / "wilayah.csv"
"""Kepmendagri 300.2.2-2138/2025, by github.com/cahyadsn/wilayah (MIT)."""

COLUMNS = {"code", "name", "level", "parent"}
SHOWN = 10  # changed offices named one by one


class Command(BaseCommand):
    help = "Memuat atau memperbarui daftar kantor dari daftar wilayah (CSV)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=BUILT_IN, help="daftar lain")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            run = load_offices(actor="zona offices load", regions=read_regions(options["file"]))
        except OSError as error:
            raise CommandError(f"{options['file']} tidak dapat dibaca: {error}") from error
        except (RegionError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{options['file']} tidak dapat dipakai.\n{error}") from error
        if options["verbosity"]:
            for line in describe(run):
                self.stdout.write(line)


def read_regions(path: Path) -> Iterator[Region]:
    """The rows of a CSV file with columns code, name, level, parent and perhaps zone."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = COLUMNS - set(reader.fieldnames or [])
        if missing:
            raise RegionError(
                f"Kolom {', '.join(sorted(missing))} tidak ada. Baris pertama harus memuat "
                "code,name,level,parent (dan boleh zone)."
            )
        for row in reader:
            values = {name: (row.get(name) or "").strip() for name in (*COLUMNS, "zone")}
            yield Region(**values)


def describe(run: Loaded) -> Iterator[str]:
    """What was done, for the operator."""
    if run.is_empty:
        yield f"Daftar kantor sudah sesuai: {run.unchanged} kantor, tidak ada yang berubah."
        return
    counts = {
        "dibuat": len(run.made),
        "diperbarui": len(run.changed),
        "ditandai bubar": len(run.abolished),
        "tidak berubah": run.unchanged,
    }
    parts = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    yield f"Daftar kantor dimuat: {parts}."
    told = [*run.changed, *run.abolished]
    for office, changes in told[:SHOWN]:
        values = "; ".join(f"{old or '-'} -> {new or '-'}" for old, new in changes.values())
        yield f"  {office.code} {office.short_name}: {values}"
    if len(told) > SHOWN:
        yield f"  dan {len(told) - SHOWN} kantor lain; semuanya tercatat di jurnal."
