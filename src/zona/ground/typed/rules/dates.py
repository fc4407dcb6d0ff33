"""Days and ranges of days: Kamis, 31 Desember 2026; 31/12/2026; 21 s.d. 23 Agustus 2025."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from .text import Unreadable, plain_of

FIRST_YEAR, LAST_YEAR = 1900, 2100
CENTURY_TURN = 80  # "79" is 2079, "80" is 1980

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_ENGLISH_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_ENGLISH_MONTHS = (
    "january february march april may june july august september october november december"
)
_SHORT_DAYS = ["sen", "sel", "rab", "kam", "jum", "sab", "min"]

DAY_WORDS: Mapping[str, int] = {
    **{word: n for n, word in enumerate(_ENGLISH_DAYS.split())},
    **{word[:3]: n for n, word in enumerate(_ENGLISH_DAYS.split())},
    **{word.lower(): n for n, word in enumerate(WEEKDAYS)},
    **{word: n for n, word in enumerate(_SHORT_DAYS)},
    "tues": 1, "thur": 3, "thurs": 3, "ahad": 6, "mgg": 6,
}  # fmt: skip
"""Weekdays without apostrophe, long and short, also English; Monday is 0."""

MONTH_WORDS: Mapping[str, int] = {
    **{word: n for n, word in enumerate(_ENGLISH_MONTHS.split(), 1)},
    **{word[:3]: n for n, word in enumerate(_ENGLISH_MONTHS.split(), 1)},
    **{word.lower(): n for n, word in enumerate(MONTHS, 1)},
    **{word[:3].lower(): n for n, word in enumerate(MONTHS, 1)},
    "pebruari": 2, "peb": 2, "agt": 8, "ags": 8, "agst": 8, "agust": 8, "sept": 9, "nopember": 11,
    "nop": 11,
}  # fmt: skip
"""Months, long and short, also English and in the old spelling; January is 1."""

_ORDER = r"(?:st|nd|rd|th)?"
_YEAR = r"([0-9]{4}|[0-9]{2})"
_NUMERIC = re.compile(rf"([0-9]{{1,2}}) ?([/.\- ]) ?([0-9]{{1,2}}) ?\2 ?{_YEAR}")
_WORDED = re.compile(
    rf"([0-9]{{1,2}}){_ORDER}[ ./\-]{{0,3}}(?:bulan )?([a-z]{{3,12}})\.?"
    rf"[ ,/\-]{{0,3}}(?:tahun )?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"([a-z]{{3,12}})\.? ([0-9]{{1,2}}){_ORDER}(?:, ?| ){_YEAR}")
_ISO = re.compile(r"([0-9]{4})([\-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_NO_YEAR = re.compile(
    r"[0-9]{1,2}[ \-]{0,2}[a-z]{3,12}\.?|[0-9]{1,2} ?[/.\-] ?[0-9]{1,2}|[a-z]{3,12}\.? [0-9]{1,2}"
)
_LEADING = re.compile(r"(?:hari|tanggal|tgl|pada)(?![a-z])[ .:,]*|[ ,./(:\-]+")
_WORD = re.compile(r"[a-z]+")
_LAST_WORD = re.compile(r"[ ,]*\(? ?(?:hari )?([a-z]+) ?\)?$")


def read_date(text: str) -> dt.date:
    """ "Kamis, 31 Desember 2026", "31/12/2026", "31-12-26", "31 Des 2026", "2026-12-31".

    A weekday that does not fit is an error: one of the two is wrong, and nobody can guess which.
    Raises Unreadable.
    """
    return read_plain_day(plain_of(text))


def read_plain_day(plain: str) -> dt.date:
    if not plain:
        raise Unreadable("no_date")
    weekdays, rest = _split_weekdays(plain)
    found = _date_of(*_parts(rest))
    if len(weekdays) > 1:
        raise Unreadable("no_date_form")
    _check_weekday(found, weekdays[:1])
    return found


def _check_weekday(day: dt.date, weekdays: list[int]) -> None:
    if weekdays and day.weekday() != weekdays[0]:
        raise Unreadable("wrong_weekday", WEEKDAYS[day.weekday()])


def _split_weekdays(text: str) -> tuple[list[int], str]:
    """The weekdays before or behind a date, and the date without them and words like "tanggal"."""
    days: list[int] = []
    while True:
        if lead := _LEADING.match(text):
            text = text[lead.end() :]
            continue
        word = _WORD.match(text)
        if not word or word[0] in MONTH_WORDS:
            break
        if word[0] not in DAY_WORDS:
            raise Unreadable(
                "no_weekday" if any(map(str.isdigit, text)) else "no_date_form", word[0]
            )
        days.append(DAY_WORDS[word[0]])
        text = text[word.end() :].removeprefix(".")
    text = text.rstrip(" .,;")
    behind = _LAST_WORD.search(text)
    if behind and behind[1] in DAY_WORDS and not days:
        days, text = [DAY_WORDS[behind[1]]], text[: behind.start()]
    return days, text.rstrip(" .,;)")


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month, day as they are written."""
    if match := _ISO.fullmatch(text):
        year, _sep, month, day, *packed = match.groups()
        return (int(year), int(month), int(day)) if year else _three(packed)
    if match := _NUMERIC.fullmatch(text):
        return _day_first(int(match[1]), int(match[3]), _year(match[4]))
    if match := _WORDED.fullmatch(text):
        return _year(match[3]), _month(match[2]), int(match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return _year(match[3]), _month(match[1]), int(match[2])
    raise Unreadable("no_year" if _NO_YEAR.fullmatch(text) else "no_date_form")


def _three(digits: list[str]) -> tuple[int, int, int]:
    """20261231 or 31122026: a year in its place leaves no month for the other reading."""
    year, month, day = digits
    if 1 <= int(month) <= 12:
        return int(year), int(month), int(day)
    return int(month + day), int(year[2:]), int(year[:2])


def _day_first(day: int, month: int, year: int) -> tuple[int, int, int]:
    """12/31/2026 is never turned round in silence: the other reading is only proposed."""
    if month > 12 >= day >= 1 and month <= 31:
        raise Unreadable("month_first", f"{month}/{day}/{year}")
    return year, month, day


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < CENTURY_TURN else 1900)


def _month(word: str) -> int:
    try:
        return MONTH_WORDS[word]
    except KeyError:
        raise Unreadable("no_month", word) from None


def _date_of(year: int, month: int, day: int) -> dt.date:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise Unreadable("no_such_day") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable("no_such_year", str(found.year))
    return found


_TO = re.compile(r" ?(?:-| s ?[./]? ?d[ .]| sampai dengan | sampai | hingga )\.? ?")


def read_days(text: str) -> tuple[dt.date, dt.date]:
    """First and last day: "21 s.d. 23 Agustus 2025", "Senin-Rabu, 18-20 Agustus 2025", one day.

    What the first day lacks it takes from the last one. Raises Unreadable.
    """
    plain = plain_of(text)
    try:
        day = read_plain_day(plain)
        return day, day
    except Unreadable as unreadable:
        found = _read_range(plain)
        if found is None:
            raise unreadable from None
        return found


def _read_range(plain: str) -> tuple[dt.date, dt.date] | None:
    """Both ends, when the text falls in two parts at a word or dash that means "until"."""
    try:
        weekdays, rest = _split_weekdays(plain)
    except Unreadable:
        return None
    for cut in _TO.finditer(rest):
        try:
            first, last = _ends(rest[: cut.start()].strip(), rest[cut.end() :].strip())
        except Unreadable as unreadable:
            if unreadable.code == "wrong_weekday":
                raise
            continue
        if last < first:
            raise Unreadable("ends_before")
        for day, weekday in zip((first, last), weekdays, strict=False):
            _check_weekday(day, [weekday])
        return first, last
    return None


def _ends(left: str, right: str) -> tuple[dt.date, dt.date]:
    last = read_plain_day(right)
    if re.fullmatch(r"[0-9]{1,2}", left):
        return _date_of(last.year, last.month, int(left)), last
    if match := re.fullmatch(r"([0-9]{1,2}) ([a-z]{3,12})\.?", left):
        return _date_of(last.year, _month(match[2]), int(match[1])), last
    return read_plain_day(left), last


def say_date(day: dt.date) -> str:
    """31 Desember 2026"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"


def say_day(day: dt.date) -> str:
    """Kamis, 31 Desember 2026"""
    return f"{WEEKDAYS[day.weekday()]}, {say_date(day)}"
