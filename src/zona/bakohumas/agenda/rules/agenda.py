"""The arithmetic of the agenda: weeks, repeats, overlaps, states, the kind a title speaks of."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_REPEATS = 60
USUAL_LENGTH = dt.timedelta(hours=2)  # of an event whose end nobody said


# --- weeks and months ---


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def week_name(day: dt.date) -> str:
    """The ISO 8601 name of the week: "2026-W48"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def read_week(text: str) -> dt.date | None:
    """The Monday of a week named as in ISO 8601; None for what names no week."""
    match = re.fullmatch(r"(\d{4})-W(\d{2})", text)
    if not match or not 2000 <= int(match[1]) <= 2100:
        return None
    try:
        return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None


def read_month(text: str) -> dt.date | None:
    """The first day of a month such as "2026-11"; None for what names no month."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if not match or not 2000 <= int(match[1]) <= 2100 or not 1 <= int(match[2]) <= 12:
        return None
    return dt.date(int(match[1]), int(match[2]), 1)


def add_months(first: dt.date, months: int) -> dt.date:
    """The same day some months later; the last of the month where it has no such day."""
    index = first.year * 12 + first.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(first.day, last))


def days_of(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day from the first to the last."""
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def last_day(starts_at: dt.datetime, ends_at: dt.datetime) -> dt.date:
    """The last day an event touches; an end at midnight belongs to the day before."""
    if ends_at > starts_at and ends_at.time() == dt.time(0):
        return ends_at.date() - dt.timedelta(days=1)
    return ends_at.date()


# --- repeats ---


class Every(StrEnum):
    """How often an entry comes again."""

    DAY = "day"  # of the working week
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"  # on the same weekday of the month: the second Monday
    QUARTER = "quarter"


def repeats(first: dt.date, every: Every, until: dt.date) -> list[dt.date]:
    """The days of an entry that comes again, the first included, at most MOST_REPEATS."""
    found = [first]
    step = 0
    while len(found) < MOST_REPEATS:
        step += 1
        day = _step(first, every, step)
        if day > until:
            break
        if every is not Every.DAY or day.weekday() < 5:
            found.append(day)
    return found


def _step(first: dt.date, every: Every, step: int) -> dt.date:
    if every is Every.DAY:
        return first + dt.timedelta(days=step)
    if every is Every.WEEK:
        return first + dt.timedelta(weeks=step)
    if every is Every.TWO_WEEKS:
        return first + dt.timedelta(weeks=2 * step)
    months = step * (3 if every is Every.QUARTER else 1)
    return _same_weekday(first, add_months(first.replace(day=1), months))


def _same_weekday(day: dt.date, month: dt.date) -> dt.date:
    """The n-th weekday of a month as `day` is of its own; the last one where there is no fifth."""
    ordinal = (day.day - 1) // 7
    first = month + dt.timedelta(days=(day.weekday() - month.weekday()) % 7)
    wanted = first + dt.timedelta(weeks=ordinal)
    return wanted if wanted.month == month.month else wanted - dt.timedelta(weeks=1)


# --- overlaps ---


@dataclass(frozen=True)
class Slot:
    """When an event is, where, and who is busy with it."""

    key: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str = ""
    people: frozenset[int] = frozenset()


def overlaps(slots: Iterable[Slot]) -> dict[int, list[int]]:
    """Which events get in each other's way: at the same time in one place, or with one person."""
    found: dict[int, list[int]] = {}
    rows = sorted(slots, key=lambda slot: slot.starts_at)
    for index, one in enumerate(rows):
        for other in rows[index + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            if _is_same_place(one.place, other.place) or one.people & other.people:
                found.setdefault(one.key, []).append(other.key)
                found.setdefault(other.key, []).append(one.key)
    return found


def _is_same_place(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


# --- states ---


class State(StrEnum):
    """How far an office is with telling of an event."""

    CANCELLED = "cancelled"
    EXCEPTED = "excepted"
    PUBLISHED = "published"
    WRITING = "writing"
    NOT_TOLD = "not_told"
    PLANNED = "planned"
    UNCOVERED = "uncovered"


@dataclass(frozen=True)
class Facts:
    """What decides the state of an event in one office."""

    is_cancelled: bool = False
    is_excepted: bool = False
    is_published: bool = False
    has_draft: bool = False
    is_in_work: bool = False  # a duty was begun
    publishes: bool = True  # its kind is told to the public
    has_ended: bool = False


def state_of(facts: Facts) -> State:
    if facts.is_published:
        return State.PUBLISHED
    if facts.is_cancelled:
        return State.CANCELLED
    if facts.is_excepted:
        return State.EXCEPTED
    if facts.has_draft or facts.is_in_work:
        return State.WRITING
    if not facts.publishes:
        return State.NOT_TOLD
    return State.UNCOVERED if facts.has_ended else State.PLANNED


COUNTED = frozenset({State.PUBLISHED, State.WRITING, State.UNCOVERED})


@dataclass(frozen=True)
class Result:
    """What became of the events of a week that the office tells of."""

    events: int
    published: int

    @property
    def missing(self) -> int:
        return self.events - self.published


def result_of(states: Iterable[State]) -> Result:
    """Counts what is told to the public and has ended; exceptions leave the sum."""
    counted = [state for state in states if state in COUNTED]
    return Result(len(counted), counted.count(State.PUBLISHED))


# --- words ---


def initials(name: str) -> str:
    """At most two capitals of a name, titles left out: "Dr. Siti Aminah, M.Si." is SA."""
    words = re.findall(r"[^\W\d_]+\.?", name.partition(",")[0])
    plain = [word for word in words if not word.endswith(".")] or words
    chosen = plain if len(plain) < 2 else [plain[0], plain[-1]]
    return "".join(word[0].upper() for word in chosen)


# What in a title speaks of a kind, the more special first.
HINTS: Sequence[tuple[str, str]] = (
    (r"pleno.*(pdpb|data pemilih|dpb)|(pdpb|data pemilih|dpb).*pleno", "pdpb_pleno"),
    (r"coktas|coklit terbatas", "pdpb_coktas"),
    (r"pdpb|pemutakhiran data pemilih", "pdpb_rakor"),
    (r"pleno terbuka", "rapat_pleno_terbuka"),
    (r"pleno", "rapat_pleno"),
    (r"\bapel\b", "apel"),
    (r"upacara|hari besar|peringatan hari|\bhut\b", "upacara"),
    (r"rapat (mingguan|pekanan|evaluasi)", "rapat_mingguan"),
    (r"\brakor\b|rapat koordinasi", "rakor"),
    (r"\braker\b|rapat kerja", "raker"),
    (r"\bfgd\b|kajian|diskusi ter(pumpun|fokus)", "kajian"),
    (r"\bbimtek\b|bimbingan teknis", "bimtek"),
    (r"workshop|lokakarya", "workshop"),
    (r"goes to school|sekolah|\bsm[ap]\b|\bsmk\b|pemilos", "pendidikan_sekolah"),
    (r"goes to campus|kampus|universitas|mahasiswa", "pendidikan_kampus"),
    (r"pesantren|\bponpes\b", "pendidikan_pesantren"),
    (r"disabilitas|difabel", "pendidikan_disabilitas"),
    (r"perempuan", "pendidikan_perempuan"),
    (r"\bdp3\b|desa peduli|\bdesa\b", "pendidikan_desa"),
    (r"pendidikan pemilih|sosdiklih", "pendidikan_pemilih"),
    (r"sosialisasi", "sosialisasi"),
    (r"sipol|partai politik|parpol", "parpol"),
    (r"\bpaw\b|antar ?waktu", "paw"),
    (r"pencalonan", "pencalonan"),
    (r"pelantikan|sumpah|janji", "pelantikan"),
    (r"audiensi", "audiensi"),
    (r"safari media", "media_safari"),
    (r"konferensi pers|jumpa pers", "konferensi_pers"),
    (r"siaran|radio|talk ?show|televisi|\btv\b", "siaran"),
    (r"podcast|siniar", "podcast"),
    (r"peluncuran|launching|bedah buku", "peluncuran"),
    (r"penghargaan|award|apresiasi", "penghargaan"),
    (r"(terima|menerima|kunjungan dari|tamu|magang)", "kunjungan_masuk"),
    (r"kunjungan|studi banding|studi tiru", "kunjungan_keluar"),
    (r"(menghadiri|undangan)", "eksternal"),
    (r"zona integritas|\bzi\b|\bwbk\b", "zi"),
    (r"\bspip\b", "spip"),
    (r"arsip|\bjra\b", "arsip"),
    (r"\bjdih\b", "jdih"),
    (r"\bppid\b|informasi publik", "ppid"),
    (r"\blhkpn\b", "lhkpn"),
)
OTHER = "lain"


def guess_kind(title: str, known: Iterable[str]) -> str:
    """The code of the kind that a title speaks of, among the known ones; "lain" for none."""
    codes, text = set(known), title.casefold()
    for pattern, code in HINTS:
        if code in codes and re.search(pattern, text):
            return code
    return OTHER


def find_kind(text: str, names: Mapping[str, str]) -> str:
    """The code of the kind that a cell names by its code or name; "" when it names none.

    names: code -> name. Sub-kinds are found by their last part alone ("sekolah").
    """
    wanted = _plain(text)
    if not wanted:
        return ""
    for code, name in names.items():
        if wanted in (_plain(code), _plain(name)):
            return code
    ends = [code for code, name in names.items() if _plain(name.rpartition(":")[2]) == wanted]
    return ends[0] if len(ends) == 1 else ""


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]", " ", text.casefold()).split())
