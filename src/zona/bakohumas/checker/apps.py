from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckerConfig(AppConfig):
    name = "zona.bakohumas.checker"
    label = "checker"
    verbose_name = _("Checker")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .verbs import register_verbs

        register_verbs()
