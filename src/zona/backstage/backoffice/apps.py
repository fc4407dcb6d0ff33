from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackofficeConfig(AppConfig):
    name = "zona.backstage.backoffice"
    label = "backoffice"
    verbose_name = _("Back office")

    def ready(self) -> None:
        from .workshop.labels import name_fields
        from .workshop.repairs import start_choosers_from_outside, understand_link_dialog

        name_fields()
        understand_link_dialog()
        start_choosers_from_outside()
