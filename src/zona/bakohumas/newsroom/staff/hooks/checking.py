"""The checker in Wagtail's screens: its panel, and the gate before anything is published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseRedirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages

from zona.bakohumas.checker.gate import ask_gate, note_passing, reasons_in
from zona.offices.views.office import actor_of
from zona.website.site.models import BasePage

from ..editor import NewsroomPageViewSet

MOST = 5  # messages at once


@hooks.register("register_admin_viewset", order=200)
def register_page_screens() -> NewsroomPageViewSet:
    """After the website's own of the same model, which it replaces."""
    return NewsroomPageViewSet()


@hooks.register("before_publish_page")
def hold_back(request: HttpRequest, page: BasePage) -> HttpResponseRedirect | None:
    """The draft is kept by then; the editor opens again with the findings."""
    answer = ask_gate(page, reasons_in(request.POST))
    words = answer.blocked
    if not words:
        note_passing(actor_of(request), page, answer)
        return None
    for word in words[:MOST]:
        messages.error(request, word)
    return HttpResponseRedirect(f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#naskah")


@hooks.register("before_bulk_action")
def hold_back_in_bulk(
    request: HttpRequest, action_type: str, things: list[Any], action: Any
) -> HttpResponseRedirect | None:
    """Several pages at once: none goes out when one is held back; reasons are given one by one."""
    if action_type != "publish":
        return None
    held = []
    for thing in things:
        if isinstance(thing, BasePage):
            page = thing.specific.get_latest_revision_as_object()
            held += [f"{page.title}: {word}" for word in ask_gate(page).blocked]
    for word in held[:MOST]:
        messages.error(request, word)
    return HttpResponseRedirect(reverse("wagtailadmin_explore_root")) if held else None
