"""What waits for a person's word, and what came back to the writer, on the dashboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.offices.models import Office, User
from zona.website.site.staff.queries import register_holder

from ...models import Review
from ...policies.approval import may_see
from ...queries.approval import lines_for, returned_in, waiting_in

AT_MOST = 5  # the list of approvals shows all
LATE = dt.timedelta(days=1)  # after which an item waits too long


@register_holder
def drafts_that_wait(office: Office) -> QuerySet[Review]:
    """Not unfinished: somebody else has to decide, or it stands below as handed back."""
    known = Q(state=Review.State.WAITING) | Q(pk__in=returned_in(office).order_by().values("pk"))
    return Review.objects.filter(known, office=office).values("page_id")  # type: ignore[return-value]


@register_todo(when=lambda office, now: waiting_in(office))
def items_to_approve(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """What the person may decide now, the oldest first."""
    rows = list(waiting_in(office)[:50])
    if not rows or not may_see(user, office):
        return
    mine = [line for line in lines_for(user, office, rows) if line.is_mine]
    for line in mine[:AT_MOST]:
        review = line.review
        asked = _("%(person)s asks.") % {"person": review.asked_by or _("Somebody")}
        whom = _("You decide for %(person)s.") % {"person": line.for_whom} if line.for_whom else ""
        yield Todo(
            _("Approve “%(item)s”") % {"item": review.page.draft_title or review.page.title},
            f"{asked} {whom}".strip(),
            reverse("newsroom_staff:review", args=[review.pk]),
            Urgency.LATE if now - review.asked_at > LATE else Urgency.SOON,
            review.asked_at.astimezone(office.tz).date(),
        )


@register_todo(when=lambda office, now: returned_in(office))
def items_handed_back(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """What the person asked for and got back."""
    for review in returned_in(office).filter(asked_by=user)[:AT_MOST]:
        said = list(review.verdicts.all())
        yield Todo(
            _("Mend “%(item)s”, which came back")
            % {"item": review.page.draft_title or review.page.title},
            said[-1].comment[:160] if said else "",
            reverse("newsroom_staff:review", args=[review.pk]),
            Urgency.SOON,
            review.decided_at.astimezone(office.tz).date() if review.decided_at else None,
        )
