from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CardsConfig(AppConfig):
    name = "zona.website.cards"
    label = "cards"
    verbose_name = _("Social media cards")

    def ready(self) -> None:
        from zona.ground.journal.verbs import register_verb
        from zona.website.site.pages.sharing import CardMaker, register_cards

        from . import faces, receivers, store  # noqa: F401

        register_cards(CardMaker(faces.describe, faces.address_of, store.draw))
        register_verb(
            "cards.card_changed",
            _("changed the social media card of {target}"),
            {"photo": _("photo"), "focus": _("focus")},
        )
