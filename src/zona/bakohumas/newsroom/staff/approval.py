"""Approval on the desk: what waits, asking, reading and deciding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zona.backstage.backoffice.offices import own_offices
from zona.bakohumas.agenda.policies.coverage import may_write
from zona.bakohumas.checker.checking import check_page
from zona.bakohumas.checker.gate import is_checked, reasons_in
from zona.ground.mail.sending import mail_leaves
from zona.offices.models import Office, User
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.site.models import ArticlePage, BasePage
from zona.website.site.policies import get_page_for, may_edit

from ..actions import approval as actions
from ..actions.publishing import missing_for_publishing, risk_of
from ..forms.approval import DECISIONS, AskForm, DecisionForm, LinkForm, SendForm
from ..models import ItemPlan, Review, Step, Verdict
from ..policies.approval import (
    Board,
    approval_for,
    current_step,
    get_review_for,
    get_reviewing_office_for,
    may_withdraw,
    reviewed_offices,
    steps_done,
    writer_of,
)
from ..queries import approval as queries
from ..queries.writing import channels_of
from ..rules import approval as rules
from .places import share_url


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """What waits in the person's (first) office."""
    user = actor_of(request)
    offices = own_offices(user) or reviewed_offices(user)
    if not offices:
        raise PermissionDenied
    return redirect("newsroom_staff:approvals", code=offices[0].code)


@require_safe
def show_list(request: HttpRequest, code: str) -> HttpResponse:
    """What waits in an office, what the person may decide first, and what came back."""
    user = actor_of(request)
    office = get_reviewing_office_for(user, code)
    lines = queries.lines_for(user, office, queries.waiting_in(office)[: queries.MOST])
    return TemplateResponse(
        request,
        "newsroom/approval/list.html",
        {
            "header_title": _("Approvals"),
            "header_icon": "check",
            "breadcrumbs_items": breadcrumbs(("", _("Approvals"))),
            "office": office,
            "offices": own_offices(user),
            "mine": [line for line in lines if line.is_mine],
            "others": [line for line in lines if not line.is_mine],
            "returned": list(queries.returned_in(office)[: queries.MOST]),
        },
    )


# --- asking ---------------------------------------------------------------------------------------


def item_for(user: User, page_id: int) -> BasePage:
    """The newest version of a page that the person may edit and for whose office they write."""
    page = get_page_for(user, page_id)
    if page.office is None or not may_write(user, page.office):
        raise Http404
    office = page.office
    item: BasePage = page.specific.get_latest_revision_as_object()
    item.office = office
    return item


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, page_id: int) -> HttpResponse:
    """One field and one button; everything else is known."""
    user = actor_of(request)
    item = item_for(user, page_id)
    waiting = queries.waiting_for(item.pk)
    if waiting is not None:
        return redirect("newsroom_staff:review", review_id=waiting.pk)
    channels = channels_of(item.office)
    plan = ItemPlan.objects.filter(page_id=item.pk).first()
    form = AskForm(
        request.POST or None,
        channels=channels,
        initial={"channels": plan.channels if plan else []},
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            chosen = set(form.cleaned_data["channels"])
            try:
                review = actions.ask(
                    actor=user,
                    page=item,
                    note=form.cleaned_data["note"],
                    channels=[row for row in channels if row.pk in chosen],
                    reasons=reasons_in(request.POST),
                )
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, _("Asked. It comes out by itself once it is approved."))
                return redirect("newsroom_staff:review", review_id=review.pk)
        status = 422
    return TemplateResponse(
        request,
        "newsroom/approval/ask.html",
        _asking(user, item, form, reasons_in(request.POST)),
        status=status,
    )


def _asking(user: User, item: BasePage, form: AskForm, reasons: dict[str, str]) -> dict[str, Any]:
    office, risk = item.office, risk_of(item)
    approval = approval_for(office, risk)
    steps = rules.STEPS[approval] or (rules.EDITOR,)
    board, writer = Board.of(office), writer_of(item)
    return {
        "header_title": _("Ask for approval"),
        "header_icon": "check",
        "breadcrumbs_items": breadcrumbs(("", _("Ask for approval"))),
        "office": office,
        "item": item,
        "form": form,
        "risk": risk,
        "approval": approval,
        "steps": [(Step(step), board.deciders(step, writer)) for step in steps],
        "missing": missing_for_publishing(item) if isinstance(item, ArticlePage) else [],
        "checked": check_page(item, reasons) if is_checked(item) else None,
        "edit_url": edit_url(item),
    }


def edit_url(page: BasePage) -> str:
    """Where the page is written: articles on one screen, the others in the editor."""
    if page.kind == ArticlePage.kind_name:
        return reverse("newsroom_staff:write_item", args=[page.pk])
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


# --- reading and deciding -------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def show_review(request: HttpRequest, review_id: int) -> HttpResponse:
    """The item as it was sent, what changed, what was said; the buttons of who may decide."""
    user = actor_of(request)
    review = get_review_for(user, review_id)
    form, status = DecisionForm(initial={"seen": actions.stamp_of(review.revision)}), 200
    if request.method == "POST":
        form, status = DecisionForm(request.POST), 422
        if form.is_valid():
            decision = DECISIONS.get(request.POST.get("tindakan", ""), "")
            try:
                decided = actions.decide(actor=user, review=review, decision=decision, **form.said)
            except actions.Changed as error:
                messages.warning(request, error.messages[0])
                return redirect("newsroom_staff:review", review_id=review.pk)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, say_decided(decided, decision))
                return redirect("newsroom_staff:review", review_id=review.pk)
    return show(request, user, review, form, LinkForm(), None, status)


def say_decided(review: Review, decision: str) -> str:
    if decision == Verdict.Decision.COMMENT:
        return _("Your remark is kept; the item still waits.")
    if decision == Verdict.Decision.RETURN:
        return _("Returned with your remark.")
    if review.state == Review.State.WAITING:
        return _("Approved. Now the leader decides.")
    return _("Approved; it is public now or comes out at the time set.")


def show(
    request: HttpRequest,
    user: User,
    review: Review,
    form: DecisionForm,
    link_form: LinkForm,
    send_form: SendForm | None = None,
    status: int = 200,
) -> HttpResponse:
    office, step, writer = review.office, current_step(review), writer_of(review.page)
    board = Board.of(office)
    is_waiting = review.state == Review.State.WAITING
    standing = board.standing(user, step, writer) if is_waiting else None
    item = review.revision.as_object()
    item.office = office
    title = review.revision.object_str
    done = rules.settle(review.steps, steps_done(review), board.may(user, writer))
    return TemplateResponse(
        request,
        "newsroom/approval/review.html",
        {
            "header_title": _("Approval"),
            "header_icon": "check",
            "breadcrumbs_items": breadcrumbs(
                (reverse("newsroom_staff:approvals", args=[office.code]), _("Approvals")),
                ("", title),
            ),
            "office": office,
            "review": review,
            "item": item,
            "step": Step(step),
            "standing": standing,
            "is_last": done >= len(review.steps),
            "form": form,
            "link_form": link_form,
            "send_form": send_form or SendForm(office=office),
            "mail_leaves": mail_leaves(),
            "changes": queries.changes_in(review),
            "checked": check_page(item) if is_waiting and is_checked(item) else None,
            "said": queries.said_about(review),
            "links": list(review.links.select_related("made_by")) if is_waiting else [],
            "deciders": board.deciders(step, writer) if is_waiting else [],
            "may_send": is_waiting and may_write(user, office),
            "may_withdraw": is_waiting and may_withdraw(user, review, board),
            "may_edit": may_edit(user, review.page),
            "edit_url": edit_url(review.page),
            "page_url": review.page.get_url(request) if review.page.live else "",
            "share_url": share_url(user, review.page) if review.page.live else "",
        },
        status=status,
    )


@require_POST
def withdraw(request: HttpRequest, review_id: int) -> HttpResponse:
    """Take the question back and go on writing."""
    user = actor_of(request)
    review = get_review_for(user, review_id)
    if not may_withdraw(user, review, Board.of(review.office)):
        raise PermissionDenied
    try:
        actions.withdraw(actor=user, review=review)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("newsroom_staff:review", review_id=review.pk)
    messages.success(request, _("Taken back. The draft is as it was."))
    return redirect(
        edit_url(review.page) if may_edit(user, review.page) else _list_of(review.office)
    )


def _list_of(office: Office) -> str:
    return reverse("newsroom_staff:approvals", args=[office.code])
