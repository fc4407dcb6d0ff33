"""What keeps offices apart in Wagtail's own screens.

Wagtail guards most changes, but shows names across offices in choosers, filters, reports, bulk
actions and error messages (measured on 8.0). Three rules close that for everyone but superusers:

1. Of Wagtail's screens only those in `OPEN` can be reached; a new version adds none in silence.
2. A page, picture or document named in an address must be one that the person may see there.
3. Choosers and filters offer only what belongs to the person's offices (`wagtail_hooks.py`).

Screens of our own rooms are not Wagtail's: they check for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import PageLogEntry, ReferenceIndex
from wagtail.permissions import policy_registry

from zona.backstage.media.models import Recording
from zona.backstage.media.policies import managed_recordings
from zona.ground.guard.numbers import read_numbers
from zona.offices.models import User
from zona.offices.policies import Actor

from .models import BasePage, Photo, PublicFile

# Wagtail's screens that staff may reach, by name of the address.
OPEN = re.compile(
    r"""
    wagtailadmin_(
        home | explore_root | explore(_results)? | choose_page(_.*)? | tag(_model)?_autocomplete
      | logout | dismissibles | block_preview | sprite | javascript_catalog
    )
  | wagtailadmin_pages:(?!type_use|.*workflow|set_privacy|lock|unlock|convert_alias).*
  | wagtailadmin_editing_sessions:.*
  | wagtailadmin_api:pages:(listing|detail)
  | wagtail_bulk_action
  | wagtail(images|docs)(_chooser)?:.*
  | wagtail\.admin\.views\.home\.default  # nothing is there: 404
  | wagtailsnippets_\w+:.*          # registered by our rooms, never by Wagtail
    """,
    re.VERBOSE,
)

BACK_OFFICE = "kantor/"
# How addresses and forms name things of an office.
PAGE_KEYS = {"page_id", "parent_page_id", "page_to_move_id", "destination_id"}
PAGE_QUERY_KEYS = {"childOf", "parent_page_id", "target_pages[]", "new_parent_page"}
PHOTO_KEYS = {"image_id"}
FILE_KEYS = {"document_id", "doc_id"}


def visible_pages(user: Actor) -> QuerySet[BasePage]:
    """The pages a person meets in the back office: own offices', and those that lead there."""
    pages = BasePage.objects.all()
    if user.is_superuser:
        return pages
    policy = policy_registry.get_by_type(BasePage)
    rows = policy.get_cached_permissions_for_user(user)
    within = Q(pk=None)
    for path in {row.page.path for row in rows}:
        within |= Q(path__startswith=path)
        steps = [path[:end] for end in range(BasePage.steplen, len(path), BasePage.steplen)]
        within |= Q(path__in=steps)
    return pages.filter(within)


def visible_photos(user: User) -> QuerySet[Photo]:
    return _visible_files(Photo, user)


def visible_documents(user: User) -> QuerySet[PublicFile]:
    return _visible_files(PublicFile, user)


def _visible_files(model: Any, user: User) -> Any:
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ["add", "change", "choose"])


Reference = tuple[type[Model], int]
VISIBLE: dict[type[Model], Callable[[User], QuerySet[Any]]] = {
    BasePage: visible_pages,
    Photo: visible_photos,
    PublicFile: visible_documents,
    Recording: managed_recordings,
}


class IsolationMiddleware:
    """Turns people away from screens and things that are not theirs, before the view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or not match.route.startswith(BACK_OFFICE):
            return None
        user = request.user
        if not user.is_authenticated or user.is_superuser:
            return None  # the views themselves ask for a sign-in
        name = match.view_name or ""
        if name in ("wagtailadmin_choose_page", "wagtailadmin_explore_root"):
            return _enter_own_tree(request, name)
        if name.startswith("wagtail") and not OPEN.fullmatch(name):
            return _turn_away(request)
        if not _all_visible(user, request, name, kwargs):
            return _turn_away(request)
        return None


def _turn_away(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    return permission_denied(request)


def _enter_own_tree(request: HttpRequest, name: str) -> HttpResponseBase | None:
    """Open choosers and the explorer where the person's pages begin, not at the root of all."""
    root = policy_registry.get_by_type(BasePage).explorable_root_instance(request.user)
    if root is None:
        return _turn_away(request)
    target = {
        "wagtailadmin_choose_page": "wagtailadmin_choose_page_child",
        "wagtailadmin_explore_root": "wagtailadmin_explore",
    }[name]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(reverse(target, args=[root.pk]) + query)


def _all_visible(user: User, request: HttpRequest, name: str, kwargs: dict[str, Any]) -> bool:
    """Whether every page, photo and document that the request names may be seen."""
    pages = _numbers(kwargs[key] for key in PAGE_KEYS & kwargs.keys())
    pages |= _query_numbers((request.GET, request.POST), PAGE_QUERY_KEYS)
    photos = _numbers(kwargs[key] for key in PHOTO_KEYS & kwargs.keys())
    files = _numbers(kwargs[key] for key in FILE_KEYS & kwargs.keys())
    chosen = _query_numbers((request.GET,), {"id"})
    if name.startswith("wagtailadmin_pages:") and "pk" in kwargs:
        pages |= _numbers([kwargs["pk"]])
    elif name == "wagtailadmin_choose_page_chosen_multiple":
        pages |= chosen
    elif name == "wagtail_bulk_action":
        model = apps.all_models.get(kwargs["app_label"], {}).get(kwargs["model_name"])
        if model is None or not issubclass(model, BasePage | Photo | PublicFile):
            return False
        if issubclass(model, BasePage):
            pages |= chosen
            if "all" in request.GET.getlist("id") and "childOf" not in request.GET:
                return False
        elif issubclass(model, Photo):
            photos |= chosen
        else:
            files |= chosen
        if not issubclass(model, BasePage):
            pages -= _query_numbers((request.GET,), {"childOf"})  # a folder there
    return (
        _covers(visible_pages, user, pages)
        and _covers(visible_photos, user, photos)
        and _covers(visible_documents, user, files)
    )


def _covers(visible: Callable[[User], QuerySet[Any]], user: User, wanted: set[int]) -> bool:
    return not wanted or visible(user).filter(pk__in=wanted).count() == len(wanted)


def _numbers(values: Iterable[Any]) -> set[int]:
    return set(read_numbers(map(str, values)))


def _query_numbers(queries: Iterable[QueryDict], keys: set[str]) -> set[int]:
    return _numbers(
        value for query in queries for key in keys & query.keys() for value in query.getlist(key)
    )


def references_of(*things: Model) -> set[Reference]:
    """The pages, photos and documents that things name: in fields, in blocks and in texts."""
    named = set()
    for thing in things:
        for type_id, number, *_path in ReferenceIndex._extract_references_from_object(thing):
            model = ContentType.objects.get_for_id(type_id).model_class()
            if model in VISIBLE:
                named.add((model, int(number)))
    return named


def are_visible(user: User, named: set[Reference]) -> bool:
    return all(
        _covers(visible, user, {number for kind, number in named if kind is model})
        for model, visible in VISIBLE.items()
    )


def _owners(request: HttpRequest) -> QuerySet[User]:
    owners = visible_pages(request.user).order_by().values("owner_id")
    return get_user_model().objects.filter(pk__in=owners)


def _editors(request: HttpRequest) -> QuerySet[User]:
    entries = PageLogEntry.objects.filter(
        action="wagtail.edit", page__in=visible_pages(request.user).values("pk")
    )
    return get_user_model().objects.filter(pk__in=entries.order_by().values("user_id"))


class OfficePageFilterSet(GenericPageFilterSet):
    """The explorer's filters without the sites and people of other offices."""

    site = None
    owner = MultipleUserFilter(label=_("Owner"), queryset=_owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(
        label=_("Edited by"), queryset=_editors, widget=CheckboxSelectMultiple
    )


class OfficePageViewSet(PageViewSet):
    """Wagtail's page screens with the filters above."""

    model = BasePage
    filterset_class = OfficePageFilterSet
