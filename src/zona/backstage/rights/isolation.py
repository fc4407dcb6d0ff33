"""What keeps offices apart in Wagtail's own screens.

Wagtail guards most changes, but shows names across offices in choosers, filters, reports, bulk
actions and error messages (measured on 8.0). Three rules close that for everyone but superusers:

1. Only screens that a room has opened in its `room.py` can be reached, Wagtail's and our own; a new
   version of Wagtail adds none in silence.
2. A page, picture or document named in an address must be one that the person may see there.
3. Choosers and filters offer only what belongs to the person's offices (`wagtail_hooks.py`).

Screens of our own rooms are not Wagtail's: they check for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from zona.ground.guard.numbers import read_numbers
from zona.ground.house import gather, rooms
from zona.offices.models import User
from zona.offices.policies import Actor

from .places import page_model


@cache
def open_screens() -> re.Pattern[str]:
    """Names of the addresses under /kantor/ that the rooms have opened to staff."""
    found = list(gather("screens"))
    for room in rooms().values():
        name = getattr(import_module(room.staff_urls), "app_name", "") if room.staff_urls else ""
        found += [f"{name}:.*"] if name else []
    return re.compile("|".join(f"(?:{pattern})" for pattern in found))


def is_open(name: str) -> bool:
    """Whether staff may reach the screen; one that no room names is closed."""
    return open_screens().fullmatch(name) is not None


BACK_OFFICE = "kantor/"
# How addresses and forms name things of an office.
PAGE_KEYS = {"page_id", "parent_page_id", "page_to_move_id", "destination_id"}
PAGE_QUERY_KEYS = {"childOf", "parent_page_id", "target_pages[]", "new_parent_page"}
PHOTO_KEYS = {"image_id"}
FILE_KEYS = {"document_id", "doc_id"}


def visible_pages(user: Actor) -> QuerySet[Any]:
    """The pages a person meets in the back office: own offices', and those that lead there."""
    model: Any = page_model()
    pages = model.objects.all()
    if user.is_superuser:
        return pages
    policy = policy_registry.get_by_type(page_model())
    rows = policy.get_cached_permissions_for_user(user)
    within = Q(pk=None)
    for path in {row.page.path for row in rows}:
        within |= Q(path__startswith=path)
        steps = [path[:end] for end in range(model.steplen, len(path), model.steplen)]
        within |= Q(path__in=steps)
    return pages.filter(within)


def visible_photos(user: User) -> QuerySet[Any]:
    return _visible_files(get_image_model(), user)


def visible_documents(user: User) -> QuerySet[Any]:
    return _visible_files(get_document_model(), user)


def _visible_files(model: Any, user: User) -> Any:
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ["add", "change", "choose"])


Reference = tuple[type[Model], int]
Visible = Callable[[User], QuerySet[Any]]
_visible: dict[type[Model], Visible] = {}


def register_visible(model: type[Model], visible: Visible) -> None:
    """Guard what pages may name of a room's own; called when the apps are ready."""
    _visible[model] = visible


def guarded() -> dict[type[Model], Visible]:
    """What pages may name, each with what a person sees of it."""
    own: dict[type[Model], Visible] = {
        page_model(): visible_pages,
        get_image_model(): visible_photos,
        get_document_model(): visible_documents,
    }
    return own | _visible


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
        if not is_open(name):
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
    root = policy_registry.get_by_type(page_model()).explorable_root_instance(request.user)
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
        page, photo = page_model(), get_image_model()
        if model is None or not issubclass(model, (page, photo, get_document_model())):
            return False
        if issubclass(model, page):
            pages |= chosen
            if "all" in request.GET.getlist("id") and "childOf" not in request.GET:
                return False
        elif issubclass(model, photo):
            photos |= chosen
        else:
            files |= chosen
        if not issubclass(model, page):
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
            if model in guarded():
                named.add((model, int(number)))
    return named


def are_visible(user: User, named: set[Reference]) -> bool:
    return all(
        _covers(visible, user, {number for kind, number in named if kind is model})
        for model, visible in guarded().items()
    )
