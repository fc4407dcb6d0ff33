"""The places where staff are told that something waits."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zona.offices.models import Office, User
from zona.offices.views.office import actor_of

from ..actions import alerts as alert_actions
from ..delivery import alerts
from ..models import AlertTarget
from .accounts import office_for, trail
from .forms import AlertForm


@require_http_methods(["GET", "POST"])
def show_alerts(request: HttpRequest, code: str) -> HttpResponse:
    """The places there are, and one more to add."""
    user = actor_of(request)
    office = office_for(user, code)
    form = AlertForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _add(user, office, form):
        messages.success(request, _("Saved. Send a test to see whether it arrives."))
        return redirect("channels_staff:alerts", code=code)
    words = (_("Telegram"), _("E-mail"), _("ntfy"), _("Another program (webhook)"))
    return TemplateResponse(
        request,
        "channels/office/alerts.html",
        {
            "header_title": _("Alerts for staff"),
            "header_icon": "warning",
            "breadcrumbs_items": trail(code, ("", _("Alerts for staff"))),
            "office": office,
            "targets": AlertTarget.objects.filter(office=office),
            "form": form,
            "examples": list(zip(words, alerts.FORMS.values(), strict=True)),
        },
        status=422 if form.errors else 200,
    )


def _add(user: User, office: Office, form: AlertForm) -> bool:
    """Save the place; False with a word at the field."""
    try:
        with transaction.atomic():
            alert_actions.add_target(actor=user, office=office, **form.cleaned_data)
    except alerts.BadAddress as error:
        form.add_error("url", str(error))
    except IntegrityError:
        form.add_error("name", _("There is a place of this name already."))
    return form.is_valid()


@require_POST
def act(request: HttpRequest, code: str, target_id: int) -> HttpResponse:
    """Send a test, pause, use again or remove, by the button pressed."""
    user = actor_of(request)
    office = office_for(user, code)
    target = get_object_or_404(
        AlertTarget.objects.select_related("office"), pk=target_id, office=office
    )
    match request.POST.get("tindakan"):
        case "coba":
            if alert_actions.try_target(actor=user, target=target):
                messages.success(request, _("The test was taken. Look whether it arrived."))
            else:
                messages.error(request, _("Not sent: %(why)s") % {"why": target.last_reason})
        case "jeda":
            alert_actions.set_active(actor=user, target=target, is_active=False)
            messages.success(request, _("Paused."))
        case "lanjut":
            alert_actions.set_active(actor=user, target=target, is_active=True)
            messages.success(request, _("In use again."))
        case "hapus":
            alert_actions.remove_target(actor=user, target=target)
            messages.success(request, _("Removed."))
        case _:
            raise PermissionDenied
    return redirect("channels_staff:alerts", code=code)
