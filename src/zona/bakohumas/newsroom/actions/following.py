"""What happens to an item that waits when its text is changed, or when it comes out."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from zona.website.site.models import BasePage

from ..models import Review
from ..policies.approval import may_decide
from ..queries.approval import waiting_for
from .approval import lock_review, withdraw


@transaction.atomic
def follow(revision: Revision) -> None:
    """A newer version was saved while the item waits.

    What the person who has to decide mends is taken over; a change by anybody else takes the
    question back, so that nothing comes out that was not read.
    """
    if revision.base_content_type_id != ContentType.objects.get_for_model(BasePage).pk:
        return
    review = _lock(int(revision.object_id))
    if review is None or _is_as_asked(revision, review):
        return
    person = revision.user
    if person is not None and may_decide(person, review):
        review.revision = revision
        review.save(update_fields=["revision"])
        return
    withdraw(actor=person, review=review, reason=_("The text was changed after asking."))


def _lock(page_id: int) -> Review | None:
    """The round in which the page waits, held; None as well when it was decided this moment."""
    review = waiting_for(page_id)
    try:
        return review and lock_review(review)
    except ValidationError:
        return None


def _is_as_asked(revision: Revision, review: Review) -> bool:
    return revision.pk == review.revision_id and revision.created_at <= review.asked_at


@transaction.atomic
def close_if_published(page: BasePage) -> None:
    """The item came out by another way, such as after the office changed its rule."""
    review = _lock(page.pk)
    if review is not None:
        withdraw(actor=None, review=review, reason=_("The item was published without waiting."))
