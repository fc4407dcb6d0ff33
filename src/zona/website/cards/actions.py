"""What staff decide about the card of a page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zona.backstage.rights.isolation import visible_photos
from zona.ground.drawing.drawing import Focus
from zona.ground.journal.actions import record
from zona.offices.models import User
from zona.website.site.models import BasePage, Photo
from zona.website.site.policies import get_page_for

from .policies import may_choose_photo, may_set_focus


@transaction.atomic
def choose_photo(*, actor: User, page_id: int, photo: Photo | None) -> BasePage:
    """Put a photo on the card of a page, at once; None: the main photo again.

    It is written into the newest draft too, which would otherwise undo it when published.
    Raises PermissionDenied for strangers, for photos of other offices, and for a public or locked
    page that the actor may not change.
    """
    page = get_page_for(actor, page_id)
    if not may_choose_photo(actor, page):
        raise PermissionDenied
    if photo and not visible_photos(actor).filter(pk=photo.pk).exists():
        raise PermissionDenied
    before = page.card_photo_id
    BasePage.objects.filter(pk=page.pk).update(card_photo=photo)
    page.card_photo = photo
    if draft := page.get_latest_revision():
        draft.content["card_photo"] = photo.pk if photo else None
        draft.save(update_fields=["content"])
    _tell(actor, page, {"photo": [before, photo.pk if photo else None]})
    return page


@transaction.atomic
def set_focus(*, actor: User, page_id: int, photo: Photo, focus: Focus) -> None:
    """Say which part of a photo must stay in sight on the cards that show it.

    Raises PermissionDenied for strangers and for photos the actor may not change.
    """
    page = get_page_for(actor, page_id)
    if not (may_choose_photo(actor, page) and may_set_focus(actor, photo)):
        raise PermissionDenied
    photo.focal_point_x = round(focus.x * photo.width)
    photo.focal_point_y = round(focus.y * photo.height)
    photo.focal_point_width = photo.focal_point_height = 1
    photo.save(
        update_fields=[
            "focal_point_x",
            "focal_point_y",
            "focal_point_width",
            "focal_point_height",
        ]
    )
    _tell(actor, page, {"focus": [None, f"{focus.x:.2f} {focus.y:.2f}"]})


def _tell(actor: User, page: BasePage, changes: dict[str, list[object]]) -> None:
    record(
        actor=actor,
        verb="cards.card_changed",
        target=page,
        office_code=page.office.code,
        changes=changes,
    )
