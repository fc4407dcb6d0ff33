"""Links by which somebody without an account reviews: made, sent, opened, used, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.journal.actions import record
from zona.offices.models import User
from zona.sealing.links import hash_token, make_token

from ..models import Review, ReviewLink, Verdict
from ..policies_approval import current_step, may_see, steps_done, writer_of
from ..policies_writing import check_may_write
from ..rules import approval as rules
from .approval import lock_review, settle

MOST_OPEN = 5  # links of one review at a time


@transaction.atomic
def make_link(*, actor: User, review: Review, name: str, way: str) -> tuple[ReviewLink, str]:
    """A link for the step that waits; returns it and its token.

    The token is kept as a hash only, so this is the one time it can be read. Raises
    PermissionDenied, or ValidationError when the review is over or has too many links.
    """
    review = lock_review(review)
    check_may_write(actor, review.office)
    now = timezone.now()
    waiting = review.links.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)
    if waiting.count() >= MOST_OPEN:
        raise ValidationError(_("Five links are open already. Take one back first."))
    token = make_token()
    link = ReviewLink.objects.create(
        review=review,
        step=current_step(review),
        name=" ".join(name.split()),
        way=way,
        token_hash=hash_token(token),
        expires_at=now + dt.timedelta(hours=rules.LINK_HOURS),
        made_by=actor,
    )
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
        "review__office__parent", "review__page", "review__revision", "review__asked_by"
    )
    return rows.filter(token_hash=hash_token(token)).first()


def is_open(link: ReviewLink, now: dt.datetime) -> bool:
    """Whether the link may still decide."""
    return (
        link.used_at is None
        and link.withdrawn_at is None
        and link.expires_at > now
        and link.review.state == Review.State.WAITING
        and link.step == current_step(link.review)
    )


def note_opening(link: ReviewLink) -> None:
    """The first time somebody looks."""
    ReviewLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())


@transaction.atomic
def decide_by_link(
    *, link: ReviewLink, decision: str, comment: str, name: str, seen: str, present: Iterable[int]
) -> Review:
    """A word by somebody without an account; a comment leaves the link open.

    `present`: the people signed in on that device; who wrote, asked or made the link cannot be the
    other pair of eyes, which raises PermissionDenied. Raises ValidationError when the link is over
    or words are missing, Changed when the text is another by now.
    """
    review = lock_review(link.review)
    link = ReviewLink.objects.select_for_update().get(pk=link.pk)
    link.review = review
    if not is_open(link, timezone.now()):
        raise ValidationError(_("This link is no longer open."))
    if {writer_of(review.page), review.asked_by_id, link.made_by_id} & set(present):
        raise PermissionDenied
    by_name = " ".join(name.split()) or link.name
    if decision != Verdict.Decision.COMMENT:
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
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
