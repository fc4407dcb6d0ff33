from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "zona.website.site"
    label = "site"
    verbose_name = _("Website")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.backstage.media.access import register_public_check
        from zona.backstage.rights.places import Places, register_places

        from . import publishing, receivers  # noqa: F401
        from .files import exposure  # noqa: F401
        from .machines import feeds  # noqa: F401
        from .machines.search import register as register_search
        from .pages import hosts, views  # noqa: F401
        from .pages.agenda import own_events, register_agenda
        from .pages.doors import Door, register_door
        from .pages.frame import news_url
        from .queries import directory_of, home_of
        from .recorded.recordings import is_played_in_public
        from .staff import todos  # noqa: F401
        from .verbs import register_verbs

        register_places(Places(home_of, directory_of))
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
        register_verbs()
