"""From an address to its page in two queries, however deep it lies."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404, HttpRequest
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.url_routing import RouteResult

from .base import BasePage

DEEPEST = 12  # steps; longer addresses are walked as Wagtail does


class DirectRouteMixin(RoutablePageMixin):
    """Finds the page as Wagtail's step by step walk would, which costs two queries a step.

    As there, an own address of a page above (`cari/`, `rubrik/…`) comes before a page below it.
    """

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if (
            not path_components
            or len(path_components) > DEEPEST
            or _has_route(self, path_components)
        ):
            return super().route(request, path_components)
        wanted, url_path = Q(), self.url_path
        for slug in path_components:
            url_path += f"{slug}/"
            wanted |= Q(slug=slug, url_path=url_path)  # the index is on the slug
        steps = list(
            BasePage.objects.filter(wanted)
            .order_by("depth")
            .values_list("pk", "content_type_id", "depth", "live")
        )
        for pk, content_type, depth, live in steps:
            model: Any = ContentType.objects.get_for_id(content_type).model_class()
            rest = path_components[depth - self.depth :]
            is_last = (pk, content_type, depth, live) == steps[-1]
            if is_last or (
                live and issubclass(model, RoutablePageMixin) and _has_route(model(), rest)
            ):
                page = model._default_manager.select_related("office", "rubric", "photo").get(pk=pk)
                found: RouteResult = page.route(request, rest)
                return found
        raise Http404


def _has_route(page: RoutablePageMixin, path_components: list[str]) -> bool:
    """Whether an address is one of the page's own; asks no database."""
    try:
        page.resolve_subpage(f"/{'/'.join(path_components)}/")
    except Http404:
        return False
    return True
