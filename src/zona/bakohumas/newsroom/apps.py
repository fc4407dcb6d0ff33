from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "zona.bakohumas.newsroom"
    label = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import receivers_writing, todos_writing  # noqa: F401
        from .verbs_writing import register_verbs as register_writing_verbs

        register_writing_verbs()

        from zona.ground.files.registry import register_kind
        from zona.website.showcase.agenda import register_agenda

        from . import todos_agenda  # noqa: F401
        from .sent import AgendaCalendar, AgendaTable
        from .verbs_agenda import register_verbs as register_agenda_verbs
        from .views.public import events_for_home

        register_kind(AgendaTable())
        register_kind(AgendaCalendar())
        register_agenda_verbs()
        register_agenda(events_for_home)
        from . import receivers_checking  # noqa: F401
        from .verbs_checking import register_verbs as register_checking_verbs

        register_checking_verbs()
        from . import todos_freshness  # noqa: F401
        from .verbs_numbers import register_verbs as register_numbers_verbs

        register_numbers_verbs()
        from . import receivers_approval, todos_approval  # noqa: F401
        from .verbs_approval import register_verbs as register_approval_verbs

        register_approval_verbs()
