"""The staff's screen: how many follow, what was sent. Numbers only."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zona.backstage.backoffice.offices import choose_office, own_offices
from zona.ground.mail.sending import mail_leaves
from zona.offices.policies import visible_offices
from zona.offices.views.office import actor_of, breadcrumbs

from ..queries import count_subscribers


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """The numbers of the person's (first) office."""
    user = actor_of(request)
    office = choose_office(user, "", own_offices(user))
    if office is None:
        raise PermissionDenied
    return redirect("subscriptions_staff:show", code=office.code)


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    user = actor_of(request)
    office = get_object_or_404(visible_offices(user).filter(is_open=True), code=code)
    title = _("Subscriptions")
    return TemplateResponse(
        request,
        "subscriptions/office/show.html",
        {
            "header_title": title,
            "header_icon": "mail",
            "breadcrumbs_items": breadcrumbs(("", title)),
            "office": office,
            "offices": own_offices(user),
            "numbers": count_subscribers(office, timezone.now()),
            "mail_leaves": mail_leaves(),
        },
    )
