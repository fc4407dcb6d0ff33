"""States, limits and dates of channels as words for the screens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from zona.offices.models import Office

from ..adapters.limits import Limits
from ..models import Channel, Kind, Post

EXPIRY_WARNING = dt.timedelta(days=14)


@dataclass(frozen=True)
class StateWord:
    """A state as a word with its icon; `tone`: good, soon, bad or calm."""

    word: str
    icon: str
    tone: str


POST_LOOKS = {
    Post.State.WAITING: ("time", "calm"),
    Post.State.SENDING: ("time", "calm"),
    Post.State.TO_SHARE: ("user", "soon"),
    Post.State.SENT: ("check", "good"),
    Post.State.UNSURE: ("help", "bad"),
    Post.State.FAILED: ("warning", "bad"),
    Post.State.SKIPPED: ("minus", "calm"),
    Post.State.DELETED: ("bin", "calm"),
}


def post_state(post: Post) -> StateWord:
    icon, tone = POST_LOOKS[Post.State(post.state)]
    return StateWord(post.get_state_display(), icon, tone)


def channel_state(channel: Channel, now: dt.datetime) -> StateWord:
    """How an account is; the worst that holds."""
    if not channel.is_active:
        return StateWord(_("Paused"), "time", "calm")
    if channel.is_assisted:
        return StateWord(_("By hand"), "user", "calm")
    if channel.needs_sign_in:
        return StateWord(_("Sign in again"), "key", "bad")
    expires = channel.secret_expires_at
    if expires and expires <= now:
        return StateWord(_("Sign in again"), "key", "bad")
    if channel.open_until and channel.open_until > now:
        return StateWord(_("Rests after failures"), "warning", "bad")
    if channel.checked_at is None:
        return StateWord(_("Not checked yet"), "help", "soon")
    if channel.last_reason:
        return StateWord(_("Does not answer as it should"), "warning", "bad")
    if expires and expires - now <= EXPIRY_WARNING:
        return StateWord(_("Access ends soon"), "time", "soon")
    return StateWord(_("In order"), "check", "good")


def rank(channel: Channel) -> tuple[int, str]:
    """In the order of the services: what is used most comes first."""
    return Kind.values.index(channel.kind), channel.name


def say_moment(moment: dt.datetime | None, office: Office) -> str:
    return date_format(moment.astimezone(office.tz), "j F Y, H.i") if moment else ""


def picture_words(limits: Limits) -> str:
    """Which picture goes along, in words."""
    if not limits.images:
        return _("No picture goes along.")
    width, height = limits.image_form.split("x")
    size = {"width": width, "height": height}
    if limits.needs_picture:
        return _("Picture: the card of %(width)s × %(height)s pixels; it must be there.") % size
    return _("Picture: the card of %(width)s × %(height)s pixels.") % size


def link_words(limits: Limits) -> str:
    """Where the address goes, in words."""
    return {
        "in_text": _("The link stands at the end of the text."),
        "card": _("The link goes as a card below the text."),
        "none": _("No link goes along."),
        "bio": _("Links cannot be tapped there: the profile must lead to the website."),
    }[limits.link]


def say_rupiah(amount: Decimal | float) -> str:
    return f"Rp{number_format(amount, decimal_pos=0, force_grouping=True)}"
