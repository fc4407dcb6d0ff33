"""What readers send and what the office does with it.

What the public sends is not journalled: the row itself is the record, and the journal must hold
nothing of citizens. What staff do with it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Revision

from zona.ground.journal.actions import record
from zona.offices.models import User
from zona.offices.policies import Actor
from zona.website.site.models import BasePage

from .. import rules
from ..models import Answer, Feedback
from ..policies import may_answer
from ..queries import version_of

State = Feedback.State


@transaction.atomic
def cast_vote(
    *, page: BasePage, url: str, is_helpful: bool, version: str, is_first: bool, is_proven: bool
) -> Feedback:
    """Note whether a page helped. `is_first`: whether the vote is counted."""
    return Feedback.objects.create(
        kind=Feedback.Kind.VOTE,
        is_helpful=is_helpful,
        is_counted=is_first,
        is_proven=is_proven,
        **_about(page, url, version),
    )


@transaction.atomic
def add_comment(*, vote: Feedback, text: str) -> Feedback:
    """Add words to a vote, once. Raises ValidationError for none, or when it has some."""
    vote = Feedback.objects.select_for_update().get(pk=vote.pk)
    text = rules.clean_text(text)
    if not text:
        raise ValidationError(_("Write what was missing or unclear."))
    if vote.text:
        raise ValidationError(_("Your comment has arrived already."))
    vote.text, vote.state = text, State.NEW
    vote.has_personal_data = bool(rules.find_personal_data(text))
    vote.save(update_fields=["text", "state", "has_personal_data"])
    return vote


@transaction.atomic
def report_mistake(
    *, page: BasePage, url: str, text: str, quote: str, email: str, version: str, is_proven: bool
) -> Feedback:
    """Tell the editors of a mistake. Raises ValidationError without words."""
    text, quote = rules.clean_text(text), rules.clean_text(quote, rules.MAX_QUOTE)
    if not text:
        raise ValidationError(_("Write what is wrong."))
    return Feedback.objects.create(
        kind=Feedback.Kind.REPORT,
        state=State.NEW,
        text=text,
        quote=quote,
        email=email,
        is_proven=is_proven,
        has_personal_data=bool(rules.find_personal_data(f"{text}\n{quote}")),
        **_about(page, url, version),
    )


def _about(page: BasePage, url: str, version: str) -> dict[str, object]:
    """Page and version; what a form says of the version holds only where it can be true."""
    seen = rules.Version.parse(version)
    if seen is None or seen.published_at > timezone.now():
        seen = rules.Version.parse(version_of(page))
    revision = seen.revision if seen else 0
    if revision and not Revision.objects.filter(pk=revision, object_id=str(page.pk)).exists():
        revision = 0
    return {
        "office": page.office,
        "page": page,
        "page_title": page.title,
        "page_url": url[:500],
        "language": (get_language() or "id")[:2],
        "revision": revision or None,
        "published_at": seen.published_at if seen else None,
    }


@transaction.atomic
def take_up(*, actor: User, feedback: Feedback) -> Feedback:
    """Say that somebody works on it. PermissionDenied for strangers."""
    feedback = _lock(actor, feedback)
    if feedback.state == State.NEW:
        _change(actor, feedback, State.IN_WORK, "feedback.taken_up")
    return feedback


@transaction.atomic
def answer(*, actor: User, feedback: Feedback, text: str) -> Feedback:
    """Close with an answer, which goes to the reporter who left an address.

    Raises ValidationError without words when somebody waits for them, or when it was answered.
    """
    from ..tasks import send_answers

    feedback = _lock(actor, feedback)
    text = rules.clean_text(text)
    if feedback.state == State.ANSWERED:
        raise ValidationError(_("This has been answered already."))
    if feedback.email and not text:
        raise ValidationError(_("Write an answer; the reporter left an address for it."))
    feedback.answer, feedback.answered_by = text, actor
    _change(actor, feedback, State.ANSWERED, "feedback.answered")
    if feedback.email:
        Answer.objects.create(feedback=feedback, due_at=timezone.now())
        send_answers.enqueue()
    return feedback


@transaction.atomic
def send_again(*, actor: User, feedback: Feedback) -> bool:
    """Have an answer that did not arrive sent once more. False: it is on its way, or has no way."""
    from ..tasks import send_answers

    feedback = _lock(actor, feedback)
    if not feedback.email:
        return False
    waiting = {"state": Answer.State.WAITING, "attempts": 0, "due_at": timezone.now()}
    if not _decide(actor, feedback, "feedback.sent_again", **waiting):
        return False
    send_answers.enqueue()
    return True


@transaction.atomic
def let_be(*, actor: User, feedback: Feedback) -> bool:
    """Leave an answer that did not arrive as it is. False: somebody has decided already."""
    feedback = _lock(actor, feedback)
    return _decide(actor, feedback, "feedback.let_be", state=Answer.State.CLOSED)


def _decide(actor: User, feedback: Feedback, verb: str, **fields: Any) -> bool:
    stranded = Answer.objects.filter(feedback=feedback, state__in=Answer.STRANDED)
    if not stranded.update(**fields):
        return False
    record(actor=actor, verb=verb, target=feedback, office_code=feedback.office.code)
    return True


@transaction.atomic
def set_aside(*, actor: User, feedback: Feedback, reason: str) -> Feedback:
    """Close because there is nothing to do; the reason stays with the office."""
    feedback = _lock(actor, feedback)
    reason = rules.clean_text(reason)
    if feedback.state == State.ANSWERED:
        raise ValidationError(_("This has been answered already."))
    feedback.answer, feedback.answered_by = reason, actor
    _change(actor, feedback, State.NOT_NEEDED, "feedback.set_aside")
    return feedback


def _lock(actor: Actor, feedback: Feedback) -> Feedback:
    rows = Feedback.objects.select_for_update(of=("self",)).select_related("office")
    feedback = rows.get(pk=feedback.pk)
    if not may_answer(actor, feedback.office):
        raise PermissionDenied
    return feedback


def _change(actor: User, feedback: Feedback, state: str, verb: str) -> None:
    before, feedback.state = feedback.state, state
    if state in (State.ANSWERED, State.NOT_NEEDED):
        feedback.closed_at = timezone.now()
    feedback.save()
    record(
        actor=actor,
        verb=verb,
        target=feedback,
        office_code=feedback.office.code,
        changes={"state": [before, state]},
    )


@transaction.atomic
def forget_addresses() -> int:
    """Delete reporters' addresses whose time is over; how many."""
    now = timezone.now()
    day = timezone.localdate()
    closed = now - dt.timedelta(days=rules.retention_days("reporter_email", day))
    unanswered = rules.retention_days("reporter_email_unanswered", day)
    held = Feedback.objects.exclude(email="")
    due = held.filter(closed_at__lt=closed) | held.filter(
        created_at__lt=now - dt.timedelta(days=unanswered)
    )
    ids = list(due.values_list("pk", flat=True))
    return Feedback.objects.filter(pk__in=ids).update(email="", email_removed_at=now)
