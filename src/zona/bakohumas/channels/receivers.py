"""What follows when a page is deleted."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from zona.website.site.models import BasePage

from .models import Post
from .tasks import send_alert


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
