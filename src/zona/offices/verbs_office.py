"""How the acts upon offices and their calendar read in the journal."""

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
