"""`{% timeline object %}`: what happened to a thing, for staff to read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Model
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from .. import queries
from ..models import Entry
from ..naming import PUBLIC, Target
from ..verbs import find_verb

register = template.Library()


@dataclass(frozen=True, slots=True)
class Change:
    """One field as people read it."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the record as people read it."""

    at: datetime
    actor: str
    sentence: str
    reason: str
    changes: list[Change]


@register.inclusion_tag("journal/timeline.html")
def timeline(target: Model | Target, limit: int = 50) -> dict[str, Any]:
    """The newest `limit` events of an object. It names staff: show it to those who may see it."""
    return {"events": [read_event(entry) for entry in queries.timeline(target, limit)]}


def read_event(entry: Entry) -> Event:
    """An entry in words."""
    verb = find_verb(entry.verb)
    actor = {"": _("The system"), PUBLIC: _("A visitor")}.get(entry.actor_label, entry.actor_label)
    changes = [
        Change(str(verb.fields.get(name, name)), read_value(old), read_value(new))
        for name, (old, new) in entry.changes.items()
    ]
    sentence = str(verb.sentence).replace("{target}", entry.target_label)
    return Event(entry.at, actor, sentence, entry.reason, changes)


def read_value(value: Any) -> str:
    """A stored value in words: dates in the reader's form, nothing as a dash."""
    match value:
        case None | "":
            return "–"
        case list() | dict() if not value:
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case list():
            return ", ".join(read_value(item) for item in value)
        case dict():
            return ", ".join(f"{key}: {read_value(item)}" for key, item in value.items())
        case str():
            return _read_date(value) or value
    return str(value)


def _read_date(text: str) -> str | None:
    try:
        moment: date | None = parse_date(text) or parse_datetime(text)
    except ValueError:  # shaped like a date, but none, as 2026-02-31
        return None
    if isinstance(moment, datetime):
        return date_format(localtime(moment) if is_aware(moment) else moment, "j F Y, H.i")
    return date_format(moment, "j F Y") if moment else None
