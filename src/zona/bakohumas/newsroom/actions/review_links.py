"""Links by which somebody without an account reviews: made, sent, opened, used, taken back."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from zona.bakohumas.agenda.policies.coverage import check_may_write
from zona.ground.journal.actions import record
from zona.ground.sealing.keys import fingerprint
from zona.ground.sealing.links import hash_token, make_token
from zona.offices.models import User

from ..models import Review, Reviewer, ReviewLink, Verdict
from ..policies.approval import current_step, may_decide_by, may_see, steps_done, writer_of
from ..rules import approval as rules
from .approval import lock_review, settle

MOST_OPEN = 5  # links of one review at a time


@transaction.atomic
def make_link(
    *, actor: User, review: Review, name: str = "", way: str, reviewer: Reviewer | None = None
) -> tuple[ReviewLink, str]:
    """A link for the step that waits; returns it and its token.

    With a registered `reviewer` it can decide, and the token is for a letter to that person's own
    address: nobody else may read it. Without, it is for `name` and for remarks. The token is kept
    as a hash only. Raises PermissionDenied, or ValidationError when the review is over, has too
    many links, or the reviewer cannot be the other pair of eyes.
    """
    review = lock_review(review)
    check_may_write(actor, review.office)
    now = timezone.now()
    waiting = review.links.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)
    if waiting.count() >= MOST_OPEN:
        raise ValidationError(_("Five links are open already. Take one back first."))
    token = make_token()
    link = ReviewLink(
        review=review,
        step=current_step(review),
        reviewer=reviewer,
        name=reviewer.name if reviewer else " ".join(name.split()),
        way=way,
        token_hash=hash_token(token),
        expires_at=now + dt.timedelta(hours=rules.LINK_HOURS),
        made_by=actor,
    )
    if reviewer is not None and not may_decide_by(link):
        raise ValidationError({"reviewer": _(
            "This person was registered by the one who wrote the item or asks for approval, or has"
            " the same address. Another administrator must register them, or somebody else reads."
        )})  # fmt: skip
    link.save()
    record(
        actor=actor,
        verb="newsroom.review_link_made",
        target=review.page,
        office_code=review.office.code,
        changes={"link": [None, link.pk], "way": [None, way], "step": [None, link.step]},
    )
    return link, token


@transaction.atomic
def withdraw_link(*, actor: User, link: ReviewLink) -> ReviewLink:
    """Close a link that was not used. The caller has found it for the actor."""
    if not may_see(actor, link.review.office):
        raise PermissionDenied
    open_one = ReviewLink.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None)
    if open_one.update(withdrawn_at=timezone.now()):
        record(
            actor=actor,
            verb="newsroom.review_link_withdrawn",
            target=link.review.page,
            office_code=link.review.office.code,
            changes={"link": [link.pk, None]},
        )
    return link


def find_link(token: str) -> ReviewLink | None:
    """The link that the token opens, in whatever state it is."""
    rows = ReviewLink.objects.select_related(
        "reviewer", "review__office__parent", "review__page", "review__revision", "review__asked_by"
    )
    return rows.filter(token_hash=hash_token(token)).first()


def is_open(link: ReviewLink, now: dt.datetime) -> bool:
    """Whether the link still opens: not used, not closed, its maker still works in the office."""
    return (
        link.used_at is None
        and link.made_by is not None
        and may_see(link.made_by, link.review.office)
        and link.withdrawn_at is None
        and link.expires_at > now
        and link.review.state == Review.State.WAITING
        and link.step == current_step(link.review)
    )


def note_opening(link: ReviewLink) -> None:
    """The first time somebody looks."""
    ReviewLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())


@transaction.atomic
def make_pin(*, link: ReviewLink) -> str:
    """A fresh code of six digits for the person to whom the link belongs; the last one is void.

    It is kept as a keyed hash, and returned for one letter. Raises ValidationError when the link
    does not decide, is over, or has had its codes.
    """
    link = ReviewLink.objects.select_for_update().get(pk=link.pk)
    now = timezone.now()
    if not may_decide_by(link) or not is_open(link, now):
        raise ValidationError(_("This link is no longer open."))
    if link.pins_sent >= rules.MOST_PINS:
        raise ValidationError(_("No more codes can be sent for this link. Ask for a new link."))
    pin = f"{secrets.randbelow(10**6):06d}"
    link.pin_hash, link.pin_tries = _hash_pin(link, pin), 0
    link.pin_until = now + dt.timedelta(minutes=rules.PIN_MINUTES)
    link.pins_sent += 1
    link.save(update_fields=["pin_hash", "pin_tries", "pin_until", "pins_sent"])
    return pin


def _hash_pin(link: ReviewLink, pin: str) -> str:
    return fingerprint("newsroom.review_pin", str(link.pk), pin)


def try_pin(link: ReviewLink, pin: str) -> bool:
    """Whether the code is the one that was sent. Every try counts, and is committed at once."""
    open_one = ReviewLink.objects.filter(
        pk=link.pk, pin_until__gt=timezone.now(), pin_tries__lt=rules.PIN_TRIES
    ).exclude(pin_hash="")
    if not open_one.update(pin_tries=F("pin_tries") + 1):
        return False
    kept = ReviewLink.objects.values_list("pin_hash", flat=True).get(pk=link.pk)
    return constant_time_compare(kept, _hash_pin(link, "".join(pin.split())))


def decide_by_link(
    *,
    link: ReviewLink,
    decision: str,
    comment: str,
    name: str,
    seen: str,
    present: Iterable[int],
    pin: str = "",
) -> Review:
    """A word by somebody without an account; a comment leaves the link open and asks no code.

    `present`: the people signed in on that device; who wrote, asked or made the link cannot be the
    other pair of eyes, which raises PermissionDenied, as does a decision by a link that may only
    remark. Raises ValidationError when the link is over, the code is wrong or words are missing,
    Changed when the text is another by now.
    """
    if decision != Verdict.Decision.COMMENT:
        if not may_decide_by(link):
            raise PermissionDenied
        if not try_pin(link, pin):
            raise ValidationError({"pin": _(
                "This is not the code that is valid now. Look at the newest letter, or let a new"
                " code be sent."
            )})  # fmt: skip
    return _decide(
        link=link, decision=decision, comment=comment, name=name, seen=seen, present=present
    )


@transaction.atomic
def _decide(
    *, link: ReviewLink, decision: str, comment: str, name: str, seen: str, present: Iterable[int]
) -> Review:
    review = lock_review(link.review)
    link = ReviewLink.objects.select_for_update().get(pk=link.pk)
    link.review = review
    decides = decision != Verdict.Decision.COMMENT
    if not is_open(link, timezone.now()) or (decides and not may_decide_by(link)):
        raise ValidationError(_("This link is no longer open."))
    if {writer_of(review.page), review.asked_by_id, link.made_by_id} & set(present):
        raise PermissionDenied
    by_name = link.name if link.reviewer_id else " ".join(name.split()) or link.name
    if decides:
        link.used_at, link.pin_hash = timezone.now(), ""
        link.save(update_fields=["used_at", "pin_hash"])
    return settle(
        review=review,
        decision=decision,
        comment=comment,
        seen=seen,
        done=steps_done(review) + 1,
        actor=None,
        by_name=by_name,
        link=link,
    )
