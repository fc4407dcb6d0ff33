from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuardConfig(AppConfig):
    name = "zona.ground.guard"
    label = "guard"
    verbose_name = _("Guard of public forms")
    default_auto_field = "django.db.models.BigAutoField"
