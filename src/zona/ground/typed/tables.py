"""Cells of a table that goes out and may come back: no spreadsheet takes one for a formula."""

from __future__ import annotations

from typing import Any

from defusedcsv import csv

RISKY = ("=", "+", "-", "@", "\\|", "%")  # what defusedcsv quotes; it masks the bar too


def write_rows(out: Any, *rows: Any) -> None:
    """Rows as Excel in Indonesia opens them: semicolons, harmless cells. `out`: has write()."""
    csv.writer(out, delimiter=";").writerows([_trimmed(cell) for cell in row] for row in rows)


def _trimmed(cell: Any) -> Any:
    """A tab or line break in front hides a formula from the one who quotes, not from Excel."""
    return cell.lstrip() if isinstance(cell, str) else cell


def take_quote_off(cell: str) -> str:
    """A cell as it was before it went out: "'+62 812" is "+62 812"."""
    if cell[:1] == "'" and cell[1:].startswith(RISKY):
        return cell[1:].replace("\\|", "|")
    return cell
