from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TypedConfig(AppConfig):
    name = "zona.ground.typed"
    label = "typed"
    verbose_name = _("Dates, times and numbers")

    def ready(self) -> None:
        from .workshop import furnish

        furnish()
