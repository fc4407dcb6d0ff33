"""Words within a paragraph: bold, italic, links and line breaks stay, all else is its text."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from bs4 import Comment, NavigableString, Tag

from .pieces import Body

BOLD, ITALIC = {"b", "strong"}, {"i", "em", "cite", "dfn", "var"}
INLINE = BOLD | ITALIC | {
    "a", "span", "font", "u", "s", "strike", "del", "ins", "small", "big", "sub", "sup", "code",
    "kbd", "samp", "tt", "abbr", "acronym", "mark", "label", "q", "time", "br", "wbr", "bdi", "bdo",
    "nobr", "data",
}  # fmt: skip
DROPPED = {"script", "style", "noscript", "template", "svg", "canvas", "link", "meta", "head",
           "title", "colgroup", "map"}  # fmt: skip
SMALL = {
    "sup": str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"),
    "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}
SCHEMES = ("http", "https", "mailto", "tel")


def clean_href(href: str) -> str:
    """A link that may be shown; "" for scripts and the like."""
    href = re.sub(r"[\x00-\x20]+", "", href)
    try:
        scheme = urlsplit(href).scheme.lower()
    except ValueError:
        return ""
    if href.startswith("//"):
        return f"https:{href}"
    return href if not scheme or scheme in SCHEMES else ""


def render(node: Tag | NavigableString, body: Body, breaks: bool = False) -> str:
    """HTML of one inline node; `breaks`: a line end is a line break, as WordPress shows it."""
    if isinstance(node, NavigableString):
        if isinstance(node, Comment) or type(node) is not NavigableString:
            return ""
        return text_of(str(node), breaks)
    name = node.name.lower()
    if name == "br":
        return "<br/>"
    if name in DROPPED:
        drop(node, body)
        return ""
    inside = "".join(render(child, body, breaks) for child in node.children)  # type: ignore[arg-type]
    if not inside.strip():
        return inside
    if name in BOLD:
        return wrap("b", inside)
    if name in ITALIC:
        return wrap("i", inside)
    if name in SMALL and len(inside) <= 4 and not inside.translate(SMALL[name]).isascii():
        return inside.translate(SMALL[name])
    if name == "q":
        return f"“{inside}”"
    if name == "a":
        return _anchor(node, inside)
    return inside


def text_of(text: str, breaks: bool) -> str:
    escaped = html.escape(text.replace("\xa0", " "), quote=False)
    if breaks:
        return re.sub(r"[ \t]*\r?\n[ \t]*", "<br/>", escaped)
    return re.sub(r"\s+", " ", escaped)


def wrap(name: str, inside: str) -> str:
    """Spaces at the edge go outside; nothing is wrapped twice."""
    if f"<{name}>" in inside:
        inside = inside.replace(f"<{name}>", "").replace(f"</{name}>", "")
    core = inside.strip()
    start = inside.index(core)
    return f"{inside[:start]}<{name}>{core}</{name}>{inside[start + len(core) :]}"


def _anchor(node: Tag, inside: str) -> str:
    href = clean_href(str(node.get("href") or ""))
    if not href or href.startswith("#") or "<a " in inside:
        return inside
    return f'<a href="{html.escape(href)}">{inside}</a>'


def drop(node: Tag, body: Body) -> None:
    """Nothing of it is shown; scripts and styles are noted, they may have done something."""
    if node.name in ("script", "style"):
        body.note("removed", node.name, str(node.get("src") or node.string or ""))
