"""Short links: `/s/<code>` leads to a page of ours with its origin, and is counted."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zona.ground.guard.rules import is_robot

from .content import links
from .models import ShortLink

logger = logging.getLogger("zona.bakohumas.channels")


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Lead on; people are counted, robots and previews are not. 410 when the page is gone."""
    found = ShortLink.objects.select_related("page__office", "office")
    link = get_object_or_404(found, code=code)
    url = links.target_of(link)
    if url:
        response: HttpResponse = HttpResponseRedirect(url)
        if request.method == "GET" and not is_robot(request.headers.get("User-Agent", "")):
            _count(link)
    else:
        response = render(request, "channels/gone.html", status=410)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _count(link: ShortLink) -> None:
    try:
        links.count(link, timezone.localdate(timezone=link.office.tz))
    except DatabaseError:  # a number less is better than a reader turned away
        logger.warning("A visit of short link %s was not counted", link.code, exc_info=True)
