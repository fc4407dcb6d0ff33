"""Which pictures and documents the public may fetch: those that a live page uses, and no others.

What a page uses stands in Wagtail's index of references, which follows the page's row, that is
what is live, and not its drafts. It is brought up to date in the transaction that makes a page live
or changes a live one; Wagtail itself would leave that to a job.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from wagtail.models import ReferenceIndex

from zona.backstage.rights.isolation import visible_documents, visible_photos
from zona.offices.policies import Actor

from ..models import BasePage, Photo, PublicFile

COOKIE = "zona_pratinjau"  # of somebody who holds a secret link to one draft
GRANT_PATH = "/media/"
GRANT_SECONDS = 60 * 60
MOST_PICTURES = 200  # of one draft
_GRANTS = TimestampSigner(salt="zona.website.site.files.exposure")


def expose(page: BasePage, _revision: object = None) -> None:
    """Pictures of a page are public with it, not a moment later and not by a job."""
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(page)


@receiver(post_save)
def follow_live_page(sender: type, instance: Any, raw: bool = False, **_: Any) -> None:
    """As above for pages that were never published but made live, by a seed or an import."""
    if not raw and issubclass(sender, BasePage) and sender is not BasePage and instance.live:
        expose(instance)


def is_public(thing: Photo | PublicFile) -> bool:
    """Whether a page that everyone can read uses it. Two queries."""
    pages = ContentType.objects.get_for_model(BasePage)
    users = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(type(thing)),
        to_object_id=str(thing.pk),
        base_content_type=pages,
    ).values_list("object_id", flat=True)
    used_on = [int(key) for key in users.distinct()]
    return bool(used_on) and BasePage.objects.live().public().filter(pk__in=used_on).exists()


def may_fetch(actor: Actor, thing: Photo | PublicFile) -> bool:
    """Whether a person of the staff may fetch what is not public: who may choose it for a page."""
    if not actor.is_authenticated:
        return False
    rows = visible_photos(actor) if isinstance(thing, Photo) else visible_documents(actor)
    return bool(rows.filter(pk=thing.pk).exists())


# --- somebody who was asked to read a draft ------------------------------------------------------


def grant_pictures(response: HttpResponse, page: BasePage, *, is_secure: bool) -> None:
    """Let the holder of a secret link see the pictures of the draft as well, for an hour."""
    photos = ContentType.objects.get_for_model(Photo).pk
    found = ReferenceIndex._extract_references_from_object(page)
    numbers = sorted({key for kind, key, *_path in found if kind == photos}, key=int)
    if numbers:
        response.set_cookie(
            COOKIE,
            _GRANTS.sign("-".join(numbers[:MOST_PICTURES])),
            max_age=GRANT_SECONDS,
            path=GRANT_PATH,
            secure=is_secure,
            httponly=True,
            samesite="Strict",
        )


def is_granted(request: HttpRequest, photo: Photo) -> bool:
    """Whether the request carries the grant of a secret link for the picture."""
    try:
        numbers = _GRANTS.unsign(request.COOKIES.get(COOKIE, ""), max_age=GRANT_SECONDS)
    except BadSignature:
        return False
    return str(photo.pk) in numbers.split("-")
