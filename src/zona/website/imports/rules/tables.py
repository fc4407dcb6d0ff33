"""Tables of old sites: those that hold data, and those that only placed things."""

from __future__ import annotations

from typing import Any

from bs4 import Tag

from zona.ground.guard.numbers import read_number

from .pieces import Body

WIDEST = 20  # columns


def read_table(tag: Tag, body: Body) -> dict[str, Any] | None:
    """Head, rows and caption as plain text; None for a table that only placed other things."""
    if tag.find(["table", "img", "iframe", "video", "h1", "h2", "h3", "h4", "ul", "ol"]):
        return None
    rows: list[list[str]] = []
    head: list[str] = []
    for row in tag.find_all("tr"):
        cells = row.find_all(["td", "th"], recursive=False)
        if not cells:
            continue
        texts = _texts(cells)
        if not rows and not head and all(cell.name == "th" for cell in cells):
            head = texts
        else:
            rows.append(texts)
    width = max([len(head), *map(len, rows)], default=0)
    if width < 2 or width > WIDEST:
        return None
    caption = tag.find("caption")
    links = tag.find_all("a", href=True)
    if links:
        body.note("table", "a", ", ".join(str(link["href"]) for link in links[:5]))
    return {
        "head": (head + [""] * width)[:width],
        "rows": [(row + [""] * width)[:width] for row in rows if any(row)],
        "caption": " ".join(caption.get_text(" ").split())[:250] if caption else "",
    }


def _texts(cells: list[Tag]) -> list[str]:
    texts = []
    for cell in cells:
        text = " ".join(cell.get_text(" ").split())
        # A cell holds text only: the address of a link stands behind its words.
        for link in cell.find_all("a", href=True):
            href = str(link["href"])
            if href.startswith("http") and href not in text:
                text = f"{text} ({href})"
        texts.append(text)
        span = read_number(str(cell.get("colspan") or "")) or 1
        texts += [""] * (min(span, WIDEST) - 1)
    return texts
