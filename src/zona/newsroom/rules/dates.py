"""Indonesian dates and times as people type them into a table."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
DAY_WORDS = {name: n for n, name in enumerate(DAYS)} | {"jum'at": 4, "jum’at": 4, "ahad": 6}
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
OTHER_MONTHS = {"pebruari": 2, "nopember": 11, "agt": 8, "ags": 8, "okt": 10, "des": 12, "sept": 9}
ZONES = ("WIB", "WITA", "WIT")


class Unclear(ValueError):
    """What was typed cannot be read; `code` says why, `detail` what it should have been."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def read_date(text: str) -> dt.date:
    """ "Senin, 23 November 2026", "23/11/2026", "2026-11-23"; raises Unclear.

    A weekday that does not fit is an error: one of the two is wrong, and nobody can guess which.
    """
    cleaned = " ".join(text.replace("\u00a0", " ").split()).casefold()
    if not cleaned:
        raise Unclear("no_date")
    weekday, rest = _split_weekday(cleaned)
    year, month, day = _parts(rest)
    try:
        found = dt.date(year, month, day)
    except ValueError as error:
        raise Unclear("no_such_day") from error
    if not 2000 <= found.year <= 2100:
        raise Unclear("no_such_day")
    if weekday is not None and found.weekday() != weekday:
        raise Unclear("wrong_weekday", DAYS[found.weekday()].capitalize())
    return found


def _split_weekday(text: str) -> tuple[int | None, str]:
    match = re.match(r"^([a-z'’]+)\s*[,/]?\s*(?=[\d(])\(?(.*?)\)?$", text)
    if not match:
        return None, text
    if match[1] not in DAY_WORDS:
        raise Unclear("no_weekday", match[1])
    return DAY_WORDS[match[1]], match[2].strip()


def _parts(text: str) -> tuple[int, int, int]:
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00(?::00)?)?", text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", text):
        return int(match[3]), int(match[2]), int(match[1])
    if match := re.fullmatch(r"(\d{1,2})[ \-]([a-z]+)\.?[ \-](\d{4})", text):
        return int(match[3]), _month(match[2]), int(match[1])
    if re.fullmatch(r"\d{1,2}[ \-][a-z]+|\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{2})?", text):
        raise Unclear("no_year")
    raise Unclear("no_date_form")


def _month(word: str) -> int:
    if word in OTHER_MONTHS:
        return OTHER_MONTHS[word]
    found = [n for n, name in enumerate(MONTHS, 1) if name.startswith(word)]
    if len(word) < 3 or len(found) != 1:
        raise Unclear("no_month", word)
    return found[0]


@dataclass(frozen=True)
class Times:
    """A time of the day, perhaps with an end and with the zone that was written beside it."""

    start: dt.time
    end: dt.time | None = None
    zone: str = ""


_TIME = r"(\d{1,2})(?:[.:](\d{2}))?(?:[.:]\d{2})?"
_TIMES = re.compile(
    rf"(?:pukul|jam|pkl\.?)?\s*{_TIME}\s*(wib|wita|wit)?"
    rf"(?:\s*(?:-|–|—|s\.?\s*/?\s*d\.?|sampai(?: dengan)?|hingga)\s*(?:pukul\s*)?"
    rf"(?:{_TIME}|selesai)\s*(wib|wita|wit)?)?\.?"
)


def read_times(text: str) -> Times | None:
    """ "09.00", "09.00-12.00 WIB", "pukul 9 s.d. selesai"; None when empty. Raises Unclear."""
    cleaned = " ".join(text.replace("\u00a0", " ").split()).casefold()
    if not cleaned:
        return None
    match = _TIMES.fullmatch(cleaned)
    if not match:
        raise Unclear("no_time_form")
    hour, minute, zone, end_hour, end_minute, end_zone = match.groups()
    return Times(
        _time(hour, minute),
        _time(end_hour, end_minute) if end_hour else None,
        (end_zone or zone or "").upper(),
    )


def _time(hour: str, minute: str | None) -> dt.time:
    if int(hour) > 23 or int(minute or 0) > 59:
        raise Unclear("no_such_time")
    return dt.time(int(hour), int(minute or 0))
