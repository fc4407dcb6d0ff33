from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RedirectsConfig(AppConfig):
    name = "zona.website.redirects"
    label = "redirects"
    verbose_name = _("Redirects")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.ground.files.registry import register_kind
        from zona.ground.journal.verbs import register_verb

        from . import receivers  # noqa: F401
        from .exchange.sent import RedirectTable

        register_kind(RedirectTable())

        fields = {"old_path": _("old address"), "target": _("leads to")}
        register_verb(
            "redirects.redirect_added", _("made the old address {target} lead on"), fields
        )
        register_verb("redirects.redirect_changed", _("changed the old address {target}"), fields)
        register_verb("redirects.redirect_removed", _("removed the old address {target}"), fields)
        register_verb(
            "redirects.redirects_added",
            _("loaded a table of old addresses for {target}"),
            {"count": _("number")},
        )
        register_verb(
            "redirects.page_followed",
            _("keeps the old address of {target} working"),
            {"count": _("number")},
        )
