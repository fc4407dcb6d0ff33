"""One post of the outbox as the screens show it: what became of it, what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from zona.offices.models import Office

from ..actions import posts as actions
from ..adapters import limits_of
from ..models import Post
from . import words

State = Post.State


@dataclass(frozen=True)
class Button:
    value: str  # of `tindakan`
    label: str
    icon: str


@dataclass(frozen=True)
class PostRow:
    """What a row says. `buttons` are empty for those who may not share."""

    pk: int
    title: str
    where: str
    state: words.StateWord
    told: str
    reason: str
    permalink: str
    url: str  # where the buttons lead
    share_url: str  # the package of the item; "" where there is none
    is_sent: bool
    may_act: bool
    asks_address: bool
    buttons: list[Button] = field(default_factory=list)

    @classmethod
    def of(cls, post: Post, office: Office, *, may_act: bool, now_reads: str = "") -> PostRow:
        """`post` with channel, group, page and sent_by at hand; `now_reads`: its text by now."""
        share_url = ""
        if may_act and post.page.live:
            share_url = reverse("channels_staff:share", args=[office.code, post.page_id])
        return cls(
            pk=post.pk,
            title=post.page.title,
            where=_where(post),
            state=words.post_state(post),
            told=_told(post, office),
            reason="" if post.state == State.SENT else post.reason,
            permalink=post.permalink,
            url=reverse("channels_staff:post_act", args=[office.code, post.pk]),
            share_url=share_url,
            is_sent=post.state == State.SENT,
            may_act=may_act,
            asks_address=bool(
                post.channel.is_assisted and post.state == State.SENT and not post.permalink
            ),
            buttons=_buttons(post, now_reads) if may_act else [],
        )


def _where(post: Post) -> str:
    parts = [post.channel.name]
    if post.group:
        parts.append(post.group.name)
    if post.action != Post.Action.PUBLISH:
        parts.append(str(post.get_action_display()))
    return " · ".join(parts)


def _told(post: Post, office: Office) -> str:
    """When, and by whose hand."""
    if post.state == State.SENT:
        given = {"moment": words.say_moment(post.sent_at, office), "who": post.sent_by or ""}
        told = (
            _("Sent %(moment)s by %(who)s") % given
            if post.sent_by
            else _("Sent %(moment)s") % given
        )
        return f"{told} · {words.say_rupiah(post.cost)}" if post.cost else told
    moment = {"moment": words.say_moment(post.due_at, office), "tries": post.attempts}
    if post.state == State.WAITING and post.attempts:
        return _("Tried %(tries)s times; again from %(moment)s") % moment
    if post.state == State.WAITING:
        return _("Leaves by itself within a minute")
    return ""


def _buttons(post: Post, now_reads: str) -> list[Button]:
    match post.state:
        case State.UNSURE:
            return [
                Button("ada", _("It is there"), "check"),
                Button("tidak_ada", _("It is not there: send it"), "rotate"),
            ]
        case State.FAILED:
            return [
                Button("ulang", _("Try again"), "rotate"),
                Button("lewati", _("Leave it out"), "cross"),
            ]
        case State.TO_SHARE if post.action == Post.Action.DELETE:
            return [Button("sudah_turun", _("I took it down"), "check")]
        case State.TO_SHARE:
            shared = Button("dibagikan", _("Mark as sent"), "check")
            return [shared, Button("lewati", _("Leave it out"), "cross")]
        case State.WAITING if post.attempts:
            return [Button("lewati", _("Leave it out"), "cross")]
        case State.SENT if actions.may_take_back(post):
            return [Button("batalkan", _("Take the mark back"), "rotate")]
        case State.SENT if post.action == Post.Action.PUBLISH and not post.channel.is_assisted:
            return list(_changes(post, now_reads))
    return []


def _changes(post: Post, now_reads: str) -> Iterator[Button]:
    """What can be done to a post that stands on its channel."""
    limits = limits_of(post.channel.kind, post.channel.settings)
    if limits and limits.can_edit and now_reads and now_reads != post.text:
        yield Button("koreksi", _("Put the new text there"), "edit")
    if limits and limits.can_delete:
        yield Button("turunkan", _("Take it down there"), "bin")
