"""First rows of the room, asked for at every start; those that are there stay as edited."""

from typing import Any

from django.core.management.base import BaseCommand

from ...actions.kinds import ensure_kinds


class Command(BaseCommand):
    help = "Mengisi jenis kegiatan yang belum ada."

    def handle(self, *args: Any, **options: Any) -> None:
        if added := ensure_kinds():
            self.stdout.write(f"{added} jenis kegiatan ditambahkan.")
