"""Publish and take down what is due now (the scheduler does this every minute)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...actions.pages import run_schedule


class Command(BaseCommand):
    help = "Menerbitkan dan menurunkan halaman yang sudah waktunya."

    def handle(self, *args: Any, **options: Any) -> None:
        done = run_schedule()
        self.stdout.write(f"{done.published} terbit, {done.expired} turun.")
        if done.failed:
            raise CommandError(f"Gagal: {', '.join(done.failed)}. Lihat catatan galat.")
