from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "zona.operations.backup"
    label = "backup"

    def ready(self) -> None:
        from . import checks, todos  # noqa: F401  they register themselves
