"""What a form's script fetches, and the decorator of views that take public forms."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .actions import Refusal
from .proof import make_challenge


@require_safe
def show_challenge(request: HttpRequest) -> HttpResponse:
    """A fresh challenge; each form asks for its own, so nothing may keep it."""
    response = JsonResponse(make_challenge())
    response["Cache-Control"] = "no-store"
    return response


def public_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that anyone may post to: no CSRF cookie (`examine` looks at the origin), never kept.

    A form that is only shown may be kept like every page.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


def say_refusal(refusal: Refusal) -> str:
    """What a person reads who was turned away; what was typed stays in the form."""
    return {
        Refusal.FOREIGN: _("This form was sent from another website. Please send it from here."),
        Refusal.REPLAYED: _("This form has been sent already. Press the button again to resend."),
        Refusal.TOO_MANY: _(
            "Too many forms came from your network today. Please try again tomorrow, or call us."
        ),
        Refusal.TRAPPED: _("This form could not be sent. Please try again."),
    }[refusal]
