"""The door of reviewers without an account: one item, read and judged through a secret link."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from zona.bakohumas.checker.checking import check_page
from zona.bakohumas.checker.gate import is_checked
from zona.ground.guard.actions import Refusal, count, examine, network_of
from zona.ground.guard.rules import Limit, is_robot
from zona.ground.guard.views import public_form, say_refusal
from zona.ground.mail.sending import mail_leaves
from zona.website.site.files.exposure import grant_pictures
from zona.website.site.models import HomePage
from zona.website.site.pages.frame import frame

from . import letters
from .actions import review_links as actions
from .actions.approval import Changed, stamp_of
from .forms.approval import DECISIONS, LinkDecisionForm
from .models import ReviewLink, Verdict
from .policies.approval import may_decide_by
from .queries.approval import changes_in, said_about
from .rules import approval as rules
from .staff.review_links import NO_MAIL

LIMIT = Limit(proven=60, unproven=60)
WRONG = 60  # addresses that open nothing, for one network a day


class SeeOther(HttpResponseRedirect):
    """After a form: look there, with GET."""

    status_code = 303


@sensitive_post_parameters()
@sensitive_variables("token")
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Read the item and say yes or no. To look changes nothing but when it was first opened."""
    link = actions.find_link(token)
    if link is None:
        wrong = count("newsroom.review_link", network_of(request))
        return _keep_secret(_say_unknown(request, 429 if wrong > WRONG else 404))
    if not actions.is_open(link, timezone.now()):
        return _keep_secret(_say_over(request, link))
    if request.method == "POST":
        return _keep_secret(_decide(request, link, token))
    if request.method == "GET" and not is_robot(request.headers.get("User-Agent", "")):
        actions.note_opening(link)
    form = LinkDecisionForm(initial={"name": link.name, "seen": stamp_of(link.review.revision)})
    return _keep_secret(_read(request, link, form))


def _keep_secret(response: HttpResponse) -> HttpResponse:
    """The address holds a secret: nobody keeps the page, no other site learns where one was."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _decide(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    form = LinkDecisionForm(request.POST)
    if request.POST.get("tindakan") == "kode":
        return _send_pin(request, link, form)
    decision = DECISIONS.get(request.POST.get("tindakan", ""), "")
    if form.is_valid():
        verdict = examine(request, "newsroom.review", LIMIT)
        # Old browsers hide the origin where no referrer is told; the secret in the address proves
        # already that the form is ours.
        is_hidden = verdict.refusal is Refusal.FOREIGN and request.headers.get("Origin") == "null"
        if verdict.refusal and not is_hidden:
            form.add_error(None, say_refusal(verdict.refusal))
            return _read(request, link, form, status=429)
        present = [request.user.pk] if request.user.is_authenticated else []
        try:
            actions.decide_by_link(link=link, decision=decision, present=present, **form.said)
        except PermissionDenied:
            words = _(
                "You are signed in as the one who wrote this item, asked for approval or made the"
                " link. Somebody else has to read it."
            )
            if not may_decide_by(link):
                words = _("By this link you can only remark. To decide, please sign in.")
            form.add_error(None, words)
            return _read(request, link, form, status=403)
        except Changed as error:
            link.review.refresh_from_db()
            given = form.said | {"seen": stamp_of(link.review.revision)}
            form = LinkDecisionForm(initial=given)
            return _read(request, link, form, status=409, problem=error.messages[0])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            here = reverse("newsroom:review_link", args=[token])
            return SeeOther(f"{here}?catatan=1" if decision == "comment" else here)
    return _read(request, link, form, status=422)


@sensitive_variables("pin")
def _send_pin(request: HttpRequest, link: ReviewLink, form: LinkDecisionForm) -> HttpResponse:
    """A code to the person's own address; what was typed stays."""
    form.is_valid()
    given = {name: form.data.get(name, "") for name in ("name", "comment", "seen")}
    fresh = LinkDecisionForm(initial=given)
    if not mail_leaves():
        return _read(request, link, fresh, status=503, problem=str(NO_MAIL))
    try:
        pin = actions.make_pin(link=link)
    except ValidationError as error:
        return _read(request, link, fresh, status=422, problem=error.messages[0])
    address = link.reviewer.email if link.reviewer else ""
    if not letters.send_pin(link, pin, address):
        words = _("The e-mail with the code could not be sent. Try again in a few minutes.")
        return _read(request, link, fresh, status=503, problem=words)
    return _read(request, link, fresh, sent_to=rules.mask_address(address))


def _read(
    request: HttpRequest,
    link: ReviewLink,
    form: LinkDecisionForm,
    *,
    status: int = 200,
    problem: str = "",
    sent_to: str = "",
) -> HttpResponse:
    review = link.review
    item = review.revision.as_object()
    item.office = review.office
    home = _home_of(link)
    context = frame(request, home, home) | {
        "noindex": True,
        "page_title": item.title,
        "link": link,
        "review": review,
        "item": item,
        "form": form,
        "problem": problem,
        "until": letters.until_of(link),
        "changes": changes_in(review),
        "checked": check_page(item) if is_checked(item) else None,
        "said": [row for row in said_about(review) if row.comment],
        "is_last": link.step == review.steps[-1],
        "may_decide": may_decide_by(link),
        "has_pin": bool(sent_to or (link.pin_until and link.pin_until > timezone.now())),
        "sent_to": sent_to,
        "minutes": rules.PIN_MINUTES,
        "is_noted": request.method == "GET" and "catatan" in request.GET,
    }
    response = TemplateResponse(request, "newsroom/approval/public.html", context, status=status)
    grant_pictures(response, item, is_secure=request.is_secure())
    return response


def _home_of(link: ReviewLink) -> HomePage:
    home = HomePage.objects.filter(office=link.review.office).select_related("office").first()
    if home is None:
        raise Http404
    home.office = link.review.office
    return home


def _say_over(request: HttpRequest, link: ReviewLink) -> HttpResponse:
    """Used, too old, taken back or overtaken; tells nothing of the item but one's own word."""
    said = Verdict.objects.filter(link=link).exclude(decision=Verdict.Decision.COMMENT).last()
    page = link.review.page
    home = _home_of(link)
    context: dict[str, Any] = frame(request, home, home) | {
        "noindex": True,
        "page_title": _("Thank you") if said else _("This link is no longer open"),
        "link": link,
        "said": said,
        "item_url": page.get_url(request) if said and page.live else "",
        "is_late": link.expires_at <= timezone.now(),
    }
    is_thanks = bool(said) and request.method != "POST"
    status = 200 if is_thanks else 410
    return TemplateResponse(request, "newsroom/approval/over.html", context, status=status)


def _say_unknown(request: HttpRequest, status: int) -> HttpResponse:
    context = {"page_title": _("This link leads nowhere"), "noindex": True}
    return TemplateResponse(request, "newsroom/approval/unknown.html", context, status=status)
