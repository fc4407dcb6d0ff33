"""An agenda in a table: CSV or XLSX, with the headings and dates that offices write."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zoneinfo
from collections.abc import Mapping, Sequence

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zona.ground.files.reader.tables import UNSTORED, Sheet
from zona.ground.typed import rules as typed
from zona.ground.typed.tables import take_quote_off, write_rows
from zona.ground.typed.words import explain
from zona.offices.models import Office
from zona.offices.models.office import ZONE_NAMES, Zone

from ..models import Host, Mode, Visibility
from ..rules import agenda as rules
from .rows import MOST, Row

COLUMNS = 40

# Column -> headings under which it is found, as plain words.
HEADINGS: dict[str, set[str]] = {
    "weekday": {"hari"},
    "date": {"tanggal", "tgl", "hari tanggal", "hari tgl", "tanggal mulai", "mulai tanggal"},
    "end_date": {"tanggal selesai", "sampai tanggal", "s d tanggal", "tanggal akhir"},
    "time": {"jam", "waktu", "pukul", "jam mulai", "waktu mulai", "mulai", "waktu pelaksanaan"},
    "end_time": {"jam selesai", "waktu selesai", "selesai", "sampai jam", "sampai"},
    "title": {
        "kegiatan", "nama kegiatan", "acara", "nama acara", "agenda", "uraian", "judul",
        "uraian kegiatan", "rincian kegiatan",
    },
    "place": {"tempat", "lokasi", "tempat kegiatan", "lokasi kegiatan", "tempat lokasi"},
    "kind": {"jenis", "jenis kegiatan", "kategori", "bentuk kegiatan"},
    "host": {"penyelenggara", "pelaksana", "tuan rumah", "pengundang", "undangan dari"},
    "people": {"peserta", "hadir", "yang hadir", "dihadiri", "pejabat", "petugas", "disposisi"},
    "summary": {"keterangan", "ket", "catatan", "deskripsi", "isi"},
    "url": {"tautan", "link", "link zoom", "tautan rapat", "tautan daring", "zoom"},
    "mode": {"cara", "moda", "daring luring", "luring daring", "metode"},
    "visibility": {"sifat", "sifat kegiatan", "terbuka tertutup", "publik"},
}  # fmt: skip
MODES = {"daring": Mode.ONLINE, "online": Mode.ONLINE, "virtual": Mode.ONLINE,
         "hibrida": Mode.HYBRID, "hybrid": Mode.HYBRID}  # fmt: skip
OPEN, INSIDE = {"terbuka", "publik", "umum", "ya"}, {"tertutup", "internal", "tidak"}


def read_sheets(
    sheets: Sequence[Sheet], office: Office, kinds: Mapping[str, str]
) -> tuple[list[Row], list[str]]:
    """The rows of all sheets with headings, and in sentences what was left out.

    Rows that cannot be used say why. kinds: code -> name. Raises ValidationError for what is no
    table, or one without days or titles.
    """
    rows: list[Row] = []
    notes: list[str] = []
    missing: ValidationError | None = None
    for sheet in sheets:
        if not sheet["rows"]:
            continue
        try:
            found, left_out = _read_sheet(sheet["rows"], office, kinds)
        except ValidationError as error:
            missing = error
            notes.append(_("Sheet “%(name)s” was left out: it has no headings we know.") % {
                "name": sheet["name"]})  # fmt: skip
            continue
        for row in found:
            row.sheet = sheet["name"] if len(sheets) > 1 else ""
        rows += found
        notes += left_out
    if len(rows) > MOST:
        raise ValidationError(_("A file may hold at most 2,000 events."))
    if not rows:
        raise missing or ValidationError(_("The table holds no events below its headings."))
    _find_doubles(rows)
    return rows, notes


def _read_sheet(
    table: Sequence[tuple[int, list[str]]], office: Office, kinds: Mapping[str, str]
) -> tuple[list[Row], list[str]]:
    start, columns = find_heading([line for _number, line in table])
    lines = [
        (number, {key: take_quote_off(row[at]) for key, at in columns.items() if at < len(row)})
        for number, row in table[start + 1 :]
    ]
    lines = [(number, cells) for number, cells in lines if any(cells.values())]
    foot = _find_foot(lines)
    rows: list[Row] = []
    last_date = ""
    for number, cells in lines[:foot]:
        carried = not cells.get("date") and bool(cells.get("title")) and bool(last_date)
        row = _read_row(number, cells | ({"date": last_date} if carried else {}), office, kinds)
        if carried:
            row.hints.append(_("The day was taken from the row above."))
        last_date = cells.get("date") or last_date
        if last_date == UNSTORED:
            last_date = ""
        rows.append(row)
    notes = [
        _("Row %(number)s below the table was left out: “%(text)s”.")
        % {"number": number, "text": " ".join(cells.values())[:80]}
        for number, cells in lines[foot:]
    ]
    return rows, notes


def _find_foot(lines: Sequence[tuple[int, dict[str, str]]]) -> int:
    """Where place, date and signature below a table begin: after a gap, without day or time."""
    foot = len(lines)
    for at in range(len(lines) - 1, 0, -1):
        number, cells = lines[at]
        if cells.get("date") or cells.get("time"):
            break
        if number > lines[at - 1][0] + 1:
            foot = at
    return foot


def _find_doubles(rows: list[Row]) -> None:
    """The same day, time and title twice is one event; the second row says so."""
    seen: dict[str, int] = {}
    for row in rows:
        if not row.uid or not row.is_good:
            continue
        if row.uid in seen:
            row.problems.append(
                _("The same event stands in row %(number)s already.") % {"number": seen[row.uid]}
            )
        seen.setdefault(row.uid, row.number)


def find_heading(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The line of the headings and column -> place. Raises ValidationError when there is none."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, line in enumerate(table[:15]):
        below = table[number + 1] if number + 1 < len(table) else []
        for rows, last in (([line], number), ([below, line], number + 1)):
            found = _headings(rows)
            # Two rows of headings only where they say more: the lower one goes first.
            if len(found) > len(best[1]):
                best = (last, found)
    if {"date", "title"} <= best[1].keys():
        return best
    raise ValidationError(
        _("No headings were found. The table needs the columns “Tanggal” and “Kegiatan”.")
    )


def _headings(lines: Sequence[Sequence[str]]) -> dict[str, int]:
    """Column -> place, each place named by the first of the lines that knows it."""
    found: dict[str, int] = {}
    named: set[int] = set()
    for line in lines:
        for at, cell in enumerate(line[:COLUMNS]):
            word = " ".join(re.sub(r"[\W_]", " ", cell[:80].casefold()).split())
            key = next((key for key, names in HEADINGS.items() if word in names), None)
            if key and at not in named and key not in found:
                found[key] = at
                named.add(at)
    return found


def _read_row(number: int, cells: dict[str, str], office: Office, kinds: Mapping[str, str]) -> Row:
    row = Row(number, cells, place=cells.get("place", ""), people=cells.get("people", ""))
    row.title = " ".join(cells.get("title", "").split())
    row.summary = cells.get("summary", "")
    if not row.title:
        row.problems.append(_("Write what happens in the column “Kegiatan”."))
    elif len(row.title) > 160:
        row.problems.append(_("Shorten the title to 160 characters."))
    if UNSTORED in cells.values():
        row.problems.append(
            _("A formula has no stored value. Open the file in a spreadsheet and save it again.")
        )
        return row
    try:
        _read_time(row, cells, office)
    except typed.Unreadable as unreadable:
        row.problems.append(explain(unreadable))
    asked = cells.get("kind", "")
    row.kind = rules.find_kind(asked, kinds) or rules.guess_kind(f"{asked} {row.title}", kinds)
    if asked and not rules.find_kind(asked, kinds):
        chosen = kinds.get(row.kind, row.kind)
        row.hints.append(_("“%(asked)s” is no kind we know; it became “%(kind)s”.") % {
            "asked": asked, "kind": chosen})  # fmt: skip
    _read_manner(row, cells, office)
    if row.starts_at:
        key = f"{row.starts_at.isoformat()}|{row.title.casefold()}"
        row.uid = f"tabel-{hashlib.sha256(key.encode()).hexdigest()[:24]}"
    return row


def _read_time(row: Row, cells: dict[str, str], office: Office) -> None:
    text = cells.get("date", "")
    weekday = cells.get("weekday", "")
    if weekday and text[:1].isdigit():
        text = f"{weekday}, {text}"
    first, last, beside = _read_days(text)
    if cells.get("end_date"):
        last = _read_days(cells["end_date"])[1]
    times = typed.read_times(cells.get("time", "")) or beside
    if beside and times and beside.start != times.start:
        raise typed.Unreadable("two_times", typed.say_time(beside.start))
    end = typed.read_end(cells.get("end_time", ""))
    if times is None:
        row.is_all_day = True
        row.starts_at = dt.datetime.combine(first, dt.time(0), tzinfo=office.tz)
        row.ends_at = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0), office.tz)
    else:
        tz = zoneinfo.ZoneInfo(ZONE_NAMES[Zone(times.zone or office.zone)])
        row.starts_at = dt.datetime.combine(first, times.start, tzinfo=tz)
        ends = end or times.end
        row.ends_at = (
            typed.moment_of(last, ends).replace(tzinfo=tz)
            if ends
            else row.starts_at + (last - first) + rules.USUAL_LENGTH
        )
    if row.ends_at < row.starts_at:
        row.problems.append(_("The event ends before it begins. Mend the day or the time."))
    elif row.ends_at - row.starts_at > dt.timedelta(days=62):
        row.problems.append(_("An entry lasts at most two months."))


def _read_days(text: str) -> tuple[dt.date, dt.date, typed.Times | None]:
    """First and last day of a cell, and the time that may stand beside a single day."""
    if serial := typed.read_serial(text):
        is_day = serial.time() == dt.time(0)
        return serial.date(), serial.date(), None if is_day else typed.Times(serial.time())
    try:
        first, last = typed.read_days(text)
    except typed.Unreadable as unreadable:
        try:
            day, clock = typed.read_when(text)
        except typed.Unreadable:
            raise unreadable from None
        is_day = clock is None or not (clock.hour or clock.minute)
        return day, day, None if is_day or not clock else typed.Times(clock.time(), zone=clock.zone)
    return first, last, None


def _read_manner(row: Row, cells: dict[str, str], office: Office) -> None:
    host, url = cells.get("host", ""), cells.get("url", "")
    row.host, row.host_name = find_host(host, office)
    if re.fullmatch(r"https?://[^\s<>\"]{3,180}", url):
        row.online_url = url
    elif url:
        row.hints.append(_("The link was left out: it does not begin with https://."))
    words = set(re.findall(r"\w+", f"{cells.get('mode', '')} {row.place}".casefold()))
    row.mode = next((MODES[word] for word in MODES if word in words), Mode.ONSITE)
    said = set(re.findall(r"\w+", cells.get("visibility", "").casefold()))
    if said & INSIDE:
        row.visibility = Visibility.CLOSED
    elif said & OPEN:
        row.visibility = Visibility.PUBLIC


def find_host(text: str, office: Office) -> tuple[str, str]:
    """Who holds it, as value of Host and as a name to show: "" for the office itself."""
    plain = " ".join(text.casefold().split())
    if not plain or plain in {office.short_name.casefold(), office.long_name.casefold(), "kpu"}:
        return Host.OWN, ""
    if re.fullmatch(r"kpu( ri| pusat)|komisi pemilihan umum( republik indonesia)?", plain):
        return Host.NATIONAL, text
    if plain.startswith("kpu provinsi"):
        return Host.PROVINCE, text
    return Host.EXTERNAL, text


# --- what can be downloaded ---

TITLES = {
    "date": "Tanggal", "end_date": "Tanggal selesai", "time": "Jam", "end_time": "Jam selesai",
    "title": "Kegiatan", "kind": "Jenis", "place": "Tempat", "host": "Penyelenggara",
    "people": "Peserta", "mode": "Cara", "url": "Tautan", "visibility": "Sifat",
    "summary": "Keterangan", "weekday": "Hari",
}  # fmt: skip
EXAMPLES = (
    {"date": "Senin, 23 November 2026", "time": "08.00-08.30", "title": "Apel pagi",
     "kind": "Apel", "place": "Halaman kantor", "visibility": "internal"},
    {"date": "24/11/2026", "time": "09.00", "end_time": "12.00",
     "title": "Sosialisasi di SMA Negeri 1", "kind": "Sekolah", "place": "SMA Negeri 1",
     "people": "Ketua Divisi Sosdiklih", "visibility": "terbuka"},
)  # fmt: skip


def make_template(kinds: Mapping[str, str]) -> bytes:
    """An XLSX to fill in: headings, two examples, and the kinds on a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Agenda"
    keys = [key for key in TITLES if key != "weekday"]
    sheet.append([TITLES[key] for key in keys])
    for example in EXAMPLES:
        sheet.append([example.get(key, "") for key in keys])
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 24
    sheet.freeze_panes = "A2"
    second = book.create_sheet("Jenis kegiatan")
    for name in kinds.values():
        second.append([name])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def write_rest(rows: Sequence[Row]) -> str:
    """The rows that could not be taken, as CSV with what is wrong, to be mended and sent again."""
    keys = [key for key in TITLES if any(key in row.cells for row in rows)]
    written = io.StringIO()
    write_rows(
        written,
        [*(TITLES[key] for key in keys), "Yang perlu diperbaiki"],
        *([*(row.cells.get(key, "") for key in keys), " ".join(row.problems)] for row in rows),
    )
    return "\ufeff" + written.getvalue()
