"""The screens of the guides. Whoever works in the back office may read them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zona.offices.views.office import breadcrumbs

from . import guides


@require_safe
def list_guides(request: HttpRequest) -> HttpResponseBase:
    rows = [guide for slug in guides.slugs() if (guide := guides.read(slug))]
    return TemplateResponse(
        request,
        "backoffice/guides.html",
        {
            "header_title": _("Guides"),
            "header_icon": "help",
            "breadcrumbs_items": breadcrumbs(("", _("Guides"))),
            "guides": sorted(rows, key=lambda guide: guide.slug != "editor"),
        },
    )


@require_safe
def show_guide(request: HttpRequest, slug: str) -> HttpResponseBase:
    guide = guides.read(slug)
    if guide is None:
        raise Http404
    return TemplateResponse(
        request,
        "backoffice/guide.html",
        {
            "header_title": guide.title,
            "header_icon": "help",
            "breadcrumbs_items": breadcrumbs(
                (reverse("backoffice:guides"), _("Guides")), ("", guide.title)
            ),
            "guide": guide,
        },
    )


@require_safe
def send_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    path = guides.find_picture(name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")
