"""First rows of the newsroom, asked for at every start; those that are there stay as edited."""

from typing import Any

from django.core.management.base import BaseCommand

from ...actions.kinds import ensure_kinds
from ...actions.periodic import ensure_periodic_duties


class Command(BaseCommand):
    help = "Mengisi jenis kegiatan dan jenis data berkala yang belum ada."

    def handle(self, *args: Any, **options: Any) -> None:
        added = ensure_kinds()
        if added:
            self.stdout.write(f"{added} jenis kegiatan ditambahkan.")
        added = ensure_periodic_duties()
        if added:
            self.stdout.write(f"{added} jenis data berkala ditambahkan.")
