"""Background work of the cards."""

from django_tasks import task

from zona.website.site.models import BasePage

from . import store
from .faces import SHARED, face_of


@task()
def make_card(page_id: int) -> bool:
    """Draw the card that is shared with the page, before the first one asks; False: not public."""
    pages = BasePage.objects.live().public().exclude(office=None)
    page = (
        pages.select_related("office", "rubric", "photo", "card_photo").filter(pk=page_id).first()
    )
    if page is None:
        return False
    store.find_or_make(page.pk, face_of(page), SHARED, "jpg")
    return True


@task()
def drop_cards(page_id: int) -> bool:
    """Drop all cards of a page that is gone or no longer public; False: it is public again."""
    if BasePage.objects.live().filter(pk=page_id).exists():
        return False
    store.forget(page_id)
    return True
