"""What tests of coverage and writing begin from: an event in an office's calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from zona.bakohumas.agenda.actions.duties import ensure_default_duties
from zona.bakohumas.agenda.models import Event, EventKind, Participation
from zona.offices.models import Office


def make_kind(code: str = "uji-sosialisasi", **fields: Any) -> EventKind:
    defaults: dict[str, Any] = {
        "name": "Sosialisasi",
        "group": "Pendidikan pemilih",
        "duties": ["text", "photo"],
        "deadline_hours": 24,
        "valid_from": dt.date(2020, 1, 1),
    }
    found, _new = EventKind.objects.update_or_create(code=code, defaults=defaults | fields)
    return found


def make_event(office: Office, title: str = "Goes to School", **fields: Any) -> Event:
    now = timezone.now()
    defaults = {
        "kind": fields.pop("kind", None) or make_kind(),
        "starts_at": now - dt.timedelta(hours=4),
        "ends_at": now - dt.timedelta(hours=2),
        "place": "SMA Taruna Nusantara",
        "people": "Ketua KPU dan 200 siswa",
    }
    return Event.objects.create(office=office, title=title, **(defaults | fields))


def take_part(event: Event, office: Office | None = None, **fields: Any) -> Participation:
    office = office or event.office
    is_host = office.pk == event.office_id
    part = Participation.objects.create(event=event, office=office, is_host=is_host, **fields)
    ensure_default_duties(part)
    return part
