"""The guide that explains the screen at hand."""

from __future__ import annotations

from typing import Any

from django import template

from ..guides import Guide, guide_of

register = template.Library()


@register.simple_tag(takes_context=True)
def find_guide(context: dict[str, Any]) -> Guide | None:
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None or match.view_name.startswith("backoffice:guide"):
        return None
    return guide_of(match.view_name)
