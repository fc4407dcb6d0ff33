"""The gallery: every component in every state, and whole sample pages made of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zona.ui.gallery import content, frame

SAMPLES = ("home", "article", "list", "case", "sign-in", "missing")


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component; `?theme=light` or `?theme=dark` holds the theme."""
    context = frame(request.GET.get("theme", "")) | content()
    del context["stage"]
    return render(request, "ui/gallery/index.html", context | {"samples": SAMPLES})


def sample(request: HttpRequest, name: str) -> HttpResponse:
    """A whole page made of components."""
    if name not in SAMPLES:
        raise Http404(name)
    context = frame(request.GET.get("theme", "")) | content()
    if name == "home":
        context["hide_search"] = True
    else:
        del context["stage"]
    return render(request, f"ui/gallery/{name.replace('-', '_')}.html", context)
