from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "zona.bakohumas.partners"
    label = "partners"
    verbose_name = _("Partners")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.ground.journal.verbs import register_verb

        from .staff import todos  # noqa: F401

        fields = {"fields": _("fields")}
        register_verb("partners.contact_added", _("added: {target}"), fields)
        register_verb("partners.contact_changed", _("changed: {target}"), fields)
        register_verb("partners.contact_verified", _("verified: {target}"))
        register_verb("partners.contact_forgotten", _("erased: {target}"))
        register_verb("partners.touch_noted", _("noted a talk with: {target}"))
