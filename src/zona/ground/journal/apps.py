"""The room `journal`."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    """Append-only record; knows no other room."""

    name = "zona.ground.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_restore_guards, sender=self, dispatch_uid="journal.guards")


def _restore_guards(
    *, using: str, plan: list[tuple[Any, bool]] | None = None, **kwargs: object
) -> None:
    # SQLite rebuilds a table when a column changes and silently drops its triggers with it.
    from . import guards

    undone = any(back and step.app_label == "journal" for step, back in plan or [])
    if not undone and guards.missing(connections[using]):
        guards.install(connections[using])
