"""The comments between which the block editor of WordPress writes its HTML."""

from __future__ import annotations

import re
from collections.abc import Callable

from .pieces import Body

BLOCK = re.compile(
    r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][\w/-]*)\s+(?P<json>\{[^<>]*?\}\s+)?(?P<void>/)?-->",
    re.DOTALL,
)
REFERENCE = re.compile(r'"ref"\s*:\s*([0-9]{1,18})(?![0-9])')
URL = re.compile(r'"url"\s*:\s*"([^"]+)"')
# Their HTML says all there is.
PLAIN = frozenset((
    "paragraph", "heading", "list", "list-item", "quote", "pullquote", "image", "gallery",
    "table", "file", "embed", "code", "preformatted", "verse", "buttons", "button", "columns",
    "column", "group", "cover", "media-text", "row", "stack", "spacer", "separator", "more",
    "nextpage", "html", "freeform", "audio", "video", "details", "classic", "footnotes",
    "missing", "core-embed/youtube", "core-embed/twitter", "core-embed/facebook",
    "core-embed/instagram",
))  # fmt: skip
DEEPEST = 3  # blocks that are used in blocks


def strip_comments(text: str, body: Body, reusable: Callable[[int], str | None]) -> str:
    """HTML alone. Blocks used by number are put in; blocks without HTML or name are noted."""
    return _strip(text, body, reusable, 0)


def _strip(text: str, body: Body, reusable: Callable[[int], str | None], depth: int) -> str:
    def replace(match: re.Match[str]) -> str:
        name, data = match["name"].removeprefix("core/"), match["json"] or ""
        if match["close"]:
            return ""
        if name == "block":
            number = REFERENCE.search(data)
            found = reusable(int(number[1])) if number and depth < DEEPEST else None
            if found is not None:
                return _strip(found, body, reusable, depth + 1)
        if name in ("embed", "video", "audio") and match["void"] and (url := URL.search(data)):
            return f"<p>{url[1].replace(chr(92), '')}</p>"
        if name not in PLAIN:
            body.note("block", name, data or match[0])
        return ""

    return BLOCK.sub(replace, text) if "<!--" in text else text
