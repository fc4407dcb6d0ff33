"""What an item says, as plain pieces for paper: headings, paragraphs, lists, quotes, tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

Piece = dict[str, Any]  # {"kind": ...} and plain text, as typst/release.typ reads it
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def pieces_of(page: Any) -> list[Piece]:
    """The whole text of a page (`page.specific`), whatever its kind keeps it in.

    Photos and files are left out: paper cannot hold them, and the address leads to them.
    """
    found: list[Piece] = []
    for block in getattr(page, "body", ()):
        found += _of_block(block.block_type, block.value)
    for name in ("text", "description"):  # infographics; podcast episodes
        if html := getattr(page, name, ""):
            found += from_html(html)
    return found


def _of_block(kind: str, value: Any) -> Iterator[Piece]:
    match kind:
        case "paragraph":
            yield from from_html(value.source)
        case "heading":
            yield {"kind": "heading", "text": _tidy(value)}
        case "quote":
            text, speaker = _tidy(value["text"]), _tidy(value["speaker"])
            yield {"kind": "quote", "text": text, "speaker": speaker}
        case "table" if value.columns:
            yield {
                "kind": "table",
                "head": [_tidy(column["heading"]) for column in value.columns],
                "rows": [[_tidy(str(cell)) for cell in row] for row in value.rows],
            }


def from_html(html: str) -> list[Piece]:
    """Rich text as pieces; what is no list and no heading is a paragraph."""
    found: list[Piece] = []
    for node in BeautifulSoup(html, "html.parser").children:
        if isinstance(node, Tag) and node.name in {"ul", "ol"}:
            items = [_words(item) for item in node.find_all("li")]
            if items := [item for item in items if item]:
                found.append({"kind": "list", "ordered": node.name == "ol", "items": items})
            continue
        kind = "heading" if isinstance(node, Tag) and node.name in HEADINGS else "paragraph"
        if text := _words(node):
            found.append({"kind": kind, "text": text})
    return found


def _words(node: Any) -> str:
    if isinstance(node, NavigableString):
        return _tidy(node)
    own = []  # of a list item without the items of a list inside it, which come by themselves
    for part in node.descendants:
        inner = part.find_parent("li") if node.name == "li" else node
        if isinstance(part, NavigableString) and inner is node:
            own.append(str(part))
        elif isinstance(part, Tag) and part.name == "br":
            own.append(" ")
    return _tidy("".join(own))


def _tidy(text: Any) -> str:
    return " ".join(str(text).split())
