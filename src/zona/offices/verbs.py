"""How the acts upon offices, their calendar and their people read in the journal."""

from django.utils.translation import gettext_lazy as _

from zona.ground.journal.verbs import register_verb

from .models import Office
from .models.calendar import Weekday

CLOSED_DAY = {"starts_on": _("from"), "ends_on": _("until and including"), "reason": _("reason")}
HOLIDAY = {"date": _("date"), "name": _("name"), "kind": _("kind"), "decree": _("decree")}
STAGE = {
    **CLOSED_DAY,
    "name": _("stage"),
    "election": _("election"),
    "decree": _("legal base"),
    "explanation": _("what the public should know"),
}

ROLE = {
    "role": _("role"),
    "decree": _("number of the decree (SK)"),
    "starts_on": _("from"),
    "ends_on": _("until and including"),
    "covers_below": _("also for the offices below"),
}


def register_office_verbs() -> None:
    """Called once, when the room is ready."""
    particulars = {field.name: field.verbose_name for field in Office._meta.fields}
    particulars["accounts"] = _("accounts")
    hours = {f"day_{weekday}": name for weekday, name in Weekday.choices}
    counts = {"made": _("made"), "changed": _("changed"), "abolished": _("abolished")}
    register_verb("offices.load", _("loaded the list of offices"), counts)
    register_verb("offices.relocate", _("changed {target} by the list of regions"), particulars)
    register_verb("offices.abolish", _("marked {target} as abolished"), particulars)
    register_verb("offices.update", _("changed the particulars of {target}"), particulars)
    register_verb("offices.finish_setup", _("finished the first set-up of {target}"))
    register_verb("offices.save_hours", _("changed the service hours of {target}"), hours)
    register_verb("offices.add_closed_day", _("closed the office: {target}"), CLOSED_DAY)
    register_verb("offices.remove_closed_day", _("took back the closing: {target}"), CLOSED_DAY)
    register_verb("offices.save_holiday", _("changed the calendar: {target}"), HOLIDAY)
    register_verb("offices.remove_holiday", _("took from the calendar: {target}"), HOLIDAY)
    register_verb("offices.save_stage", _("changed the election stage {target}"), STAGE)
    register_verb("offices.remove_stage", _("removed the election stage {target}"), STAGE)


def register_people_verbs() -> None:
    """Called once, when the room is ready."""
    register_verb("offices.person_invited", _("invited {target}"), ROLE)
    register_verb("offices.invitation_accepted", _("accepted the invitation: {target}"))
    register_verb("offices.invitation_withdrawn", _("withdrew the invitation: {target}"))
    register_verb("offices.role_given", _("gave a role to {target}"), ROLE)
    register_verb("offices.role_ended", _("ended a role of {target}"), ROLE)
    register_verb("offices.role_cancelled", _("took back a role of {target} before it began"), ROLE)
    register_verb("offices.login_link_made", _("made a one-time sign-in link for {target}"))
    register_verb("offices.login_link_used", _("signed in by a one-time link"))
    register_verb("offices.second_factor_reset", _("took away the second keys of {target}"))
