"""Channels that speak to each reader by itself: one delivery each, written before its call.

Letters and WhatsApp messages cannot be asked for afterwards. So a delivery that a dead run left
behind counts as perhaps sent and is not sent again: one reader without the news is better than the
same news twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zona.bakohumas.partners.queries import press_list
from zona.ground.outbox.claims import write
from zona.ground.sealing.boxes import CannotOpen

from ..adapters.base import Adapter, Later, Message, Refused, SignInAgain, Uncertain
from ..adapters.whatsapp_cloud import WhatsAppCloud
from ..models import RECIPIENTS, Channel, Delivery, Kind, Post, hash_recipient

BATCH = 50  # calls in one job
State = Delivery.State
SPENT = (State.SENDING, State.SENT, State.UNSURE)  # what counts against the month's limit


@dataclass
class Tally:
    """How the deliveries of one post stand; `more`: some have not been tried yet."""

    sent: int = 0
    unsure: int = 0
    failed: int = 0
    cost: Decimal = Decimal(0)
    more: bool = False
    reason: str = ""


class OverLimit(Exception):
    """The next message would cost more than the office allows in a month."""


def serve(post: Post, adapter: Adapter, message: Message) -> Tally:
    """Send to those who have not had it, at most BATCH. Raises Later, SignInAgain, Refused."""
    post.deliveries.filter(state=State.SENDING).update(state=State.UNSURE)
    done = set(post.deliveries.values_list("who", flat=True))
    price = adapter.price() if isinstance(adapter, WhatsAppCloud) else Decimal(0)
    if price and post.channel.monthly_cap is None:
        raise Refused(_("Write into the account how much may be spent in a month."))
    waiting = ((who, to) for who, to in readers_of(post.channel) if who not in done)
    is_full, count = False, 0
    for count, (who, to) in enumerate(waiting):
        if count == BATCH:
            return _tally(post, more=True)
        _still_ours(post)
        try:
            delivery = reserve(post, who, price)
        except OverLimit:
            is_full = True
            break
        _send(delivery, adapter, replace(message, to=to, key=f"{message.key}:{who[:16]}"))
    return _tally(post, is_full=is_full)


def readers_of(channel: Channel) -> Iterator[tuple[str, str]]:
    """(hash, address) of all who are to have it, each once, in a lasting order."""
    if channel.kind == Kind.PRESS:
        found = {
            hash_recipient(email): email
            for email in press_list(channel.office).order_by("pk").values_list("email", flat=True)
            if email
        }
        yield from found.items()
        return
    for row in channel.recipients.order_by("pk").iterator():
        try:
            yield row.address_hash, RECIPIENTS.unseal(row.sealed)
        except CannotOpen:  # sealed with another secret key
            continue


@transaction.atomic
def reserve(post: Post, who: str, price: Decimal) -> Delivery:
    """The row of one recipient, its price counted before the call. Raises OverLimit."""
    if price:
        channel = (
            Channel.objects.select_for_update().select_related("office").get(pk=post.channel_id)
        )
        if spent_in_month(channel) + price > (channel.monthly_cap or 0):
            raise OverLimit
    return Delivery.objects.create(post=post, who=who, cost=price)


def spent_in_month(channel: Channel, now: dt.datetime | None = None) -> Decimal:
    """Rupiah since the first of this month by the office's clock."""
    here = (now or timezone.now()).astimezone(channel.office.tz)
    since = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Delivery.objects.filter(post__channel=channel, at__gte=since, state__in=SPENT)
    return Decimal(rows.aggregate(total=Sum("cost"))["total"] or 0)


def _still_ours(post: Post) -> None:
    """The claim is renewed before each call, so that a long list is not taken for a dead run."""
    write(post, claimed_at=timezone.now())


def _send(delivery: Delivery, adapter: Adapter, message: Message) -> None:
    try:
        sent = adapter.publish(message)
    except (Later, SignInAgain):
        delivery.delete()  # nothing left
        raise
    except Refused:
        delivery.state, delivery.cost = State.FAILED, Decimal(0)
    except Uncertain:
        delivery.state = State.UNSURE
    else:
        delivery.state, delivery.remote_id = State.SENT, sent.remote_id[:200]
        delivery.cost = delivery.cost if sent.cost is None else sent.cost
    delivery.save()


def _tally(post: Post, *, more: bool = False, is_full: bool = False) -> Tally:
    states = list(post.deliveries.values_list("state", "cost"))
    of = [state for state, _cost in states]
    tally = Tally(
        sent=of.count(State.SENT),
        unsure=of.count(State.UNSURE),
        failed=of.count(State.FAILED),
        cost=sum((cost for _state, cost in states), Decimal(0)),
        more=more,
    )
    tally.reason = _say(tally, is_full=is_full)
    return tally


def _say(tally: Tally, *, is_full: bool) -> str:
    if not (tally.sent or tally.unsure or tally.failed or is_full):
        return _("There is nobody to send it to.")
    said = [ngettext("Sent to %(n)s.", "Sent to %(n)s.", tally.sent) % {"n": tally.sent}]
    if tally.unsure:
        said.append(_("Perhaps sent to %(n)s.") % {"n": tally.unsure})
    if tally.failed:
        said.append(_("Not taken for %(n)s.") % {"n": tally.failed})
    if is_full:
        said.append(_("The limit of this month is reached; the others get nothing."))
    return " ".join(said)
