"""Small files that unpack to something no program should hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import openpyxl

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>%s</sheetData></worksheet>"
)
FIRST = "xl/worksheets/sheet1.xml"


def workbook(rows: list[list[object]]) -> bytes:
    """An honest workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(name: str, content: str) -> bytes:
    """A workbook of which one part was exchanged or added."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["Tanggal", "Kegiatan"]]))) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in source.infolist():
            if entry.filename != name:
                made.writestr(entry.filename, source.read(entry))
        made.writestr(name, content)
    return written.getvalue()


def workbooks() -> Iterator[tuple[str, bytes]]:
    """(code of the refusal, workbook) of each kind of bomb."""
    yield "rows", with_part(FIRST, SHEET % ("<row/>" * 1_400_000))
    yield "rows", with_part(FIRST, SHEET % '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    yield "cells", with_part(FIRST, SHEET % ("<row>" + "<c/>" * 1_400_000 + "</row>"))
    yield "columns", with_part(FIRST, SHEET % '<row><c r="XFD1"><v>1</v></c></row>')
    yield (
        "cells",
        with_part(
            FIRST,
            SHEET % "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(1, 20_001)),
        ),
    )
    yield "depth", with_part(FIRST, "<a>" * 100_000)
    yield "tag_length", with_part(FIRST, '<a b="' + "a" * 30_000_000 + '"/>')
    yield "tags", with_part("xl/sharedStrings.xml", "<sst>" + "<si/>" * 2_100_000 + "</sst>")
    yield "unpacked", with_part("xl/media/image1.png", " " * 80_000_000)
    yield (
        "entities",
        with_part(
            FIRST,
            '<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;&y;&y;</a>',
        ),
    )
