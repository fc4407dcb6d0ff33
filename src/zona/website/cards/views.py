"""The public addresses of the cards."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from zona.website.site.models import BasePage

from . import faces, store

KEPT = "public, max-age=31536000, immutable"


@require_safe
def show_card(
    request: HttpRequest, page_id: int, version: str, size: str, form: str
) -> HttpResponse:
    """The card of a public page; an older address leads to the card that holds now."""
    if size not in faces.SIZES or form not in store.FORMS:
        raise Http404
    pages = BasePage.objects.live().public().exclude(office=None)
    page = get_object_or_404(
        pages.select_related("office", "rubric", "photo", "card_photo"), pk=page_id
    )
    face = faces.face_of(page)
    if version != face.version:
        response = HttpResponseRedirect(faces.address(page_id, face.version, size, form))
        response["Cache-Control"] = "no-cache"
        return response
    return answer(store.find_or_make(page_id, face, size, form), form)


def answer(picture: bytes, form: str, cache_control: str = KEPT) -> HttpResponse:
    """A picture as an answer."""
    response = HttpResponse(picture, content_type=store.FORMS[form])
    response["Cache-Control"] = cache_control
    # Other sites show the card beside their link to us.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
