"""First rows of the room, asked for at every start; those that are there stay as edited."""

from typing import Any

from django.core.management.base import BaseCommand

from ...actions.periodic import ensure_periodic_duties


class Command(BaseCommand):
    help = "Mengisi jenis data berkala yang belum ada."

    def handle(self, *args: Any, **options: Any) -> None:
        if added := ensure_periodic_duties():
            self.stdout.write(f"{added} jenis data berkala ditambahkan.")
