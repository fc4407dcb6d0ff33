"""What happens to pages beside writing them: reviews, and what time alone brings about."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from zona.ground.journal.actions import record
from zona.offices.models import User

from ..models import BasePage
from ..policies import get_page_for

logger = logging.getLogger("zona.website.site")

REVIEW_BOXES = ("names", "dates", "figures", "links", "contacts")


@transaction.atomic
def review_page(*, actor: User, page_id: int, ticked: list[str]) -> BasePage:
    """Note that a person looked the whole page over; an edit alone is no review.

    Raises ValueError unless all five boxes are ticked, PermissionDenied for strangers.
    """
    if set(ticked) != set(REVIEW_BOXES):
        raise ValueError("a review ticks every box")
    page = get_page_for(actor, page_id)
    before = page.reviewed_at
    page.reviewed_at = timezone.now()
    BasePage.objects.filter(pk=page.pk).update(reviewed_at=page.reviewed_at)
    record(
        actor=actor,
        verb="site.page_reviewed",
        target=page,
        office_code=page.office.code,
        changes={"reviewed_at": [before and before.isoformat(), page.reviewed_at.isoformat()]},
    )
    return page


@dataclass
class Scheduled:
    """What one run of the schedule did."""

    published: int = 0
    expired: int = 0
    failed: list[str] = field(default_factory=list)


def run_schedule() -> Scheduled:
    """Publish and take down what is due, each item by itself.

    Wagtail's own command stops at the first item that fails and leaves all later ones; here one
    broken item is logged and named, and the rest goes on.
    """
    done, now = Scheduled(), timezone.now()
    for page_id in list(
        BasePage.objects.filter(live=True, expire_at__lt=now).values_list("pk", flat=True)
    ):
        done.expired += _attempt(done, f"page {page_id}", lambda pk=page_id: _expire(pk))
    for revision_id in list(
        Revision.objects.filter(approved_go_live_at__lt=now)
        .order_by("approved_go_live_at")
        .values_list("pk", flat=True)
    ):
        done.published += _attempt(
            done, f"revision {revision_id}", lambda pk=revision_id: _publish(pk)
        )
    return done


def _attempt(done: Scheduled, name: str, change) -> bool:  # type: ignore[no-untyped-def]
    try:
        with transaction.atomic():
            change()
    except Exception:  # one item, whatever is wrong with it, must not hold up the others
        logger.exception("The schedule could not handle %s", name)
        done.failed.append(name)
        return False
    return True


def _expire(page_id: int) -> None:
    page = BasePage.objects.select_for_update().get(pk=page_id).specific
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision_id: int) -> None:
    Revision.objects.get(pk=revision_id).publish(log_action="wagtail.publish.scheduled")
