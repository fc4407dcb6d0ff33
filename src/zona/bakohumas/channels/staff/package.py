"""The package of one item: what it says on each channel, and what became of it there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zona.bakohumas.partners.queries import press_list
from zona.offices.models import Office
from zona.website.site.models import BasePage
from zona.website.site.pages.sharing import card_maker

from ..adapters import ASSISTED, limits_of
from ..adapters.limits import Limits
from ..content import composing
from ..models import Channel, Group, Kind, Post, PressRelease
from . import words
from .posts import PostRow, State

COUNT_RULES = {"utf16", "graphemes", "emoji_as_bytes", "links_as_23", "x_weight", "bluesky", "len"}
OVER = {State.SKIPPED, State.DELETED}  # what may be sent anew; a failed post has its own button


@dataclass(frozen=True)
class Place:
    """One group to share in; a service without groups is one place without a name."""

    name: str
    group_id: int  # 0: no group
    members: int | None
    rules: str
    state: words.StateWord | None
    post: PostRow | None
    is_done: bool


@dataclass
class Parcel:
    """What one channel gets. Lengths count as the service counts, the link included."""

    channel: Channel
    limits: Limits
    prepared: composing.Prepared
    posts: list[PostRow] = field(default_factory=list)
    state: words.StateWord | None = None
    can_send: bool = False
    obstacle: str = ""
    fix_url: str = ""
    fix_words: str = ""
    places: list[Place] = field(default_factory=list)
    card_url: str = ""

    @property
    def text(self) -> str:
        return self.prepared.text

    @property
    def link(self) -> str:
        return self.prepared.link if self.prepared.with_link else ""

    @property
    def outgoing(self) -> str:
        return self.limits.outgoing(self.text, self.link)

    @property
    def length(self) -> int:
        return self.limits.count(self.outgoing)

    @property
    def limit(self) -> int:
        return self.limits.text

    @property
    def is_too_long(self) -> bool:
        return self.length > self.limit

    @property
    def is_ticked(self) -> bool:
        return self.channel.by_default and not self.is_too_long

    @property
    def is_changed(self) -> bool:
        return self.prepared.is_changed

    @property
    def with_link(self) -> bool:
        return self.prepared.with_link

    @property
    def with_picture(self) -> bool:
        return self.prepared.with_picture

    @property
    def link_choice(self) -> bool:
        return self.limits.link in {"in_text", "card"}

    @property
    def picture_choice(self) -> bool:
        return bool(
            self.limits.images and not self.limits.needs_picture and not self.channel.is_assisted
        )

    @property
    def link_in_text(self) -> str:
        """The address that the script adds when it counts."""
        return self.prepared.link if self.limits.link == "in_text" else ""

    @property
    def count_rule(self) -> str:
        """Name of the rule in share.js."""
        name = getattr(self.limits.count, "__name__", "")
        return name if name in COUNT_RULES else "bytes"

    @property
    def length_words(self) -> str:
        return f"{number_format(self.length, force_grouping=True)}/{self.limit_words}"

    @property
    def limit_words(self) -> str:
        return number_format(self.limit, force_grouping=True)

    @property
    def picture_words(self) -> str:
        return words.picture_words(self.limits)

    @property
    def link_words(self) -> str:
        return words.link_words(self.limits)

    @property
    def reason(self) -> str:
        """Why a person posts it."""
        return str(ASSISTED[self.channel.kind].reason)

    @property
    def share_pattern(self) -> str:
        return ASSISTED[self.channel.kind].share_url if self.channel.is_assisted else ""

    @property
    def share_url(self) -> str:
        """Opens the service with the text in it."""
        given = self.share_pattern.replace("{text}", quote(self.outgoing, safe=""))
        return given.replace("{link}", quote(self.link, safe=""))

    @property
    def open_words(self) -> str:
        if self.channel.kind == Kind.WHATSAPP:
            return _("Open WhatsApp")
        return _("Open %(service)s") % {"service": self.channel.get_kind_display()}

    @property
    def is_main(self) -> bool:
        """Whether opening it is what most people came for."""
        return self.channel.kind == Kind.WHATSAPP

    @property
    def wants_groups(self) -> bool:
        return self.channel.kind == Kind.WHATSAPP and not any(row.group_id for row in self.places)


def pack(office: Office, page: BasePage, *, may_keep: bool) -> list[Parcel]:
    """The parcels of all channels in use, and of those that have posts of the item."""
    posts = defaultdict(list)
    found = Post.objects.filter(page=page).select_related("channel", "group", "page", "sent_by")
    found = found.prefetch_related("later")
    for post in found.order_by("pk"):
        posts[post.channel_id].append(post)
    limited = [
        (channel, limits)
        for channel in sorted(office.channels.prefetch_related("groups"), key=words.rank)
        if (limits := limits_of(channel.kind, channel.settings))
        and (channel.is_active or posts[channel.pk])
    ]
    prepared = composing.prepare_all(page, [channel for channel, _limits in limited])
    maker = card_maker()
    parcels = []
    for channel, limits in limited:
        parcel = Parcel(channel, limits, prepared[channel.pk])
        if limits.images and maker:
            parcel.card_url = maker.address(page, limits.image_form, "png")
        if may_keep:
            parcel.fix_url = reverse("channels_staff:account", args=[office.code, channel.pk])
            parcel.fix_words = _("Open the account")
        if channel.is_assisted:
            parcel.places = list(_places(channel, posts[channel.pk], office))
        else:
            _settle(parcel, posts[channel.pk], office, page)
        parcels.append(parcel)
    return parcels


def _settle(parcel: Parcel, posts: list[Post], office: Office, page: BasePage) -> None:
    """State, obstacles and whether it can be sent, of a channel that Zona posts to."""
    channel = parcel.channel
    parcel.posts = [PostRow.of(post, office, may_act=True, now_reads=parcel.text) for post in posts]
    parcel.state = parcel.posts[-1].state if parcel.posts else None
    first = [post for post in posts if post.action == Post.Action.PUBLISH]
    is_there = bool(first and first[-1].state not in OVER)
    if channel.needs_sign_in:
        parcel.obstacle = _("The service asks to sign in again. %s") % channel.last_reason
    elif channel.kind == Kind.PRESS:
        _address_press(parcel, office, page)
    parcel.can_send = not is_there and channel.is_active and not parcel.obstacle


def _address_press(parcel: Parcel, office: Office, page: BasePage) -> None:
    """The press list needs a numbered release and somebody to read it."""
    readers = press_list(office).count()
    if not PressRelease.objects.filter(page=page).exists():
        parcel.obstacle = _("Give the press release its number first.")
        parcel.fix_url = reverse("channels_staff:release", args=[office.code, page.pk])
        parcel.fix_words = _("Make a press release")
    elif not readers:
        parcel.obstacle = _("Nobody is on the press list yet.")
        parcel.fix_url = reverse("partners:list", args=[office.code])
        parcel.fix_words = _("Open the partners")
    else:
        to = ngettext("To %(n)s address", "To %(n)s addresses", readers) % {"n": readers}
        parcel.channel.account_name = to


def _places(channel: Channel, posts: list[Post], office: Office) -> Iterable[Place]:
    """The groups in use and those with a post; without any, the service itself."""
    latest = {post.group_id: post for post in posts if post.action == Post.Action.PUBLISH}
    groups: list[Group | None] = [
        group for group in channel.groups.all() if group.is_active or group.pk in latest
    ]
    if not groups or None in latest:
        groups.append(None)
    for group in groups:
        post = latest.get(group.pk if group else None)
        row = PostRow.of(post, office, may_act=True) if post else None
        is_waiting = bool(post and post.state == State.TO_SHARE)
        is_done = bool(post and post.state == State.SENT)
        yield Place(
            name=group.name if group else "",
            group_id=group.pk if group else 0,
            members=group.members if group else None,
            rules=group.rules if group else "",
            state=row.state if row and not is_waiting and not is_done else None,
            post=None if is_waiting else row,
            is_done=is_done,
        )
