"""Sharing an item: the outbox filled, corrected and answered by people. The worker empties it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.journal.naming import Target
from zona.offices.models import Office, User
from zona.website.site.models import BasePage

from ..adapters import ADAPTERS, limits_of
from ..content import composing
from ..models import Channel, Group, Kind, Post, PressRelease, Variant
from ..policies import may_share
from ..tasks import deliver

State, Action = Post.State, Post.Action
OVER = (State.FAILED, State.SKIPPED, State.DELETED)


def _require(actor: User, office: Office) -> None:
    if not may_share(actor, office):
        raise PermissionDenied


def _tell(actor: User | None, verb: str, page: BasePage, channels: Iterable[str]) -> None:
    record(
        actor=actor,
        verb=f"channels.{verb}",
        target=Target("site.basepage", str(page.pk), page.title),
        office_code=page.office.code,
        changes={"channels": ["", ", ".join(channels)]},
    )


# --- texts ---


@transaction.atomic
def save_variant(
    *, actor: User, page: BasePage, channel: Channel, text: str, with_link: bool, with_picture: bool
) -> Variant:
    """Keep what a person wants an item to say on a channel."""
    _require(actor, channel.office)
    given = {"text": text, "with_link": with_link, "with_picture": with_picture}
    variant, _is_new = Variant.objects.update_or_create(
        page=page, channel=channel, defaults=given | {"edited_by": actor}
    )
    return variant


@transaction.atomic
def drop_variant(*, actor: User, page: BasePage, channel: Channel) -> None:
    """Back to the text that Zona prepares."""
    _require(actor, channel.office)
    Variant.objects.filter(page=page, channel=channel).delete()


# --- into the outbox ---


@transaction.atomic
def queue(
    *,
    actor: User | None,
    page: BasePage,
    channels: Iterable[Channel],
    is_planned: bool = False,
) -> list[Post]:
    """Put an item into the outbox of channels; where it stands already nothing is added.

    On channels that people share to by hand, one post a group waits for them. `actor` None: the
    office's own rule. `is_planned`: chosen before the item was published by whoever might publish
    it, so that no right is asked now and a text that became too long is left to a person. The press
    list is left out as long as the release has no number.
    Raises PermissionDenied, ValidationError for texts that are too long or an item not yet public.
    """
    if actor is not None and not is_planned:
        _require(actor, page.office)
    if not page.live:
        raise ValidationError(_("The website comes first: publish the item, then share it."))
    numbers = sorted(channel.pk for channel in channels)
    locked = list(
        Channel.objects.select_for_update()
        .filter(pk__in=numbers, office_id=page.office_id, is_active=True)
        .order_by("pk")
    )
    composing.make_links(page, {channel.kind: channel for channel in locked})
    prepared = composing.prepare_all(page, locked)
    too_long = [channel for channel in locked if not prepared[channel.pk].fits(channel)]
    if too_long and not is_planned:
        names = ", ".join(channel.name for channel in too_long)
        raise ValidationError(_("Too long for: %(channels)s") % {"channels": names})
    made = []
    for channel in locked:
        if channel in too_long or not _has_what_it_needs(page, channel):
            continue
        for group in _groups(channel):
            if not _stands(page, channel, group):
                made.append(_add(actor, page, channel, group, prepared[channel.pk]))
    if made:
        deliver.enqueue()
        _tell(actor, "queued", page, dict.fromkeys(post.channel.name for post in made))
    return made


def _has_what_it_needs(page: BasePage, channel: Channel) -> bool:
    return channel.kind != Kind.PRESS or PressRelease.objects.filter(page=page).exists()


def _groups(channel: Channel) -> list[Group | None]:
    groups = channel.groups.filter(is_active=True) if channel.is_assisted else []
    return list(groups) or [None]


def _stands(page: BasePage, channel: Channel, group: Group | None) -> bool:
    posts = Post.objects.filter(page=page, channel=channel, group=group, action=Action.PUBLISH)
    return posts.exclude(state__in=OVER).exists()


def _add(
    actor: User | None,
    page: BasePage,
    channel: Channel,
    group: Group | None,
    prepared: composing.Prepared,
    state: str = "",
) -> Post:
    earlier = Post.objects.filter(page=page, channel=channel, group=group).count()
    version = hashlib.sha256(prepared.text.encode()).hexdigest()[:12]
    place = f"{page.pk}:{channel.pk}:{group.pk if group else 0}"
    return Post.objects.create(
        office=page.office,
        page=page,
        channel=channel,
        group=group,
        key=f"{place}:{page.live_revision_id or 0}:{version}:{earlier}",
        text=prepared.text,
        link=prepared.link if prepared.with_link else "",
        with_picture=prepared.with_picture,
        state=state or (State.TO_SHARE if channel.is_assisted else State.WAITING),
        due_at=timezone.now(),
        ordered_by=actor,
    )


# --- by hand ---


@transaction.atomic
def mark_shared(
    *, actor: User, page: BasePage, channel: Channel, group: Group | None = None
) -> Post:
    """Note that the actor shared an item by hand; a second tap changes nothing."""
    _require(actor, channel.office)
    if not channel.is_assisted or (group and group.channel_id != channel.pk):
        raise PermissionDenied
    Channel.objects.select_for_update().get(pk=channel.pk)
    posts = Post.objects.filter(page=page, channel=channel, group=group, action=Action.PUBLISH)
    post = posts.exclude(state__in=OVER).order_by("-pk").first()
    if post and post.state == State.SENT:
        return post
    composing.make_links(page, {channel.kind: channel})
    prepared = composing.prepare(page, channel)
    if post is None:
        post = _add(actor, page, channel, group, prepared)
    limits = limits_of(channel.kind)
    post.text = prepared.text
    post.link = prepared.link if prepared.with_link and limits and limits.link != "bio" else ""
    post.state, post.sent_at, post.sent_by, post.reason = State.SENT, timezone.now(), actor, ""
    post.save()
    _tell(actor, "shared", page, [f"{channel.name}: {group.name}" if group else channel.name])
    return post


@transaction.atomic
def take_back_mark(*, actor: User, post: Post) -> bool:
    """Undo a mark made by hand: it was not sent after all, or not taken down.

    False: the mark does not stand any more, or something already builds on it, such as an order
    to take the post down.
    """
    _require(actor, post.office)
    held = _locked(post, State.SENT)
    if held is None or not may_take_back(held):
        return False
    if held.action == Action.DELETE:
        Post.objects.filter(pk=held.of_id or 0, state=State.DELETED).update(state=State.SENT)
    held.state, held.sent_at, held.sent_by, held.permalink = State.TO_SHARE, None, None, ""
    held.save(update_fields=["state", "sent_at", "sent_by", "permalink"])
    _tell(actor, "mark_taken_back", held.page, [held.channel.name])
    return True


def may_take_back(post: Post) -> bool:
    """Whether a person's own mark still stands alone."""
    by_hand = post.channel.is_assisted or post.action == Action.DELETE
    return bool(by_hand and post.sent_by_id and post.sent_at and not post.later.all())


@transaction.atomic
def note_address(*, actor: User, post: Post, permalink: str) -> None:
    """Keep where a shared post can be seen."""
    _require(actor, post.office)
    post.permalink = permalink
    post.save(update_fields=["permalink"])
    _tell(actor, "address_noted", post.page, [post.channel.name])


# --- when something went wrong ---


def _locked(post: Post, *states: str) -> Post | None:
    """The row as it is now, held; None when it is in another state meanwhile."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("channel", "page", "office")
    return rows.filter(pk=post.pk, state__in=states).first()


@transaction.atomic
def settle(*, actor: User, post: Post, is_there: bool) -> bool:
    """Answer for a post nobody can be sure of. False: it is not unsure any more."""
    _require(actor, post.office)
    held = _locked(post, State.UNSURE)
    if held is None:
        return False
    if is_there:
        held.state, held.sent_at, held.reason = State.SENT, held.claimed_at or timezone.now(), ""
        held.save()
    else:
        _send_again(held)
    _tell(actor, "settled", held.page, [held.channel.name])
    return True


@transaction.atomic
def retry(*, actor: User, post: Post) -> bool:
    """Try a failed post again, with the text as it is now. False: it has not failed any more."""
    _require(actor, post.office)
    held = _locked(post, State.FAILED)
    if held is None:
        return False
    composing.make_links(held.page, {held.channel.kind: held.channel})
    prepared = composing.prepare(held.page, held.channel)
    if held.action == Action.PUBLISH:
        held.text, held.link = prepared.text, prepared.link if prepared.with_link else ""
        held.with_picture = prepared.with_picture
    _send_again(held)
    _tell(actor, "retried", held.page, [held.channel.name])
    return True


def _send_again(post: Post) -> None:
    deliver.enqueue()
    post.state, post.attempts, post.due_at = State.WAITING, 0, timezone.now()
    post.claim, post.claimed_at, post.memory, post.reason = "", None, {}, ""
    post.save()


@transaction.atomic
def skip(*, actor: User, post: Post) -> bool:
    """Leave a post out. False: it is on its way or there."""
    _require(actor, post.office)
    held = _locked(post, State.WAITING, State.TO_SHARE, State.FAILED)
    if held is None:
        return False
    held.state = State.SKIPPED
    held.save(update_fields=["state"])
    _tell(actor, "skipped", held.page, [held.channel.name])
    return True


# --- what stands there already ---


@transaction.atomic
def take_down(*, actor: User, post: Post) -> Post | None:
    """Order a sent post to be taken down where the channel can. None: it cannot, or is ordered."""
    _require(actor, post.office)
    held = _locked(post, State.SENT)
    if held is None or not _can(held, "can_delete"):
        return None
    made = _order_removal(held, actor, State.WAITING)
    if made:
        deliver.enqueue()
        _tell(actor, "taken_down", held.page, [held.channel.name])
    return made


@transaction.atomic
def mark_removed(*, actor: User, post: Post) -> bool:
    """Note that the actor took down by hand what a program cannot. False: it is done already."""
    _require(actor, post.office)
    held = _locked(post, State.TO_SHARE)
    if held is None or held.action != Action.DELETE:
        return False
    held.state, held.sent_at, held.sent_by, held.reason = State.SENT, timezone.now(), actor, ""
    held.save()
    Post.objects.filter(pk=held.of_id or 0).update(state=State.DELETED)
    _tell(actor, "removed", held.page, [held.channel.name])
    return True


@transaction.atomic
def correct(*, actor: User, post: Post) -> Post | None:
    """Order the text as it is now in the place of the one that was sent, where the channel can.

    None: it cannot, it says that already, or the very same is under way.
    """
    _require(actor, post.office)
    held = _locked(post, State.SENT)
    if held is None or held.action != Action.PUBLISH or not _can(held, "can_edit"):
        return None
    prepared = composing.prepare(held.page, held.channel)
    if not prepared.fits(held.channel):
        raise ValidationError(_("Too long for: %(channels)s") % {"channels": held.channel.name})
    if prepared.text == held.text:
        return None
    under_way = held.later.filter(action=Action.EDIT, state__in=(State.WAITING, State.SENDING))
    if under_way.filter(text=prepared.text).exists():
        return None
    under_way.filter(state=State.WAITING).update(state=State.SKIPPED)
    made = _order(held, actor, Action.EDIT, text=prepared.text)
    deliver.enqueue()
    _tell(actor, "correction_ordered", held.page, [held.channel.name])
    return made


@transaction.atomic
def withdraw(*, page: BasePage) -> int:
    """A page left the website: take its posts down where that goes, ask people for the others.

    What still waited is left out. Letters and messages to each reader cannot be called back.
    Returns how many posts are concerned.
    """
    posts = Post.objects.select_for_update(of=("self",)).filter(page=page, action=Action.PUBLISH)
    posts.filter(state__in=(State.WAITING, State.TO_SHARE)).update(
        state=State.SKIPPED, reason=_("The item left the website.")
    )
    made = []
    for post in posts.filter(state=State.SENT).select_related("channel", "page", "office"):
        adapter = ADAPTERS.get(post.channel.kind)
        if adapter and adapter.per_recipient:
            continue
        is_ours = _can(post, "can_delete")
        made.append(_order_removal(post, None, State.WAITING if is_ours else State.TO_SHARE))
    if any(made):
        deliver.enqueue()
        _tell(None, "taken_down", page, dict.fromkeys(p.channel.name for p in made if p))
    return len(made)


@transaction.atomic
def keep(*, page: BasePage) -> None:
    """A page is on the website again: what has not been taken down yet stays."""
    Post.objects.filter(
        page=page, action=Action.DELETE, state__in=(State.WAITING, State.TO_SHARE), ordered_by=None
    ).update(state=State.SKIPPED)


def _can(post: Post, what: str) -> bool:
    limits = limits_of(post.channel.kind, post.channel.settings)
    return not post.channel.is_assisted and bool(limits and getattr(limits, what))


def _order_removal(post: Post, actor: User | None, state: str) -> Post | None:
    """None: it is ordered already."""
    if post.later.filter(action=Action.DELETE).exclude(state__in=OVER).exists():
        return None
    reason = ""
    if state == State.TO_SHARE:
        reason = _("The item left the website. Please take it down there too.")
    return _order(post, actor, Action.DELETE, state=state, reason=reason)


def _order(post: Post, actor: User | None, action: str, **fields: object) -> Post:
    """A row that concerns another one, which stands on its channel."""
    copied = ("office", "page", "channel", "group", "text", "link", "remote_id", "permalink")
    given = {name: getattr(post, name) for name in copied} | {
        "of": post,
        "ordered_by": actor,
        "key": f"{post.pk}:{action}:{post.later.count()}",
        "action": action,
        "due_at": timezone.now(),
    }
    return Post.objects.create(**(given | fields))
