from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "zona.bakohumas.agenda"
    label = "agenda"
    verbose_name = _("Agenda")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.ground.files.registry import register_kind
        from zona.website.site.pages.agenda import register_agenda

        from .exchange.sent import AgendaCalendar, AgendaTable
        from .staff import todos  # noqa: F401
        from .verbs import register_verbs
        from .views import events_for_home

        register_kind(AgendaTable())
        register_kind(AgendaCalendar())
        register_agenda(events_for_home)
        register_verbs()
