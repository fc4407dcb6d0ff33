"""Entries of other calendars as rows of an agenda, with what is wrong or guessed in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import Visibility
from ..rules import agenda as rules
from ..rules.calendars import MOST_REPEATS, Entry
from .rows import Row


def read_entries(
    entries: Iterable[dict[str, Any]], kinds: Iterable[str]
) -> tuple[list[Row], list[str]]:
    """A row for each entry that `rules/calendars.py` found, and what was left out.

    Raises ValidationError when there is none.
    """
    known, rows, notes = list(kinds), [], []
    for entry in (Entry(**plain) for plain in entries):
        if entry.problem == "outside":
            notes.append(
                _("“%(title)s” was left out: it repeats neither in the last month nor in the next"
                  " year.") % {"title": entry.title[:80]}
            )  # fmt: skip
        else:
            rows.append(_row(entry, known))
    if not rows:
        raise ValidationError(_("The calendar holds no events."))
    return rows, notes


def _row(entry: Entry, kinds: list[str]) -> Row:
    title = entry.title or _("Without a title")
    row = Row(entry.number, {"title": title}, title=title, place=entry.place)
    row.summary, row.kind = entry.summary, rules.guess_kind(title, kinds)
    row.is_cancelled, row.is_all_day = entry.is_cancelled, entry.is_all_day
    row.uid, row.series = entry.uid, entry.series
    if entry.is_closed:
        row.visibility = Visibility.CLOSED
    if entry.starts_at:
        row.starts_at = dt.datetime.fromisoformat(entry.starts_at)
        row.ends_at = dt.datetime.fromisoformat(entry.ends_at)
        row.cells["date"] = row.starts_at.isoformat(" ", "minutes")
    if entry.problem:
        row.problems.append(_problems()[entry.problem])
    row.hints += [_hints()[note] for note in entry.notes]
    return row


def _problems() -> dict[str, str]:
    return {
        "start": _("It cannot be read when it begins or ends. Mend the event in its calendar."),
        "recurrence": _("It cannot be read which repeat it stands for. Add it by hand."),
        "repeats": _("How it repeats could not be read. Add the repeats by hand, or one by one."),
        "day": _("This day does not exist. Look at the day and the month."),
        "backwards": _("The event ends before it begins. Mend the day or the time."),
        "long": _("An entry lasts at most two months."),
        "twice": _("The same event stands in the file twice; it is taken once."),
    }


def _hints() -> dict[str, str]:
    return {
        "html": _("The description was HTML; only its text was taken."),
        "length": _("The calendar does not say when it ends; the usual length was taken."),
        "same_uid": _("Another event in the file has the same UID; both are taken."),
        "repeats_cut": _("Only the first %(count)s repeats were taken.") % {"count": MOST_REPEATS},
    }
