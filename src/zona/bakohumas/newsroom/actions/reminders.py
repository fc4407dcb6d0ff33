"""Telling staff that a duty waits: once before its deadline, once when it is late."""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zona.bakohumas.agenda.actions.duties import remind
from zona.bakohumas.agenda.models import Assignment
from zona.bakohumas.channels.delivery.alerts import notify


def run() -> int:
    """Find what is due and tell the places for alerts of its office; the number of duties."""
    found = remind(timezone.now())
    with translation.override("id"):
        for duty, what in found:
            notify(office=duty.office, topic="duties", text=say(duty, what))
    return len(found)


def say(duty: Assignment, what: str) -> str:
    """One sentence: what, whose, until when."""
    until = duty.due_at.astimezone(duty.office.tz)
    words = {
        "what": duty.get_form_display(),
        "event": duty.participation.event.title,
        "person": duty.person.get_full_name() if duty.person else _("nobody yet"),
        "until": date_format(until, "l, j F Y, H.i") + f" {duty.office.zone}",
    }
    if what == "late":
        return _("Late: %(what)s on “%(event)s” (%(person)s), due %(until)s.") % words
    return _("Due soon: %(what)s on “%(event)s” (%(person)s), until %(until)s.") % words
