"""The body of an article as plain text, and plain text as a body."""

from __future__ import annotations

from typing import Any

from wagtail.rich_text import RichText

from zona.website.site.models import ArticlePage

from .rules import writing as rules


def body_text(page: ArticlePage) -> str | None:
    """The whole body as plain text; None when it holds more than plain text can tell."""
    texts = []
    for block in page.body:
        if block.block_type != "paragraph":
            return None
        text = rules.to_text(block.value.source)
        if text is None:
            return None
        texts.append(text)
    return "\n\n".join(filter(None, texts))


def body_of(text: str) -> list[tuple[str, Any]]:
    """The value of the body for a plain text."""
    html = rules.to_html(text)
    return [("paragraph", RichText(html))] if html else []
