"""Where the website uses recordings: what makes them public, and what follows when they change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.search import index

from zona.backstage.media.models import Recording, Transcript

from ..models import BasePage, VideoPage

# Kinds of pages that play a recording; a room above adds its own when the apps are ready.
PLAYED_ON: list[type[BasePage]] = [VideoPage]


def pages_playing(recording: Recording) -> Iterator[BasePage]:
    """The public pages that play the recording."""
    for kind in PLAYED_ON:
        yield from kind.objects.live().public().filter(recording=recording)


def is_played_in_public(recording: Recording) -> bool:
    return any(
        kind.objects.live().public().filter(recording=recording).exists() for kind in PLAYED_ON
    )


@receiver([post_save, post_delete], sender=Transcript)
def follow_words(instance: Transcript, raw: bool = False, **_: Any) -> None:
    """What is said there is found by search on the pages that play it."""
    if raw:
        return
    for page in pages_playing(instance.recording):
        index.insert_or_update_object(page)
