from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    name = "zona.offices"
    label = "offices"
    verbose_name = _("Offices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks_office, locks  # noqa: F401
        from .verbs_office import register_office_verbs
        from .verbs_people import register_people_verbs

        register_office_verbs()
        register_people_verbs()
        locks.install()
