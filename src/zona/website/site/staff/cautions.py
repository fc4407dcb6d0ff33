"""Warnings to editors: about the pictures of a page, and what rooms above add.

They are said once after saving; nothing is refused, because only people know what was agreed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.models import get_all_child_relations
from wagtail import hooks
from wagtail.admin import messages

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.backstage.rights.grants import collections_of
from zona.backstage.rights.isolation import references_of
from zona.offices.models import Office, User

from ..files.photo_form import cautions_of
from ..models import BasePage, Photo
from ..models.files import Consent
from ..models.recorded import why_not_public
from .desk import desk_of

MOST = 3  # warnings at once; more would not be read


def photos_of(page: BasePage) -> list[Photo]:
    """All pictures a page shows: its fields, the blocks of its body and the rows below it."""
    parts = [
        row
        for relation in get_all_child_relations(type(page))
        for row in getattr(page, relation.get_accessor_name()).all()
    ]
    named = references_of(page, *parts)
    return list(Photo.objects.filter(pk__in=[pk for kind, pk in named if kind is Photo]))


def list_cautions(page: BasePage) -> Iterator[tuple[str, Photo]]:
    """(what to think of, the picture) for each picture that needs care."""
    for photo in photos_of(page):
        for words in cautions_of(photo):
            yield f"“{photo.title}”: {words}", photo
    for look in _own:
        yield from look(page)


Look = Callable[[BasePage], Iterable[tuple[str, Photo]]]
_own: list[Look] = []


def register_caution(look: Look) -> None:
    """Add what a room above has to say of its own pages; called when the apps are ready."""
    _own.append(look)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_about_pictures(request: HttpRequest, page: BasePage) -> None:
    if not request.accepts("text/html") or request.headers.get("x-requested-with"):
        return  # saved by itself while somebody writes
    for words, photo in list(list_cautions(page.specific))[:MOST]:
        button = messages.button(
            reverse("wagtailimages:edit", args=[photo.pk]), _("Open the picture")
        )
        messages.warning(request, words, buttons=[button])


@hooks.register("before_bulk_action")
def publish_only_what_plays(
    request: HttpRequest, action_type: str, things: list[Any], action: Any
) -> HttpResponseRedirect | None:
    """Several pages at once: none goes out when the recording of one is not ready."""
    if action_type != "publish":
        return None
    pages = (thing for thing in things if isinstance(thing, BasePage))
    reasons = [words for page in pages if (words := why_not_public(page))]
    for words in reasons[:MOST]:
        messages.error(request, words)
    return HttpResponseRedirect(reverse("wagtailadmin_explore_root")) if reasons else None


def _children(office: Office, now: dt.datetime) -> QuerySet[Photo]:
    photos = Photo.objects.filter(collection__in=collections_of(office), has_children=True)
    return photos.exclude(consent=Consent.WRITTEN)


@register_todo(when=_children)
def children_without_consent(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Pictures of children that lack a parent's consent in writing."""
    if not desk_of(user, office).sees_all:
        return
    waiting = list(_children(office, now).order_by("created_at").only("title", "created_at"))
    first, count = waiting[0], len(waiting)
    detail = ngettext(
        "%(count)s picture shows children without a parent's consent in writing.",
        "%(count)s pictures show children without a parent's consent in writing.",
        count,
    )
    yield Todo(
        _("Get consent for the picture “%(title)s”") % {"title": first.title},
        detail % {"count": count},
        f"{reverse('wagtailimages:edit', args=[first.pk])}?next={reverse('wagtailadmin_home')}",
        Urgency.SOON,
        first.created_at.astimezone(office.tz).date(),
    )
