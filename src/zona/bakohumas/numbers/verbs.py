"""How what is said about periodic data reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zona.ground.journal.verbs import register_verb


def register_verbs() -> None:
    register_verb("numbers.periodic_duties_added", _("added the kinds of periodic data"))
    register_verb("numbers.periodic_duty_added", _("added the periodic data {target}"))
    register_verb("numbers.periodic_duty_changed", _("changed the periodic data {target}"))
    said = {"period": _("period"), "published_on": _("published on")}
    register_verb("numbers.data_noted", _("noted that {target} was published"), said)
    register_verb("numbers.data_withdrawn", _("took back that {target} was published"), said)
