"""The log of what people answered on channels."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zona.backstage.backoffice.offices import own_offices
from zona.offices.views.office import actor_of, breadcrumbs

from ..actions import reactions as reaction_actions
from ..models import Channel, Reaction
from ..policies import may_share, readable_offices, shared_offices
from .forms import ReactionForm

PER_PAGE = 25


@require_http_methods(["GET", "POST"])
def show_reactions(request: HttpRequest, code: str) -> HttpResponse:
    """What was noted, and one more to note."""
    user = actor_of(request)
    office = get_object_or_404(readable_offices(user), code=code)
    shares = may_share(user, office)
    if request.method == "POST" and not shares:
        raise PermissionDenied
    form = None
    if shares and Channel.objects.filter(office=office).exists():
        form = ReactionForm(request.POST or None, office=office)
    if form and request.method == "POST" and form.is_valid():
        reaction_actions.note_reaction(actor=user, office=office, **form.cleaned_data)
        messages.success(request, _("Noted."))
        return redirect("channels_staff:reactions", code=code)
    rows = Reaction.objects.filter(office=office).select_related("channel", "page", "noted_by")
    return TemplateResponse(
        request,
        "channels/office/reactions.html",
        {
            "header_title": _("What people answered"),
            "header_icon": "comment",
            "breadcrumbs_items": breadcrumbs(
                (reverse("channels_staff:list", args=[code]), _("Channels")),
                ("", _("What people answered")),
            ),
            "office": office,
            "offices": own_offices(user),
            "form": form,
            "part": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
            "may_share": shares,
            "may_hand_over": reaction_actions.handed_over.has_listeners(),
        },
        status=422 if form and form.errors else 200,
    )


@require_POST
def act(request: HttpRequest, code: str, reaction_id: int) -> HttpResponse:
    """Answered, or handed to the service desk, by the button pressed."""
    user = actor_of(request)
    rows = Reaction.objects.filter(office__in=shared_offices(user).values("pk"))
    reaction = get_object_or_404(rows.select_related("office"), office__code=code, pk=reaction_id)
    if request.POST.get("tindakan") == "teruskan":
        reaction_actions.hand_over(actor=user, reaction=reaction)
        messages.success(request, _("Handed over to the service desk."))
    elif request.POST.get("tindakan") == "buka":
        reaction_actions.reopen(actor=user, reaction=reaction)
        messages.success(request, _("Taken back: it counts as not done yet."))
    else:
        reaction_actions.mark_answered(actor=user, reaction=reaction)
        messages.success(request, _("Marked as answered."))
    return redirect("channels_staff:reactions", code=code)
