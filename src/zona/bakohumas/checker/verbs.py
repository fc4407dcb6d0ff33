"""How the checker's doings read in the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zona.ground.journal.verbs import register_verb


def register_verbs() -> None:
    register_verb(
        "checker.check_overridden",
        _("passed over findings of the checker on: {target}"),
        {"rules": _("rules")},
    )
