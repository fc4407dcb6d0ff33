"""The guides for staff, docs/panduan-*.md, as screens under Bantuan.

They are read from the repository that Zona runs from, so that there is one text of each and
one place to write it. Only files of that list can be named in an address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = settings.DOCS
PREFIX = "panduan-"
# Which guide explains a screen: beginnings of the names of addresses.
SCREENS: dict[str, str] = {}


@dataclass(frozen=True)
class Guide:
    """`body`: HTML; `contents`: (anchor, heading) of the second level."""

    slug: str
    title: str
    body: str = ""
    contents: list[tuple[str, str]] = field(default_factory=list)


def explain(slug: str, *screens: str) -> None:
    """Let screens lead to a guide; `screens`: names of addresses, or what they begin with."""
    SCREENS.update(dict.fromkeys(screens, slug))


def guide_of(view_name: str) -> Guide | None:
    """The guide that explains a screen: of several beginnings that fit the longest one's."""
    fitting = [screen for screen in SCREENS if view_name.startswith(screen)]
    return read(SCREENS[max(fitting, key=len)]) if fitting else None


def slugs() -> list[str]:
    return sorted(path.stem.removeprefix(PREFIX) for path in FOLDER.glob(f"{PREFIX}*.md"))


def find_picture(name: str) -> Path | None:
    """A picture of the guides, if there is one of this name."""
    return {path.name: path for path in (FOLDER / "gambar").glob("*.png")}.get(name)


def read(slug: str) -> Guide | None:
    """One guide, or None for one that is not there."""
    if slug not in slugs():
        return None
    path = FOLDER / f"{PREFIX}{slug}.md"
    return _render(slug, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _render(slug: str, _changed: int) -> Guide:
    text = (FOLDER / f"{PREFIX}{slug}.md").read_text(encoding="utf-8")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    title, contents = slug, []
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            words = _plain(tokens[at + 1].children or [])
            token.attrSet("id", anchor_of(words))
            if token.tag == "h1":
                title, token.hidden = words, True
                tokens[at + 1].children, tokens[at + 2].hidden = [], True
            elif token.tag == "h2":
                contents.append((anchor_of(words), words))
        _lead(token.children or [])
    body = markdown.renderer.render(tokens, markdown.options, {})
    return Guide(slug, title, body, contents)


def anchor_of(words: str) -> str:
    """The anchor of a heading, as GitHub makes it for plain Indonesian."""
    return slugify(words)


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(token.content for token in tokens)


def _lead(tokens: Sequence[Token]) -> None:
    """Links and pictures lead to where they are in the product; pages for developers to nowhere."""
    is_hidden = False
    for token in tokens:
        if token.type == "image":
            name = str(token.attrGet("src")).rpartition("/")[2]
            token.attrSet("src", reverse("backoffice:guide_picture", args=[name]))
            token.attrSet("loading", "lazy")
        elif token.type == "link_open":
            address = _address(str(token.attrGet("href")))
            is_hidden = token.hidden = not address
            token.attrSet("href", address)
        elif token.type == "link_close":
            token.hidden, is_hidden = is_hidden, False


def _address(target: str) -> str:
    """Where a link of a guide leads here; empty for a page that is no guide."""
    found = re.fullmatch(rf"{PREFIX}([a-z-]+)\.md(#.*)?", target)
    if found and found[1] in slugs():
        return reverse("backoffice:guide", args=[found[1]]) + (found[2] or "")
    return "" if re.search(r"\.md(#|$)", target) else target


explain("editor", "wagtailadmin_home", "site_staff:")
