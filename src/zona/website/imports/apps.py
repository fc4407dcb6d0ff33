from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "zona.website.imports"
    label = "imports"
    verbose_name = _("Imports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.ground.journal.verbs import register_verb

        register_verb(
            "imports.items_imported",
            _("imported pages of the old site for {target}"),
            {"count": _("number")},
        )
