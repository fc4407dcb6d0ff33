"""Sharing one item: its package, and what the pressed button says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zona.ground.guard.numbers import read_number
from zona.offices.models import User
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.site.models import BasePage
from zona.website.site.pages.frame import absolute
from zona.website.site.pages.sharing import describe_card
from zona.website.subscriptions.models import Channel as Follow
from zona.website.subscriptions.queries import followers

from ..actions import posts as actions
from ..models import Group, PressRelease
from ..policies import get_item_for, may_keep
from ..queries import announced_to
from . import words
from .package import Parcel, pack


@dataclass(frozen=True)
class Website:
    """The item where it stands first."""

    url: str
    card: dict[str, Any]
    published: str
    can_send: bool


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, code: str, page_id: int) -> HttpResponse:
    """The package of an item on one screen."""
    user = actor_of(request)
    page = get_item_for(user, code, page_id)
    keeps = may_keep(user, page.office)
    parcels = pack(page.office, page, may_keep=keeps)
    errors: list[str] = []
    if request.method == "POST":
        done = _do(request, user, page, parcels, errors)
        if done is not None:
            return done
        parcels = pack(page.office, page, may_keep=keeps)
    automatic = [parcel for parcel in parcels if not parcel.channel.is_assisted]
    release = PressRelease.objects.filter(page=page).first()
    return TemplateResponse(
        request,
        "channels/office/share.html",
        {
            "header_title": page.title,
            "header_icon": "link-external",
            "breadcrumbs_items": breadcrumbs(
                (reverse("channels_staff:list", args=[code]), _("Channels")), ("", _("Share"))
            ),
            "office": page.office,
            "page": page,
            "website": Website(
                url=absolute(page.get_url(request)),
                card=describe_card(page),
                published=words.say_moment(page.first_published_at, page.office),
                can_send=any(parcel.can_send for parcel in automatic),
            ),
            "automatic": automatic,
            "by_hand": [parcel for parcel in parcels if parcel.channel.is_assisted],
            "followers": _followers(page),
            "release": release,
            "may_keep": keeps,
            "errors": errors,
        },
        status=422 if errors else 200,
    )


def _followers(page: BasePage) -> list[tuple[str, int, bool]]:
    """(way, how many, whether they have it) of those who receive it by themselves."""
    had = announced_to(page)
    waiting: dict[str, int] = {}
    if not any(had.values()):
        rows = followers(page).order_by().values_list("channel")
        waiting = dict(rows.annotate(n=Count("pk", distinct=True)))
    words_of = {Follow.EMAIL: _("E-mail"), Follow.PUSH: _("Notifications in the browser")}
    return [
        (word, had[way] or waiting.get(way, 0), bool(had[way])) for way, word in words_of.items()
    ]


def _do(
    request: HttpRequest, user: User, page: BasePage, parcels: list[Parcel], errors: list[str]
) -> HttpResponseRedirect | None:
    """Keep texts that were changed, then do what the button says; None when that went wrong."""
    what, _colon, of = request.POST.get("tindakan", "").partition(":")
    number, _colon, group_id = of.partition(":")
    by_number = {str(parcel.channel.pk): parcel for parcel in parcels}
    chosen = by_number.get(number)
    _keep_texts(request, user, page, parcels, skipped=chosen if what == "semula" else None)
    if what == "kirim":
        return _send(request, user, page, errors)
    if chosen is None:
        return redirect("channels_staff:share", code=page.office.code, page_id=page.pk)
    if what == "semula":
        actions.drop_variant(actor=user, page=page, channel=chosen.channel)
        messages.success(request, _("The text is as Zona prepared it."))
    elif what == "terkirim":
        group = Group.objects.filter(channel=chosen.channel, pk=read_number(group_id) or 0).first()
        actions.mark_shared(actor=user, page=page, channel=chosen.channel, group=group)
        messages.success(request, _("Noted: sent to %s.") % (group or chosen.channel))
    else:
        messages.success(request, _("The text is kept."))
    place = reverse("channels_staff:share", args=[page.office.code, page.pk])
    return HttpResponseRedirect(f"{place}#kanal-{chosen.channel.pk}")


def _keep_texts(
    request: HttpRequest, user: User, page: BasePage, parcels: list[Parcel], skipped: Parcel | None
) -> None:
    """Every text that reads otherwise than before; a text cleared is the prepared one again."""
    for parcel in parcels:
        number = parcel.channel.pk
        if parcel is skipped or f"teks-{number}" not in request.POST:
            continue
        text = request.POST[f"teks-{number}"].replace("\r\n", "\n").strip()[:70_000]
        with_link = f"tautan-{number}" in request.POST or not parcel.link_choice
        with_picture = f"gambar-{number}" in request.POST or not parcel.picture_choice
        now = (text, with_link, with_picture)
        if not text:
            actions.drop_variant(actor=user, page=page, channel=parcel.channel)
        elif now != (parcel.text, parcel.with_link, parcel.with_picture):
            actions.save_variant(
                actor=user,
                page=page,
                channel=parcel.channel,
                text=text,
                with_link=with_link,
                with_picture=with_picture,
            )


def _send(
    request: HttpRequest, user: User, page: BasePage, errors: list[str]
) -> HttpResponseRedirect | None:
    """Into the outbox with all that are ticked; nothing leaves while one text is too long."""
    wanted = set(request.POST.getlist("pilih"))
    parcels = pack(page.office, page, may_keep=False)  # with the texts just kept
    ticked = [p for p in parcels if p.can_send and str(p.channel.pk) in wanted]
    if not ticked:
        errors.append(_("Tick at least one channel."))
    for parcel in ticked:
        if parcel.is_too_long:
            given = {"name": parcel.channel.name, "over": parcel.length - parcel.limit}
            errors.append(_("%(name)s: the text is too long by %(over)s.") % given)
    if errors:
        return None
    made = actions.queue(actor=user, page=page, channels=[parcel.channel for parcel in ticked])
    told = ngettext("On its way to %(n)s channel.", "On its way to %(n)s channels.", len(made))
    messages.success(request, told % {"n": len(made)})
    return redirect("channels_staff:share", code=page.office.code, page_id=page.pk)
