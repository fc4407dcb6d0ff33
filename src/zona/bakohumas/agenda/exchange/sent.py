"""Files with an agenda that staff send: tables and calendars, read, looked at, taken over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.files.faults import say_note
from zona.ground.files.models import SentFile, State
from zona.ground.files.reader import limits
from zona.ground.files.registry import Kind
from zona.offices.models import Office, User
from zona.offices.views.office import actor_of

from ..actions.importing import LIMITS, import_events
from ..models import Visibility
from ..policies.events import get_planned_for
from ..queries import events as queries
from ..staff.agenda import context_of, today_at
from .calendars import read_entries
from .rows import Row
from .sheets import read_sheets


class AgendaFile(Kind):
    """found: {"rows": packed Row, "notes": sentences}; outcome: numbers of entries."""

    most_bytes = limits.AGENDA_BYTES
    template = "agenda/office/sent.html"

    def rows(self, found: Any, office: Office) -> tuple[list[Row], list[str]]:
        raise NotImplementedError

    def understand(self, sent: SentFile, found: Any) -> dict[str, Any]:
        office = Office.objects.get(code=sent.office_code)
        rows, notes = self.rows(found, office)
        for row in rows:
            _cut(row)
        return {"rows": [row.pack() for row in rows], "notes": notes}

    def take(self, sent: SentFile) -> dict[str, Any]:
        outcome = import_events(
            actor=User.objects.get(pk=sent.sender_id),
            office=Office.objects.get(code=sent.office_code),
            rows=[Row.unpack(row) for row in sent.found["rows"]],
            visibility=sent.options["visibility"],
        )
        return {"added": outcome.added, "updated": outcome.updated, "same": outcome.unchanged}

    def frame(self, request: HttpRequest, sent: SentFile) -> dict[str, Any]:
        user = actor_of(request)
        office = get_planned_for(user, sent.office_code)
        back = reverse("agenda_staff:import", args=[office.code])
        way = ((back, _("Import an agenda")),)
        context = context_of(user, office, _("Look at the file"), *way) | {"back_url": back}
        if sent.state in (State.READ, State.TAKEN):
            context |= _show(sent, office)
        return context


class AgendaTable(AgendaFile):
    name = "agenda_table"
    reader = "zona.ground.files.reader.tables:read_table"

    def rows(self, found: Any, office: Office) -> tuple[list[Row], list[str]]:
        kinds = queries.kind_names(today_at(office))
        rows, notes = read_sheets(found["sheets"], office, kinds)
        return rows, [say_note(*note) for note in found["notes"]] + notes


class AgendaCalendar(AgendaFile):
    name = "agenda_calendar"
    reader = "zona.bakohumas.agenda.rules.calendars:read_calendar"

    def arguments(self, sent: SentFile) -> dict[str, Any]:
        office = Office.objects.get(code=sent.office_code)
        return {"zone": str(office.tz), "today": today_at(office).isoformat()}

    def rows(self, found: Any, office: Office) -> tuple[list[Row], list[str]]:
        return read_entries(found, queries.kind_names(today_at(office)))


def kind_of(name: str) -> str:
    """The kind of an agenda's file by its name."""
    return AgendaCalendar.name if name.lower().endswith(".ics") else AgendaTable.name


def _cut(row: Row) -> None:
    """Shorten what is too long for the agenda, and say so."""
    names = {"title": _("Title"), "place": _("Place"), "people": _("Taking part"),
             "host_name": _("Host"), "summary": _("Summary")}  # fmt: skip
    for name, longest in LIMITS.items():
        text = getattr(row, name)
        if len(text) > longest:
            setattr(row, name, text[:longest])
            row.hints.append(
                _("“%(field)s” was cut to %(count)s characters.")
                % {"field": names[name], "count": longest}
            )


def _show(sent: SentFile, office: Office) -> dict[str, Any]:
    rows = [Row.unpack(row) for row in sent.found["rows"]]
    good = [row for row in rows if row.is_good and row.starts_at]
    good.sort(key=lambda row: row.starts_at or timezone.now())
    names = queries.kind_names(today_at(office))
    for row in good:
        row.cells["kind_name"] = names.get(row.kind, "")
        row.cells["day"] = row.starts_at.astimezone(office.tz)  # type: ignore[assignment,union-attr]
    return {
        "good": good,
        "bad": [row for row in rows if not row.is_good],
        "notes": sent.found["notes"],
        "guessed": sum(bool(row.hints) for row in good),
        "is_closed": sent.options["visibility"] == Visibility.CLOSED,
    }
