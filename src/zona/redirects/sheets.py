"""Old addresses as a table, as Excel in Indonesia opens and saves it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from zona.typed.tables import take_quote_off, write_rows

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000


class BadSheet(ValueError):
    """The file is no table that can be read; `code` is one of large, text, columns."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def write(out: object, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """UTF-8 with mark, semicolons; no cell is taken for a formula."""
    out.write("\ufeff")  # type: ignore[attr-defined]
    write_rows(out, head, *rows)


def read(data: bytes) -> Iterator[tuple[int, str, str]]:
    """(line, old address, target) of each filled row; a head line is passed over. BadSheet."""
    if len(data) > MOST_BYTES:
        raise BadSheet("large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet("text") from error
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    if len(rows) > MOST_ROWS + 1:
        raise BadSheet("large")
    if not any(len(row) >= 2 for row in rows):
        raise BadSheet("columns")
    return _filled(rows)


def _filled(rows: list[list[str]]) -> Iterator[tuple[int, str, str]]:
    for line, row in enumerate(rows, 1):
        cells = [take_quote_off(cell.strip()) for cell in row]
        if not any(cells):
            continue
        if line == 1 and not any("/" in cell for cell in cells[:2]):
            continue  # the head
        yield line, cells[0], cells[1] if len(cells) > 1 else ""
