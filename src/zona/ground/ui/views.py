"""The gallery: every component in every state, and whole sample pages made of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .gallery.components import SAMPLES, page_of


def gallery(request: HttpRequest, name: str = "") -> HttpResponse:
    """The gallery, or a sample page by name; `?theme=light` or `?theme=dark` holds the theme."""
    if name and name not in SAMPLES:
        raise Http404(name)
    template, context = page_of(name, request.GET.get("theme", ""))
    return render(request, template, context)
