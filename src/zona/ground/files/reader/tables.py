"""Tables in CSV and XLSX as cells of text: counted while reading, and what was guessed is said.

Runs in the process that reads (`zona.ground.files.reader.engine`); knows not what a table is about.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypedDict
from xml.parsers import expat

from . import limits
from .limits import Unreadable, check

Tell = Callable[[float], None]
ZIP = b"PK"
UNSTORED = "\ufffc"  # stands for a formula whose value is not in the file
CHUNK = 1 << 16
BROKEN = (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError, AttributeError,
          EOFError, NotImplementedError, SyntaxError, RuntimeError)  # fmt: skip


class Sheet(TypedDict):
    """One sheet: its name, and (number of the row from 1, its cells) of each filled row."""

    name: str
    rows: list[tuple[int, list[str]]]


class Table(TypedDict):
    """What was read; notes: (code, detail) of what was guessed, cut or left out."""

    sheets: list[Sheet]
    notes: list[tuple[str, str]]


def read_table(path: Path, tell: Tell) -> Table:
    """The table in a file, told by its content. Raises TooMuch, Unreadable."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(ZIP):
        return _read_workbook(path, tell)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old_workbook")
    return _read_csv(path)


# --- CSV ---


def _read_csv(path: Path) -> Table:
    """Cells of a CSV file, whichever separator and coding a spreadsheet gave it."""
    text, notes = decode(path.read_bytes())
    separator = max(";,\t", key=_first_lines(text).count)
    csv.field_size_limit(limits.CELL_LENGTH * 20)
    counter = _Counter(notes)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = list(counter.keep(enumerate(lines, 1)))
    except csv.Error as error:
        raise Unreadable("csv", str(lines.line_num)) from error
    return {"sheets": [{"name": "", "rows": rows}], "notes": counter.notes}


def _first_lines(text: str) -> str:
    return "\n".join(text[:20_000].splitlines()[:10])


def decode(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    """Text in whatever coding a program on Windows left it, and notes. Raises Unreadable."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data, "utf-16"), []
    head = data[:2000]
    if head[1::2].count(0) > len(head) // 3:
        return _utf16(data, "utf-16-le"), []
    if head[0::2].count(0) > len(head) // 3:
        return _utf16(data, "utf-16-be"), []
    if b"\0" in data:
        raise Unreadable("text")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), [("coding", "Windows-1252")]


def _utf16(data: bytes, coding: str) -> str:
    try:
        return data.decode(coding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise Unreadable("text") from error


class _Counter:
    """Keeps the filled rows of one file; counts all of them, and all cells."""

    def __init__(self, notes: list[tuple[str, str]]) -> None:
        self.notes, self.cells, self.filled = notes, 0, 0

    def keep(self, lines: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[tuple[int, list[str]]]:
        for number, line in lines:
            check("rows", limits.ROWS, number)
            cells = self._row(number, list(line))
            if any(cells):
                self.filled += 1
                check("filled", limits.FILLED, self.filled)
                yield number, cells

    def _row(self, number: int, values: list[Any]) -> list[str]:
        self.cells += len(values)
        check("cells", limits.CELLS, self.cells)
        cells = [say(value).strip() for value in values]
        while cells and not cells[-1]:
            cells.pop()
        check("columns", limits.COLUMNS, len(cells))
        for at, cell in enumerate(cells):
            if len(cell) > limits.CELL_LENGTH:
                cells[at] = cell[: limits.CELL_LENGTH]
                self.notes.append(("cell_cut", str(number)))
        return cells


def say(value: object) -> str:
    """A cell's value as a person would have typed it: days and times in words."""
    if isinstance(value, dt.datetime):
        value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)  # 08:59:59.99
        if value.year <= 1900:
            return f"{value:%H.%M}"
        is_day = value.time() == dt.time(0)
        return f"{value:%Y-%m-%d}" if is_day else f"{value:%Y-%m-%d %H.%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return f"{value:%H.%M}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


# --- XLSX ---


def _read_workbook(path: Path, tell: Tell) -> Table:
    import openpyxl

    has_unstored = _count_parts(path, tell)
    data = io.BytesIO(path.read_bytes())  # a name without .xlsx would be refused
    try:
        book = openpyxl.load_workbook(data, read_only=True, data_only=True, keep_links=False)
        formulas = (
            openpyxl.load_workbook(data, read_only=True, keep_links=False) if has_unstored else None
        )
        check("sheets", limits.SHEETS, len(book.worksheets))
        notes: list[tuple[str, str]] = []
        counter, sheets = _Counter(notes), []
        for number, sheet in enumerate(book.worksheets):
            tell(0.5 + number / len(book.worksheets) / 2)
            if sheet.sheet_state != "visible":
                notes.append(("hidden_sheet", sheet.title))
                continue
            lines: Iterator[Any] = _lines(sheet)
            if formulas is not None:
                lines = map(_marked, lines, _lines(formulas.worksheets[number]))
            rows = list(counter.keep(enumerate(lines, 1)))
            sheets.append(Sheet(name=sheet.title, rows=rows))
    except limits.TooMuch:
        raise
    except BROKEN as error:
        raise Unreadable("workbook", type(error).__name__) from error
    return {"sheets": sheets, "notes": notes}


def _lines(sheet: Any) -> Iterator[Any]:
    sheet.reset_dimensions()  # what the file says of its size is not believed
    return iter(sheet.iter_rows(values_only=True, max_row=limits.ROWS + 1))


def _marked(values: tuple[Any, ...], formulas: tuple[Any, ...]) -> list[Any]:
    return [
        UNSTORED if value is None and isinstance(formula, str) and formula[:1] == "=" else value
        for value, formula in zip(values, formulas, strict=False)
    ]


def _count_parts(path: Path, tell: Tell) -> bool:
    """Go through every XML of the workbook before anything is built from it.

    Returns whether there are formulas without a stored value. Raises TooMuch, Unreadable.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            check("parts", 2_000, len(entries))
            # zipfile gives no more of an entry than its head promised.
            check("unpacked", limits.WORKBOOK_BYTES, sum(entry.file_size for entry in entries))
            if not any(entry.filename.startswith("xl/") for entry in entries):
                raise Unreadable("workbook", "xl/")
            parts = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
            watch = _Watch()
            for number, entry in enumerate(parts):
                tell(number / len(parts) / 2)
                with packed.open(entry) as file:
                    watch.read(file)
            return watch.has_unstored
    except (limits.TooMuch, Unreadable):
        raise
    except BROKEN as error:
        raise Unreadable("workbook", type(error).__name__) from error
    except expat.ExpatError as error:
        raise Unreadable("workbook", str(error)) from error


class _Watch:
    """Counts tags, rows, cells and depth of XML as it streams by; holds nothing of it."""

    def __init__(self) -> None:
        self.cells, self.has_unstored = 0, False

    def read(self, file: Any) -> None:
        self.tags = self.depth = self.row = 0
        self.has_formula = self.has_value = self.in_value = False
        parser, fed = expat.ParserCreate(), 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        while data := file.read(CHUNK):
            parser.Parse(data, False)
            fed += len(data)
            # expat begins a tag anew with every piece until it has all of it
            check("tag_length", limits.TAG_BYTES, fed - max(parser.CurrentByteIndex, 0))
        parser.Parse(b"", True)

    def _refuse(self, *_: object) -> None:
        raise Unreadable("entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.tags += 1
        self.depth += 1
        check("tags", limits.ELEMENTS, self.tags)
        check("depth", limits.DEPTH, self.depth)
        name = name.rpartition(":")[2]
        if name == "row":
            said = attributes.get("r", "")
            is_number = said.isascii() and said.isdecimal() and len(said) < 9
            self.row = int(said) if is_number else self.row + 1
            check("rows", limits.ROWS, self.row)
        elif name == "c":
            self.cells += 1
            check("cells", limits.CELLS, self.cells)
            self.has_formula = self.has_value = False
        elif name == "f":
            self.has_formula = True
        elif name in ("v", "is"):
            self.in_value = True

    def _text(self, text: str) -> None:
        self.has_value = self.has_value or self.in_value

    def _end(self, name: str) -> None:
        self.depth -= 1
        name = name.rpartition(":")[2]
        if name in ("v", "is"):
            self.in_value = False
        elif name == "c" and self.has_formula and not self.has_value:
            self.has_unstored = True
