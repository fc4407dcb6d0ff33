"""Who may share, who keeps the accounts, who reads along: as a question and as a queryset.

What is said on channels is public, so all who read an office's screens read its outbox. Sharing is
publishing; the accounts with their secrets belong to the channel manager and the administrator.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from zona.backstage.rights.grants import CAPABILITY, PUBLISHER
from zona.offices.models import Office, Role
from zona.offices.policies import Actor, holds, offices_where, visible_offices
from zona.website.site.models import BasePage

from .models import Channel

PUBLISHING = tuple(role for role, capability in CAPABILITY.items() if capability == PUBLISHER)
SHARERS = (*PUBLISHING, Role.CHANNEL_ADMIN)
KEEPERS = (Role.CHANNEL_ADMIN, Role.OFFICE_ADMIN)


def readable_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose outbox the actor reads: own ones and all that lie below."""
    return visible_offices(actor).filter(is_open=True)


def shared_offices(actor: Actor) -> QuerySet[Office]:
    """The offices in whose name the actor shares."""
    return offices_where(actor, *SHARERS).filter(is_open=True)


def may_share(actor: Actor, office: Office) -> bool:
    return office.is_open and holds(actor, office, *SHARERS)


def kept_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose accounts, groups and places for alerts the actor keeps."""
    return offices_where(actor, *KEEPERS).filter(is_open=True)


def may_keep(actor: Actor, office: Office) -> bool:
    return office.is_open and holds(actor, office, *KEEPERS)


def kept_channels(actor: Actor) -> QuerySet[Channel]:
    return Channel.objects.filter(office__in=kept_offices(actor).values("pk"))


def get_item_for(actor: Actor, code: str, page_id: int) -> BasePage:
    """A public page of an office in whose name the actor shares. Raises Http404."""
    office = get_object_or_404(shared_offices(actor), code=code)
    rows = BasePage.objects.filter(office=office, live=True, depth__gt=1)
    page = rows.select_related("office", "photo", "card_photo", "rubric").filter(pk=page_id).first()
    if page is None or page.get_view_restrictions().exists():
        raise Http404
    page.office = office
    return page
