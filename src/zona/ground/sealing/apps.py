from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "zona.ground.sealing"
    label = "sealing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import addresses  # noqa: F401  # `<secret:…>` in patterns
