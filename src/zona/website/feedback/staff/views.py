"""The staff's screens: the list of an office, one message and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zona.backstage.backoffice.offices import own_offices
from zona.offices.models import Office, User
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.site.policies import may_edit

from .. import queries
from ..actions import reports as actions
from ..forms import AnswerForm, FilterForm
from ..models import Feedback
from ..policies import may_answer, readable_offices

PER_PAGE = 25


def office_for(user: User, code: str) -> Office:
    """The office if the person may read its feedback; else there is no such page."""
    return get_object_or_404(readable_offices(user), code=code)


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """The list of the person's (first) office."""
    user = actor_of(request)
    readable = readable_offices(user)
    own = [office for office in own_offices(user) if readable.filter(pk=office.pk).exists()]
    office = own[0] if own else readable.first()
    if office is None:
        raise PermissionDenied
    return redirect("feedback_staff:list", code=office.code)


@dataclass(frozen=True)
class Row:
    """One line of the list: what it says, unless it seems to hold somebody's data."""

    feedback: Feedback
    excerpt: str
    url: str
    has_changed: bool

    @classmethod
    def of(cls, feedback: Feedback) -> Row:
        excerpt = "" if feedback.has_personal_data else Truncator(feedback.text).chars(160)
        url = reverse("feedback_staff:show", args=[feedback.office.code, feedback.pk])
        return cls(feedback, excerpt, url, has_changed(feedback))


def has_changed(feedback: Feedback) -> bool:
    """Whether the page went out anew since the reader saw it."""
    page, seen = feedback.page, feedback.version
    if page is None or seen is None or page.last_published_at is None:
        return False
    if feedback.revision and page.live_revision_id:
        return bool(feedback.revision != page.live_revision_id)
    return bool(page.last_published_at.replace(microsecond=0) > seen.published_at)


@require_safe
def show_list(request: HttpRequest, code: str) -> HttpResponse:
    """What readers wrote to an office, and how its pages help."""
    user = actor_of(request)
    office = office_for(user, code)
    pages = [(page.pk, page.title) for page in queries.pages_with_feedback(office)]
    given = request.GET.copy()
    given.setdefault("keadaan", "open")
    form = FilterForm(given, pages=pages)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.narrow(
        queries.to_handle(office).select_related("page", "office"),
        state=chosen.get("keadaan", "open"),
        kind=chosen.get("jenis", ""),
        page_id=chosen.get("halaman"),
    )
    part = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    given.pop("p", None)
    scored = queries.scores(office)
    measured = [row for row in scored if row.score.is_measured]
    return TemplateResponse(
        request,
        "feedback/office/list.html",
        {
            "header_title": _("What readers say"),
            "header_icon": "comment",
            "breadcrumbs_items": breadcrumbs(("", _("What readers say"))),
            "office": office,
            "offices": own_offices(user),
            "form": form,
            "part": part,
            "rows": [Row.of(feedback) for feedback in part],
            "query": given.urlencode(),
            "scores": measured[:10],
            "unmeasured": len(scored) - len(measured),
            "may_answer": may_answer(user, office),
        },
    )


@require_http_methods(["GET", "POST"])
def show_one(request: HttpRequest, code: str, feedback_id: int) -> HttpResponse:
    """One message: read, take up, answer or set aside."""
    user = actor_of(request)
    office = office_for(user, code)
    rows = queries.to_handle(office).select_related("page", "office", "answered_by", "letter")
    feedback = get_object_or_404(rows, pk=feedback_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if not may_answer(user, office):
            raise PermissionDenied
        if form.is_valid() and _act(request, user, feedback, form):
            return redirect("feedback_staff:list", code=code)
    return TemplateResponse(
        request,
        "feedback/office/show.html",
        {
            "header_title": feedback.get_kind_display(),
            "header_icon": "comment",
            "breadcrumbs_items": breadcrumbs(
                (reverse("feedback_staff:list", args=[code]), _("What readers say")),
                ("", feedback.get_kind_display()),
            ),
            "office": office,
            "feedback": feedback,
            "form": form,
            "may_answer": may_answer(user, office),
            "has_changed": has_changed(feedback),
            **_page_links(request, user, feedback),
        },
        status=422 if form.errors else 200,
    )


def _act(request: HttpRequest, user: User, feedback: Feedback, form: AnswerForm) -> bool:
    """Do what the pressed button says; False with a word at the field when it cannot be done."""
    text, what = form.cleaned_data["text"], request.POST.get("tindakan")
    try:
        if what == "kerjakan":
            actions.take_up(actor=user, feedback=feedback)
            messages.success(request, _("Taken up."))
        elif what == "jawab":
            actions.answer(actor=user, feedback=feedback, text=text)
            messages.success(
                request,
                _("Answered; the answer goes out by e-mail.")
                if feedback.email
                else _("Marked as answered."),
            )
        elif what == "tidak_perlu":
            actions.set_aside(actor=user, feedback=feedback, reason=text)
            messages.success(request, _("Closed: nothing to do."))
        elif what == "kirim_ulang":
            if actions.send_again(actor=user, feedback=feedback):
                messages.success(request, _("The answer goes out again."))
        elif what == "biarkan":
            if actions.let_be(actor=user, feedback=feedback):
                messages.success(request, _("Left as it is."))
        else:
            form.add_error(None, _("Choose what is to be done."))
            return False
    except ValidationError as error:
        form.add_error("text", error)
        return False
    return True


def _page_links(request: HttpRequest, user: User, feedback: Feedback) -> dict[str, Any]:
    """Where the page is read, edited, and compared with what the reader saw."""
    page = feedback.page
    if page is None:
        return {}
    links: dict[str, Any] = {
        "page_url": page.get_url(request) if page.live else "",
        "score": queries.score_of(page),
    }
    if may_edit(user, page):
        links["edit_url"] = reverse("wagtailadmin_pages:edit", args=[page.pk])
        live = page.live_revision_id
        if feedback.revision and live and live != feedback.revision:
            links["compare_url"] = reverse(
                "wagtailadmin_pages:revisions_compare", args=[page.pk, feedback.revision, live]
            )
    return links
