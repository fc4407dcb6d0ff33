"""An agenda in a table: CSV or XLSX, with the headings and dates that offices write."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
import zipfile
import zoneinfo
from collections.abc import Mapping, Sequence

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zona.offices.models import Office
from zona.offices.models.office import ZONE_NAMES, Zone
from zona.typed import rules as typed
from zona.typed.tables import take_quote_off, write_rows
from zona.typed.words import explain

from .importing import MOST, Row
from .models import Host, Mode, Visibility
from .rules import agenda as rules

COLUMNS = 40
UNPACKED = 60 * 1024 * 1024  # bytes of an XLSX once unzipped

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


def read_sheet(name: str, content: bytes, office: Office, kinds: Mapping[str, str]) -> list[Row]:
    """The rows of a table; those that cannot be used say why. kinds: code -> name.

    Raises ValidationError for what is no table, or one without days or titles.
    """
    table = read_xlsx(content) if name.lower().endswith(".xlsx") else read_csv(content)
    start, columns = find_heading(table)
    rows: list[Row] = []
    last_date = ""
    for number, line in enumerate(table[start + 1 :], start + 2):
        cells = {
            key: take_quote_off(line[at].strip()) for key, at in columns.items() if at < len(line)
        }
        if not any(cells.values()):
            continue
        if len(rows) >= MOST:
            raise ValidationError(_("A file may hold at most 2,000 events."))
        carried = not cells.get("date") and bool(cells.get("title")) and bool(last_date)
        row = _read_row(number, cells | ({"date": last_date} if carried else {}), office, kinds)
        if carried:
            row.hints.append(_("The day was taken from the row above."))
        last_date = cells.get("date") or last_date
        rows.append(row)
    if not rows:
        raise ValidationError(_("The table holds no events below its headings."))
    return rows


def read_csv(content: bytes) -> list[list[str]]:
    """Cells of a CSV file, whichever separator and coding Excel gave it."""
    text = _decode(content)
    head = "\n".join(text.splitlines()[:10])
    separator = max(";,\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise ValidationError(_("This is no CSV table.")) from error


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise ValidationError(_("This is no CSV table."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_xlsx(content: bytes) -> list[list[str]]:
    """Cells of the first sheet of a workbook, days and times in words."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > UNPACKED:
                raise ValidationError(_("The workbook is too large."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = sheet.iter_rows(max_row=MOST + 50, max_col=COLUMNS, values_only=True)
        return [[_say(value) for value in line] for line in lines]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError) as error:
        raise ValidationError(_("This is no XLSX workbook.")) from error


def _say(value: object) -> str:
    if isinstance(value, dt.datetime):
        if value.time() == dt.time(0):
            return value.date().isoformat()
        return f"{value:%Y-%m-%d %H.%M}" if value.year > 1900 else f"{value:%H.%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return f"{value:%H.%M}"
    return "" if value is None else str(value)


def find_heading(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The line of the headings and column -> place. Raises ValidationError when there is none."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, line in enumerate(table[:15]):
        found: dict[str, int] = {}
        for at, cell in enumerate(line[:COLUMNS]):
            word = " ".join(re.sub(r"[\W_]", " ", cell.casefold()).split())
            for key, names in HEADINGS.items():
                if word in names:
                    found.setdefault(key, at)
        if len(found) > len(best[1]):
            best = (number, found)
    if {"date", "title"} <= best[1].keys():
        return best
    raise ValidationError(
        _("No headings were found. The table needs the columns “Tanggal” and “Kegiatan”.")
    )


def _read_row(number: int, cells: dict[str, str], office: Office, kinds: Mapping[str, str]) -> Row:
    row = Row(number, cells, place=cells.get("place", ""), people=cells.get("people", ""))
    row.title = " ".join(cells.get("title", "").split())
    row.summary = cells.get("summary", "")
    if not row.title:
        row.problems.append(_("Write what happens in the column “Kegiatan”."))
    elif len(row.title) > 160:
        row.problems.append(_("Shorten the title to 160 characters."))
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
