from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NumbersConfig(AppConfig):
    name = "zona.bakohumas.numbers"
    label = "numbers"
    verbose_name = _("Scores and coverage")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .staff import todos  # noqa: F401
        from .verbs import register_verbs

        register_verbs()
