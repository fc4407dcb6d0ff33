"""What the templates of the website need beside components."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.db.models import prefetch_related_objects
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from zona.offices.models import Office

from ..files import pictures
from ..machines import pwa
from ..machines.structured import describe
from ..models import Photo
from ..pages import sharing

register = template.Library()
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def json_ld(context: Context) -> SafeString | str:
    """The page as schema.org data; a block of data, which runs nothing."""
    values: Any = context.flatten()
    data = describe(values)
    if not data:
        return ""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - every sign that could end the block is escaped above
    )


@register.simple_tag
def describe_photo(photo: Photo | None) -> dict[str, Any]:
    """For pictures inside a body: what ui/components/image.html wants."""
    if photo is None:
        return {}
    prefetch_related_objects([photo], "renditions")
    return pictures.describe(photo)


@register.simple_tag
def social_card(page: Any) -> dict[str, Any]:
    """Address, size and description of the card of a public page; {} where there is none."""
    return sharing.describe_card(page)


@register.simple_tag
def app_links(office: Office) -> dict[str, str]:
    """Addresses of manifest and icon of an office's website."""
    return pwa.head_links(office)
