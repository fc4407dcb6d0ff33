"""Old addresses as a table, as Excel in Indonesia opens and saves it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zona.ground.typed.tables import take_quote_off, write_rows

MOST_ROWS = 5_000


def write(out: object, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """UTF-8 with mark, semicolons; no cell is taken for a formula."""
    out.write("\ufeff")  # type: ignore[attr-defined]
    write_rows(out, head, *rows)


def read(lines: Iterable[tuple[int, list[str]]]) -> list[tuple[int, str, str]]:
    """(line, old address, target) of each filled row; a head line is passed over.

    Raises ValidationError for what has too many rows, or one column alone.
    """
    found = [
        (line, take_quote_off(cells[0]), take_quote_off(cells[1]) if len(cells) > 1 else "")
        for line, cells in lines
        if line > 1 or any("/" in cell for cell in cells[:2])  # else the head
    ]
    if len(found) > MOST_ROWS:
        raise ValidationError(_("This table is too large: at most 5,000 rows."))
    if not any(target for _line, _old, target in found):
        raise ValidationError(_("Two columns are needed: the old address and the new one."))
    return found
