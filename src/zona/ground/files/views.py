"""What became of a file that somebody sent: progress, what was read, what came of it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from . import actions
from .models import SentFile
from .registry import find_kind


def _find(request: HttpRequest, number: uuid.UUID) -> tuple[SentFile, dict[str, object]]:
    """The file and the screen around it, for those who may see it. Raises Http404."""
    sent = get_object_or_404(SentFile, uuid=number)
    try:
        kind = find_kind(sent.kind)
    except KeyError as error:
        raise Http404 from error
    return sent, {"sent": sent, "template": kind.template} | kind.frame(request, sent)


@require_http_methods(["GET", "HEAD", "POST"])
def show_file(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Look at it; accept it or stop it."""
    sent, context = _find(request, number)
    if request.method == "POST":
        if "terima" in request.POST and not actions.accept(sent):
            messages.info(request, _("This file has been accepted or stopped already."))
        elif "batal" in request.POST and not actions.drop(sent):
            messages.info(request, _("It was too late to stop: the file has been taken over."))
        return redirect(request.path)
    return render(request, "files/sent.html", context)


@require_safe
def tell_state(request: HttpRequest, number: uuid.UUID) -> JsonResponse:
    """How far it is, for the script of the screen."""
    sent, _context = _find(request, number)
    return JsonResponse(
        {
            "state": sent.state,
            "label": sent.get_state_display(),
            "progress": sent.progress,
            "is_underway": sent.is_underway,
        }
    )
