"""Who gets news by WhatsApp: numbers are entered and deleted, never shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zona.offices.views.office import actor_of

from ..actions import accounts as account_actions
from ..models import Kind
from .accounts import channel_for, trail
from .forms import RecipientForm


@require_http_methods(["GET", "POST"])
def show_recipients(request: HttpRequest, code: str, channel_id: int) -> HttpResponse:
    """How many there are; enter a number, or delete one at its owner's wish."""
    user = actor_of(request)
    channel = channel_for(user, code, channel_id)
    if channel.kind != Kind.WHATSAPP_CLOUD:
        raise Http404
    form = RecipientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, how = form.cleaned_data["number"], form.cleaned_data["how"]
        if request.POST.get("tindakan") == "hapus":
            is_done = account_actions.drop_recipient(actor=user, channel=channel, number=number)
            word = _("The number is deleted.") if is_done else _("The number is not in the list.")
        else:
            is_done = account_actions.note_recipient(
                actor=user, channel=channel, number=number, how=how
            )
            word = _("The number is entered.") if is_done else _("The number is there already.")
        messages.success(request, word) if is_done else messages.warning(request, word)
        return redirect("channels_staff:recipients", code=code, channel_id=channel.pk)
    title = _("Recipients")
    back = (reverse("channels_staff:account", args=[code, channel.pk]), channel.name)
    return TemplateResponse(
        request,
        "channels/office/recipients.html",
        {
            "header_title": title,
            "header_icon": "group",
            "breadcrumbs_items": trail(code, back, ("", title)),
            "office": channel.office,
            "count": channel.recipients.count(),
            "form": form,
        },
        status=422 if form.errors else 200,
    )
