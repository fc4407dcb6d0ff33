"""The accounts of an office: list with their health, adding, changing, checking, pausing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zona.backstage.backoffice.offices import own_offices
from zona.offices.models import Office, User
from zona.offices.views.office import actor_of, breadcrumbs

from ..actions import accounts as account_actions
from ..adapters import ADAPTERS, ASSISTED, fields_of
from ..models import AlertTarget, Channel, Kind
from ..policies import kept_channels, kept_offices
from . import words
from .forms import ChannelForm, GroupForm

NEEDS = {
    Kind.WHATSAPP: gettext_lazy("Nothing but the names of your groups. Begin here."),
    Kind.X: gettext_lazy("Nothing; text and card are prepared, you post them."),
    Kind.TIKTOK: gettext_lazy("Nothing; text and tall card are prepared, you post them."),
    Kind.YOUTUBE: gettext_lazy("Nothing; title and description are prepared, you upload."),
    Kind.TELEGRAM: gettext_lazy("A bot of @BotFather that is administrator of your channel."),
    Kind.FACEBOOK: gettext_lazy("The page's number and a token of a Meta app."),
    Kind.INSTAGRAM: gettext_lazy("A professional account and a token of a Meta app."),
    Kind.THREADS: gettext_lazy("A Threads account and a token of a Meta app."),
    Kind.MASTODON: gettext_lazy("The server's address and an access token of the account."),
    Kind.BLUESKY: gettext_lazy("The account's name and an app password."),
    Kind.WHATSAPP_CLOUD: gettext_lazy(
        "A number at Meta, an approved template, and a budget: every message costs money."
    ),
    Kind.PRESS: gettext_lazy("The press list of the partners; the mail server of Zona sends."),
}


def office_for(user: User, code: str) -> Office:
    """The office if the person keeps its accounts; else there is no such page."""
    return get_object_or_404(kept_offices(user), code=code)


def channel_for(user: User, code: str, channel_id: int) -> Channel:
    rows = kept_channels(user).select_related("office")
    return get_object_or_404(rows, office__code=code, pk=channel_id)


def trail(code: str, *more: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the dashboard over the outbox and the accounts to here."""
    outbox = (reverse("channels_staff:list", args=[code]), _("Channels"))
    accounts = (reverse("channels_staff:accounts", args=[code]), _("Accounts and groups"))
    return breadcrumbs(outbox, accounts, *more) if more else breadcrumbs(outbox, ("", accounts[1]))


@dataclass(frozen=True)
class AccountRow:
    """One account in the list."""

    channel: Channel
    state: words.StateWord
    told: str
    reason: str
    url: str


@require_safe
def show_accounts(request: HttpRequest, code: str) -> HttpResponse:
    user = actor_of(request)
    office = office_for(user, code)
    channels = office.channels.annotate(used=Count("groups", filter=Q(groups__is_active=True)))
    now = timezone.now()
    rows = [
        AccountRow(
            channel=channel,
            state=words.channel_state(channel, now),
            told=" · ".join(_told(channel, office)),
            reason=channel.last_reason,
            url=reverse("channels_staff:account", args=[code, channel.pk]),
        )
        for channel in sorted(channels, key=words.rank)
    ]
    return TemplateResponse(
        request,
        "channels/office/accounts.html",
        {
            "header_title": _("Accounts and groups"),
            "header_icon": "cog",
            "breadcrumbs_items": trail(code),
            "office": office,
            "offices": own_offices(user),
            "accounts": rows,
            "targets": AlertTarget.objects.filter(office=office).count(),
        },
    )


def _told(channel: Any, office: Office) -> list[str]:
    """What the list says below the name."""
    label = str(channel.get_kind_display())
    told = [label] if label != channel.name else []
    if channel.account_name:
        told.append(channel.account_name)
    if channel.kind == Kind.WHATSAPP:
        told.append(
            ngettext("%(n)s group in the register", "%(n)s groups in the register", channel.used)
            % {"n": channel.used}
        )
    if channel.secret_expires_at:
        moment = words.say_moment(channel.secret_expires_at, office)
        told.append(_("access ends on %(moment)s") % {"moment": moment})
    elif channel.checked_at:
        told.append(
            _("checked on %(moment)s") % {"moment": words.say_moment(channel.checked_at, office)}
        )
    if channel.by_default:
        told.append(_("ticked for every item"))
    return told


@dataclass(frozen=True)
class Tile:
    url: str
    label: str
    needs: str


@require_safe
def choose_service(request: HttpRequest, code: str) -> HttpResponse:
    """Which service; each with one sentence of what it needs."""
    office = office_for(actor_of(request), code)

    def tiles(kinds: Any) -> list[Tile]:
        return [
            Tile(
                reverse("channels_staff:add_kind", args=[code, kind]),
                str(Kind(kind).label),
                str(NEEDS[Kind(kind)]),
            )
            for kind in Kind.values
            if kind in kinds
        ]

    return TemplateResponse(
        request,
        "channels/office/add.html",
        {
            "header_title": _("Add a channel"),
            "header_icon": "plus",
            "breadcrumbs_items": trail(code, ("", _("Add a channel"))),
            "office": office,
            "groups": [
                (_("Shared by hand, prepared by Zona"), tiles(ASSISTED)),
                (_("Sent by Zona"), tiles(ADAPTERS)),
            ],
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    office = office_for(actor_of(request), code)
    if kind not in ADAPTERS and kind not in ASSISTED:
        raise Http404
    return _edit(request, office, kind, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, channel_id: int) -> HttpResponse:
    channel = channel_for(actor_of(request), code, channel_id)
    return _edit(request, channel.office, channel.kind, channel)


def _edit(request: HttpRequest, office: Office, kind: str, channel: Channel | None) -> HttpResponse:
    user = actor_of(request)
    form = ChannelForm(request.POST or None, kind=kind, office=office, channel=channel)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = account_actions.save_channel(
            actor=user,
            office=office,
            kind=kind,
            channel=channel,
            name=given["name"],
            settings=given["settings"],
            secret=given["secret"],
            by_default=given["by_default"],
            monthly_cap=given.get("monthly_cap"),
        )
        _check(request, user, saved)
        return redirect("channels_staff:account", code=office.code, channel_id=saved.pk)
    label = str(Kind(kind).label)
    title = channel.name if channel else _("Add: %(service)s") % {"service": label}
    return TemplateResponse(
        request,
        "channels/office/form.html",
        {
            "header_title": title,
            "header_icon": "cog",
            "breadcrumbs_items": trail(office.code, ("", title)),
            "office": office,
            "form": form,
            "intro": _reason(kind) or NEEDS[Kind(kind)],
            "button": _("Save and check the connection") if fields_of(kind) else _("Save"),
        },
        status=422 if form.errors else 200,
    )


def _check(request: HttpRequest, user: User, channel: Channel) -> None:
    """Say at once whether the account works, so that nobody learns it from a failed post."""
    if channel.is_assisted:
        messages.success(request, _("Saved."))
    elif account_actions.check_channel(actor=user, channel=channel):
        name = channel.account_name or channel.name
        messages.success(request, _("The connection works: %(name)s.") % {"name": name})
    else:
        messages.error(request, _("No connection yet: %(why)s") % {"why": channel.last_reason})


def _reason(kind: str) -> str:
    """Why a person posts there, not a program; "" where a program does."""
    return str(ASSISTED[kind].reason) if kind in ASSISTED else ""


@require_safe
def show_account(request: HttpRequest, code: str, channel_id: int) -> HttpResponse:
    """One account: how it is, what is stored of it, its groups."""
    channel = channel_for(actor_of(request), code, channel_id)
    return TemplateResponse(
        request,
        "channels/office/account.html",
        {
            "header_title": channel.name,
            "header_icon": "cog",
            "breadcrumbs_items": trail(code, ("", channel.name)),
            "office": channel.office,
            "channel": channel,
            "state": words.channel_state(channel, timezone.now()),
            "facts": _facts(channel),
            "reason": _reason(channel.kind),
            "groups": list(channel.groups.order_by("-is_active", "name")),
            "wants_groups": channel.kind == Kind.WHATSAPP,
        },
    )


def _facts(channel: Channel) -> list[tuple[str, str]]:
    """(word, text) of what is known; secrets are named, never shown."""
    office = channel.office
    found = [(_("Account"), channel.account_name)]
    for field in fields_of(channel.kind):
        if field.secret:
            text = _("stored, never shown") if channel.sealed else _("missing")
        else:
            text = str(channel.settings.get(field.name, ""))
        found.append((str(field.label), text))
    if channel.monthly_cap is not None:
        found.append((_("At most a month"), words.say_rupiah(channel.monthly_cap)))
    found += [
        (_("Last checked"), words.say_moment(channel.checked_at, office)),
        (_("Access ends"), words.say_moment(channel.secret_expires_at, office)),
        (_("What went wrong last"), channel.last_reason),
        (_("Rests until"), words.say_moment(channel.open_until, office)),
        (_("Ticked for every item"), _("yes") if channel.by_default else _("no")),
    ]
    return [(word, text) for word, text in found if text]


@require_POST
def act(request: HttpRequest, code: str, channel_id: int) -> HttpResponse:
    """Check, pause or use again, by the button pressed."""
    user = actor_of(request)
    channel = channel_for(user, code, channel_id)
    match request.POST.get("tindakan"):
        case "periksa":
            _check(request, user, channel)
        case "jeda":
            account_actions.set_active(actor=user, channel=channel, is_active=False)
            messages.success(request, _("Paused. Nothing is sent there until you use it again."))
        case "lanjut":
            account_actions.set_active(actor=user, channel=channel, is_active=True)
            messages.success(request, _("In use again."))
        case _:
            raise PermissionDenied
    return redirect("channels_staff:account", code=code, channel_id=channel.pk)


@require_http_methods(["GET", "POST"])
def edit_group(
    request: HttpRequest, code: str, channel_id: int, group_id: int | None = None
) -> HttpResponse:
    """Add a group to the register or change one."""
    user = actor_of(request)
    channel = channel_for(user, code, channel_id)
    group = get_object_or_404(channel.groups, pk=group_id) if group_id else None
    form = GroupForm(request.POST or None, instance=group, channel=channel)
    if request.method == "POST" and form.is_valid():
        account_actions.save_group(actor=user, channel=channel, group=group, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("channels_staff:account", code=code, channel_id=channel.pk)
    title = group.name if group else _("Note a group")
    back = (reverse("channels_staff:account", args=[code, channel.pk]), channel.name)
    return TemplateResponse(
        request,
        "channels/office/form.html",
        {
            "header_title": title,
            "header_icon": "group",
            "breadcrumbs_items": trail(code, back, ("", title)),
            "office": channel.office,
            "form": form,
            "button": _("Save"),
        },
        status=422 if form.errors else 200,
    )
