"""Which backups are kept, how they are called, when one is too old. Plain values, no Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

DAILY, WEEKLY, MONTHLY = 7, 4, 12
NAME = "zona-%Y%m%d-%H%M%S"
TOO_OLD = dt.timedelta(hours=48)  # of backups that are made daily: one missed night may happen
TOO_OLD_BY_HAND = dt.timedelta(days=8)


def longest_age(*, is_daily: bool) -> dt.timedelta:
    """The age from which a last backup is too old."""
    return TOO_OLD if is_daily else TOO_OLD_BY_HAND


def name_backup(now: dt.datetime) -> str:
    """The folder of a scheduled backup, by the clock of the machine's own choice (`now`)."""
    return now.strftime(NAME)


def read_name(name: str) -> dt.datetime | None:
    """When a scheduled backup was made (naive), None for a folder that is not one."""
    try:
        return dt.datetime.strptime(name, NAME)  # noqa: DTZ007 - it carries no zone
    except ValueError:
        return None


def choose_kept(made: Iterable[dt.datetime]) -> set[dt.datetime]:
    """Of these moments those that are kept.

    The newest of each of the last 7 days, 4 weeks (ISO) and 12 months that have one. Days, weeks
    and months without a backup do not count: a machine that stood still for a year loses nothing.
    """
    newest_first = sorted(made, reverse=True)
    spans: tuple[tuple[int, Callable[[dt.datetime], Any]], ...] = (
        (DAILY, lambda moment: moment.date()),
        (WEEKLY, lambda moment: moment.isocalendar()[:2]),
        (MONTHLY, lambda moment: (moment.year, moment.month)),
    )
    kept = set()
    for count, span_of in spans:
        firsts: dict[Any, dt.datetime] = {}
        for moment in newest_first:
            firsts.setdefault(span_of(moment), moment)
        kept.update(list(firsts.values())[:count])
    return kept


def is_due(last: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the backup of the day is missing: one a calendar day, from one o'clock on."""
    return now.hour >= 1 and (last is None or last.date() < now.date())
