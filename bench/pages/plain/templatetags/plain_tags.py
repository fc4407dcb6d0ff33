"""Menus and breadcrumbs as the bakery demo's navigation_tags makes them."""

from typing import Any

from django import template
from wagtail.models import Page, Site

register = template.Library()


@register.simple_tag(takes_context=True)
def get_site_root(context: dict[str, Any]) -> Page:
    return Site.find_for_request(context["request"]).root_page


def has_menu_children(page: Page) -> bool:
    return page.get_children().live().in_menu().exists()


@register.inclusion_tag("plain/menu.html", takes_context=True)
def top_menu(context: dict[str, Any], parent: Page, calling_page: Any = None) -> dict[str, Any]:
    items = parent.get_children().live().in_menu()
    for item in items:
        item.show_dropdown = has_menu_children(item)
        item.active = calling_page.url_path.startswith(item.url_path) if calling_page else False
    return {"calling_page": calling_page, "menuitems": items, "request": context["request"]}


@register.inclusion_tag("plain/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: dict[str, Any]) -> dict[str, Any]:
    page = context.get("self")
    if page is None or page.depth <= 2:
        return {"ancestors": (), "request": context["request"]}
    return {
        "ancestors": Page.objects.ancestor_of(page, inclusive=True).filter(depth__gt=1),
        "request": context["request"],
    }
