"""What follows when an item changes or leaves the website."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.signals import page_published, page_unpublished

from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from . import actions, composing
from .models import Channel, Post
from .tasks import send_alert


@receiver(page_unpublished)
def withdraw(instance: BasePage, **_: Any) -> None:
    """Not for a page about to be deleted, which is unpublished in memory only."""
    if Post.objects.filter(page_id=instance.pk, page__live=False).exists():
        actions.withdraw(page=instance)


@receiver(page_published)
def keep(instance: BasePage, **_: Any) -> None:
    actions.keep(page=instance)


@receiver(page_published)
def make_links(instance: BasePage, **_: Any) -> None:
    """Before anybody looks at what its channels would say."""
    if instance.live and instance.kind in KINDS and not instance.is_imported:
        channels = Channel.objects.filter(office_id=instance.office_id, is_active=True)
        composing.make_links(instance, {channel.kind: channel for channel in channels})


@receiver(pre_delete, sender=BasePage)
def name_what_stays(instance: BasePage, **_kwargs: Any) -> None:
    """The outbox forgets a page that is deleted: its posts are named to staff a last time."""
    posts = Post.objects.filter(
        page_id=instance.pk, state=Post.State.SENT, action=Post.Action.PUBLISH
    )
    places = [post.permalink or post.channel.name for post in posts.select_related("channel")[:10]]
    if places and instance.office_id:
        text = _("“%(page)s” was deleted from the website. It still stands on: %(places)s")
        said = text % {"page": instance.title, "places": ", ".join(places)}
        send_alert.enqueue(instance.office_id, "channels", said)
