from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShowcaseConfig(AppConfig):
    name = "zona.showcase"
    label = "showcase"
    verbose_name = _("Website")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.journal.verbs import register_verb

        from . import checks, hosts, receivers, receivers_duties, todo_sources  # noqa: F401
        from .agenda import own_events, register_agenda
        from .doors import Door, register_door
        from .frame import news_url
        from .labels import name_fields
        from .repairs import understand_link_dialog
        from .verbs_desk import register_verbs

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
        name_fields()
        understand_link_dialog()
        register_verbs()
        register_verb("showcase.office_opened", _("opened the website of {target}"))
        register_verb("showcase.page_published", _("published {target}"))
        register_verb("showcase.page_unpublished", _("took down {target}"))
        register_verb(
            "showcase.page_reviewed",
            _("reviewed {target}"),
            {"reviewed_at": _("last reviewed")},
        )
        register_verb(
            "showcase.articles_imported",
            _("imported articles for {target}"),
            {"count": _("number")},
        )
