"""Links for reviewers without an account, as staff make and close them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from zona.ground.mail.sending import mail_leaves
from zona.offices.views.office import actor_of, breadcrumbs

from .. import letters as letters
from ..actions import review_links as actions
from ..actions.approval import stamp_of
from ..forms.approval import DecisionForm, LinkForm, SendForm
from ..policies.approval import get_review_for
from .approval import show

NO_MAIL = gettext_lazy(
    "This installation sends no e-mail yet, so nobody without an account can decide. Let the"
    " person sign in, or ask the administrator to set up a mail server."
)


@require_POST
@sensitive_variables("token")
def send(request: HttpRequest, review_id: int) -> HttpResponse:
    """Send a registered person a link that decides; who sends it never sees it."""
    user = actor_of(request)
    review = get_review_for(user, review_id)
    form = SendForm(request.POST, office=review.office)
    if form.is_valid() and not mail_leaves():
        form.add_error(None, NO_MAIL)
    if form.is_valid():
        reviewer = form.cleaned_data["reviewer"]
        try:
            link, token = actions.make_link(
                actor=user, review=review, way="email", reviewer=reviewer
            )
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            link.review = review
            if letters.send_link(link, token, reviewer.email):
                words = _("The link went to %(name)s by e-mail.") % {"name": link.name}
                messages.success(request, words)
                return redirect("newsroom_staff:review", review_id=review.pk)
            actions.withdraw_link(actor=user, link=link)
            form.add_error(None, _("The e-mail could not be sent, so the link is closed again."))
    decision = DecisionForm(initial={"seen": stamp_of(review.revision)})
    return show(request, user, review, decision, LinkForm(), form, status=422)


@require_POST
@sensitive_variables("token", "text", "number")
def make(request: HttpRequest, review_id: int) -> HttpResponse:
    """Make a link for remarks; by e-mail it leaves at once, for WhatsApp it is shown once."""
    user = actor_of(request)
    review = get_review_for(user, review_id)
    form = LinkForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["contact"]
        try:
            link, token = actions.make_link(
                actor=user, review=review, name=form.cleaned_data["name"], way=form.way
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            link.review = review
            if form.way == "email":
                if mail_leaves() and letters.send_link(link, token, number):
                    messages.success(
                        request, _("The link went to %(name)s by e-mail.") % {"name": link.name}
                    )
                    return redirect("newsroom_staff:review", review_id=review.pk)
                messages.warning(
                    request, _("The e-mail could not be sent. Pass the link on yourself.")
                )
                number = ""
            text = letters.message_for(link, token)
            return TemplateResponse(
                request,
                "newsroom/approval/link.html",
                {
                    "header_title": _("Link for %(name)s") % {"name": link.name},
                    "header_icon": "link",
                    "breadcrumbs_items": breadcrumbs(
                        (reverse("newsroom_staff:review", args=[review.pk]), _("Approval")),
                        ("", _("Link for %(name)s") % {"name": link.name}),
                    ),
                    "office": review.office,
                    "review": review,
                    "link": link,
                    "text": text,
                    "whatsapp_url": letters.whatsapp_url(text, number),
                    "until": letters.until_of(link),
                },
            )
    decision = DecisionForm(initial={"seen": stamp_of(review.revision)})
    return show(request, user, review, decision, form, None, status=422)


@require_POST
def withdraw(request: HttpRequest, review_id: int, link_id: int) -> HttpResponse:
    """Close a link that was not used."""
    user = actor_of(request)
    review = get_review_for(user, review_id)
    link = review.links.filter(pk=link_id).first()
    if link is None:
        raise Http404
    link.review = review
    actions.withdraw_link(actor=user, link=link)
    messages.success(request, _("The link is closed."))
    return redirect("newsroom_staff:review", review_id=review.pk)
