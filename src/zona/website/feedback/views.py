"""What readers meet: two buttons, a word of thanks with room for a comment, a report form."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zona.ground.guard.actions import Refusal, count, examine, network_of
from zona.ground.guard.rules import Limit
from zona.ground.guard.views import public_form, say_refusal
from zona.ground.sealing.links import Ticket
from zona.website.site.models import BasePage
from zona.website.site.pages.frame import frame, home_above

from . import rules
from .actions import reports as actions
from .forms import CommentForm, ReportForm
from .models import Feedback
from .queries import version_of

VOTES, REPORTS = Limit(proven=300, unproven=20), Limit(proven=40, unproven=5)
TICKETS = Ticket("feedback.comments", dt.timedelta(hours=2))  # a comment may follow a vote
ANSWERS = {"ya": True, "tidak": False}


class SeeOther(HttpResponseRedirect):
    """After a form: look there, with GET."""

    status_code = 303


def find_page(page_id: int) -> BasePage:
    """A page that everyone may read. Raises Http404."""
    pages = BasePage.objects.live().public().select_related("office")
    return get_object_or_404(pages, pk=page_id, office__isnull=False)


def show(
    request: HttpRequest, page: BasePage, template: str, *, status: int = 200, **inputs: Any
) -> HttpResponse:
    home = home_above(page)
    if home is None:
        raise Http404
    context = frame(request, home, home) | {
        "noindex": True,
        "about": page,
        "about_url": page.get_url(request),
        "challenge_url": reverse("feedback:challenge"),
        "version": version_of(page),
    }
    return TemplateResponse(request, template, context | inputs, status=status)


def thanks_url(page: BasePage, **query: str) -> str:
    url = reverse("feedback:thanks", args=[page.pk])
    return f"{url}?{urlencode(query)}" if query else url


@public_form
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, page_id: int) -> HttpResponse:
    """Yes or no. Shown by itself only when something was not right."""
    page = find_page(page_id)
    inputs: dict[str, Any] = {"page_title": _("Does this information help?")}
    if request.method != "POST":
        return show(request, page, "feedback/vote.html", **inputs)
    chosen = request.POST.get("membantu", "")
    inputs["version"] = request.POST.get("versi", "")[:40]
    if chosen not in ANSWERS:
        problem = _("Choose Yes or No.")
        return show(request, page, "feedback/vote.html", status=422, problem=problem, **inputs)
    verdict = examine(request, "feedback.vote", VOTES)
    if verdict.refusal is Refusal.TRAPPED:
        return SeeOther(thanks_url(page))
    if verdict.refusal:
        problem = say_refusal(verdict.refusal)
        return show(request, page, "feedback/vote.html", status=429, problem=problem, **inputs)
    is_first = count("feedback.voted", str(page.pk), network_of(request)) == 1
    given = actions.cast_vote(
        page=page,
        url=page.get_url(request) or "",
        is_helpful=ANSWERS[chosen],
        version=inputs["version"],
        is_first=is_first,
        is_proven=verdict.is_proven,
    )
    return SeeOther(thanks_url(page, tiket=TICKETS.sign(given.pk)))


def _voted(page: BasePage, ticket: str) -> Feedback | None:
    """The vote a ticket speaks of, while a comment may still be added."""
    pk: Any = TICKETS.read(ticket)
    return Feedback.objects.filter(pk=pk, page=page, kind=Feedback.Kind.VOTE, text="").first()


@public_form
@require_http_methods(["GET", "POST"])
def thank(request: HttpRequest, page_id: int) -> HttpResponse:
    """Thanks, the way back, and after a vote room for a few words."""
    page, ticket = find_page(page_id), request.GET.get("tiket", "")
    voted = _voted(page, ticket)
    form, status = CommentForm(request.POST or None), 200
    if request.method == "POST" and not voted:
        form.add_error(None, _("The time for a comment is over. Please vote once more."))
        status = 422
    elif request.method == "POST" and voted:
        verdict = examine(request, "feedback.comment", VOTES)
        if verdict.refusal is Refusal.TRAPPED:
            return SeeOther(thanks_url(page, kirim="komentar"))
        if verdict.refusal:
            form.add_error(None, say_refusal(verdict.refusal))
        elif form.is_valid():
            try:
                actions.add_comment(vote=voted, text=form.cleaned_data["text"])
                return SeeOther(thanks_url(page, kirim="komentar"))
            except ValidationError as error:
                form.add_error("text", error)
        status = 422
    response = show(
        request,
        page,
        "feedback/thanks.html",
        status=status,
        page_title=_("Thank you"),
        form=form if voted or form.errors else None,
        sent=request.GET.get("kirim", ""),
        voted=voted,
    )
    response["Cache-Control"] = "no-store"
    return response


@public_form
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, page_id: int) -> HttpResponse:
    """Tell the editor what is wrong; what was typed stays when something is not right."""
    page = find_page(page_id)
    data = request.POST if request.method == "POST" else None
    version = request.GET.get("versi", "")[:40] or version_of(page)
    form = ReportForm(data, initial={"versi": version})
    form.describe_email(rules.retention_days("reporter_email", timezone.localdate()))
    status = 200
    if request.method == "POST":
        status = 422
        # Looked at first: an attempt with an empty field costs no proof.
        if form.is_valid():
            verdict = examine(request, "feedback.report", REPORTS)
            if verdict.refusal is Refusal.TRAPPED:
                return SeeOther(thanks_url(page, kirim="laporan"))
            if verdict.refusal:
                form.add_error(None, say_refusal(verdict.refusal))
            else:
                return _accept(request, page, form, verdict.is_proven)
    return show(
        request,
        page,
        "feedback/report.html",
        status=status,
        page_title=_("Report a mistake"),
        form=form,
    )


def _accept(
    request: HttpRequest, page: BasePage, form: ReportForm, is_proven: bool
) -> HttpResponse:
    given = form.cleaned_data
    actions.report_mistake(
        page=page,
        url=page.get_url(request) or "",
        text=given["text"],
        quote=given["quote"],
        email=given.get("email", ""),
        version=given["versi"],
        is_proven=is_proven,
    )
    return SeeOther(thanks_url(page, kirim="surat" if given.get("email") else "laporan"))
