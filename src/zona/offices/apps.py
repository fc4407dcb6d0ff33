from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    name = "zona.offices"
    label = "offices"
    verbose_name = _("Offices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .sign_in import locks
        from .verbs import register_office_verbs, register_people_verbs

        register_office_verbs()
        register_people_verbs()
        locks.install()
