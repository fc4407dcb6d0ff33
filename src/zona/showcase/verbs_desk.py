"""How what the staff's screens of the website do reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zona.journal.verbs import register_verb


def register_verbs() -> None:
    register_verb("showcase.duties_added", _("added mandatory pages"), {"codes": _("pages")})
    register_verb("showcase.duty_added", _("added the mandatory page {target}"))
    register_verb("showcase.duty_changed", _("changed the mandatory page {target}"))
    register_verb("showcase.rubric_added", _("added the rubric {target}"))
    register_verb("showcase.rubric_changed", _("changed the rubric {target}"))
    register_verb("showcase.rubric_removed", _("removed the rubric {target}"))
    register_verb(
        "showcase.years_confirmed",
        _("confirmed the years of imported articles of {target}"),
        {"pages": _("pages")},
    )
