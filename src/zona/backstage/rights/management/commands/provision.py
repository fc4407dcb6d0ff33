"""`zona provision [CODE]`: bring groups, rights, folders and sites in line with the roles."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zona.offices.models import Office

from ...provision import provision, provision_all


class Command(BaseCommand):
    help = "Menyusun ulang kelompok, hak, folder dan situs dari peran yang berlaku."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="kode kantor, misalnya 33.08; tanpa ini: semua")

    def handle(self, *args: Any, code: str | None = None, **options: Any) -> None:
        if not code:
            self.stdout.write(f"{provision_all()} kantor disesuaikan.")
            return
        office = Office.objects.filter(code=code).first()
        if office is None:
            raise CommandError(f"Tidak ada kantor dengan kode {code}.")
        changed = provision(office)
        self.stdout.write(f"{office}: {'disesuaikan' if changed else 'sudah sesuai'}.")
