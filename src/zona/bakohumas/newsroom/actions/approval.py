"""Approval before publication: asked, taken back, given. What was seen is what comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Revision

from zona.bakohumas.agenda.policies.coverage import check_may_write
from zona.bakohumas.channels.models import Channel
from zona.bakohumas.channels.tasks import send_alert
from zona.bakohumas.checker.gate import ask_gate, note_passing
from zona.ground.journal.actions import record
from zona.offices.models import User
from zona.website.site.models import ArticlePage, BasePage
from zona.website.site.policies import get_page_for

from ..models import ItemPlan, Review, ReviewLink, Verdict
from ..policies.approval import (
    Board,
    approval_for,
    current_step,
    has_written,
    steps_done,
    writer_of,
)
from ..queries.approval import waiting_for
from ..rules import approval as rules
from .publishing import BY_LINK, missing_for_publishing, put_public, risk_of

Decision = Verdict.Decision


class Changed(ValidationError):
    """The text is no longer the one that was read."""


def stamp_of(revision: Revision) -> str:
    """Names exactly one state of a revision: autosave writes over the newest one."""
    return f"{revision.pk}-{revision.created_at.timestamp():.6f}"


@transaction.atomic
def ask(
    *,
    actor: User,
    page: BasePage,
    note: str = "",
    channels: Sequence[Channel] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Review:
    """Ask for approval of the newest version, which is kept apart so that nothing writes over it.

    `channels` None: those that were chosen before. Raises PermissionDenied for those who may not
    edit the page, ValidationError for what keeps it from being published, and when it waits.
    """
    BasePage.objects.select_for_update().get(pk=page.pk)
    page = get_page_for(actor, page.pk).specific.get_latest_revision_as_object()
    check_may_write(actor, page.office)
    if waiting_for(page.pk):
        raise ValidationError(_("This item waits for approval already."))
    page.is_being_drafted = False
    page.full_clean()
    missing = missing_for_publishing(page) if isinstance(page, ArticlePage) else []
    answer = ask_gate(page, reasons)
    missing = missing or answer.blocked
    if missing:
        raise ValidationError(missing)
    note_passing(actor, page, answer)
    risk = risk_of(page)
    may_publish = (
        page.kind == ArticlePage.kind_name or page.permissions_for_user(actor).can_publish()
    )
    approval = approval_for(page.office, risk)
    steps = rules.steps_to_ask(approval, may_publish=may_publish) or (rules.EDITOR,)
    writer = writer_of(page)
    review = Review.objects.create(
        office=page.office,
        page_id=page.pk,
        revision=page.save_revision(user=actor),
        risk=risk,
        steps=list(steps),
        channels=_plan(actor, page, channels).channels,
        asked_by=actor,
        note=note.strip(),
    )
    if actor.pk != writer:  # who sends another's work on agrees to it
        own = rules.settle(steps, 0, Board.of(page.office).may(actor, writer))
        if 0 < own < len(steps):
            _note(review, steps[own - 1], Decision.APPROVE, "", by=actor, by_name=str(actor))
    record(
        actor=actor,
        verb="newsroom.approval_asked",
        target=page,
        office_code=page.office.code,
        changes={"steps": [[], list(steps)], "risk": [None, risk]},
    )
    _alert(review, str(actor))
    return review


def _alert(review: Review, person: str) -> None:
    """Tell the office's places for alerts, in the worker."""
    with translation.override("id"):
        words = {"item": review.revision.object_str, "person": person}
        if review.state == Review.State.RETURNED:
            text = _("%(person)s returned “%(item)s” for changes.") % words
        else:
            text = _("“%(item)s” waits for approval, asked by %(person)s.") % words
    send_alert.enqueue(review.office_id, "approvals", text)


def _plan(actor: User, page: BasePage, channels: Sequence[Channel] | None) -> ItemPlan:
    plan, _is_new = ItemPlan.objects.get_or_create(page_id=page.pk, defaults={"by": actor})
    if channels is not None:
        plan.channels = sorted(row.pk for row in channels if row.office_id == page.office_id)
        plan.save(update_fields=["channels"])
    return plan


@transaction.atomic
def decide(*, actor: User, review: Review, decision: str, comment: str = "", seen: str) -> Review:
    """Agree, comment or hand back; after the last step the item comes out by itself.

    `seen`: the stamp of the version that was read. Raises PermissionDenied for those who may not
    decide now, Changed when the text is another by now, ValidationError when it was decided
    already or words are missing.
    """
    review = lock_review(review)
    board, writer, step = Board.of(review.office), writer_of(review.page), current_step(review)
    standing = board.standing(actor, step, writer)
    if standing is None:
        raise PermissionDenied
    if decision == Decision.APPROVE and has_written(actor, review.page):
        raise ValidationError(_(
            "More than a fifth of this text is your own. Somebody else has to approve it."
        ))  # fmt: skip
    may = board.may(actor, writer)
    done = rules.settle(review.steps, steps_done(review), may)
    return settle(
        review=review,
        decision=decision,
        comment=comment,
        seen=seen,
        done=done,
        actor=actor,
        by_name=str(actor),
        for_whom=standing.for_whom,
    )


def lock_review(review: Review) -> Review:
    """The row as it is now, held until the transaction ends. Raises ValidationError when over."""
    rows = Review.objects.select_for_update(of=("self",)).select_related(
        "office__parent", "page", "revision"
    )
    locked = rows.get(pk=review.pk)
    locked.page.office = locked.office
    if locked.state != Review.State.WAITING:
        raise ValidationError(_("This is decided already, or the question was taken back."))
    return locked


def settle(
    *,
    review: Review,
    decision: str,
    comment: str,
    seen: str,
    done: int,
    actor: User | None,
    by_name: str,
    for_whom: str = "",
    link: ReviewLink | None = None,
) -> Review:
    """What follows from a word on a locked review; `done`: the steps settled if it agrees."""
    comment = comment.strip()
    if decision not in Decision.values:
        raise ValidationError(_("Choose what is to be done."))
    if decision != Decision.APPROVE and not comment:
        raise ValidationError({"comment": _("Write what should be changed.")})
    if decision != Decision.COMMENT and seen != stamp_of(review.revision):
        raise Changed(_("The text has changed since you opened it. Please read it once more."))
    is_agreed = decision == Decision.APPROVE
    step = review.steps[done - 1] if is_agreed else current_step(review)
    _note(review, step, decision, comment, by=actor, by_name=by_name, for_whom=for_whom, link=link)
    if decision == Decision.RETURN:
        _close(review, Review.State.RETURNED)
    elif is_agreed and done == len(review.steps):
        _close(review, Review.State.APPROVED)
        _publish(actor, review)
    elif is_agreed:
        _end_links(review)  # they were for the step before
    record(
        actor=actor or BY_LINK,
        verb=f"newsroom.approval_{decision}",
        target=review.page,
        office_code=review.office.code,
        changes={"step": [None, step], "link": [None, link.pk if link else None]},
    )
    if decision == Decision.RETURN:
        _alert(review, by_name)
    return review


def _publish(actor: User | None, review: Review) -> None:
    page = review.revision.as_object()
    page.office = review.office
    put_public(
        actor=actor,
        page=page,
        channels=list(Channel.objects.filter(pk__in=review.channels, office=review.office)),
        risk=review.risk,
        revision=review.revision,
    )


def _note(review: Review, step: str, decision: str, comment: str, **who: object) -> Verdict:
    return Verdict.objects.create(
        review=review, step=step, decision=decision, comment=comment, **who
    )


def _close(review: Review, state: str) -> None:
    review.state, review.decided_at = state, timezone.now()
    review.save(update_fields=["state", "decided_at"])
    _end_links(review)


def _end_links(review: Review) -> None:
    open_ones = review.links.filter(used_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=timezone.now())


@transaction.atomic
def withdraw(*, actor: User | None, review: Review, reason: str = "") -> Review:
    """Take the question back; the draft stays as it is. The caller has authorised it."""
    review = lock_review(review)
    _close(review, Review.State.WITHDRAWN)
    record(
        actor=actor,
        verb="newsroom.approval_withdrawn",
        target=review.page,
        office_code=review.office.code,
        reason=reason,
    )
    return review
