from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShowcaseConfig(AppConfig):
    name = "zona.website.showcase"
    label = "showcase"
    verbose_name = _("Website")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.backstage.media.access import register_public_check

        from . import checks, exposure, hosts, receivers  # noqa: F401
        from .agenda import own_events, register_agenda
        from .desk import receivers as desk_receivers  # noqa: F401
        from .desk import sources  # noqa: F401
        from .desk.labels import name_fields
        from .desk.repairs import start_choosers_from_outside, understand_link_dialog
        from .doors import Door, register_door
        from .frame import news_url
        from .recordings import is_played_in_public
        from .search import register as register_search
        from .social import receivers as social_receivers  # noqa: F401
        from .verbs import register_verbs

        register_public_check(is_played_in_public)
        register_agenda(own_events)
        register_door(
            Door(
                "bakohumas",
                _("News of our activities"),
                _("What this office does, told by the people who do it."),
                "newspaper",
                news_url,
            )
        )
        register_search()
        name_fields()
        understand_link_dialog()
        start_choosers_from_outside()
        register_verbs()
