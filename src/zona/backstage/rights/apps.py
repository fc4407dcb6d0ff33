from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "zona.backstage.rights"
    label = "rights"
    verbose_name = _("Roles and rights")

    def ready(self) -> None:
        from . import checks, receivers  # noqa: F401
