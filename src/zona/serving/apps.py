from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServingConfig(AppConfig):
    name = "zona.serving"
    label = "serving"
    verbose_name = _("Serving")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.bakohumas.newsroom.readership import register_counter

        from . import changes, counting

        changes.start()
        register_counter(counting.views_since)
