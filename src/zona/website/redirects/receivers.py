"""A page that gets another address keeps answering at its old one."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_slug_changed, post_page_move

from zona.website.site.models import BasePage

from .actions import follow_move


@receiver(page_slug_changed)
def follow_slug(instance: BasePage, instance_before: BasePage, **_: Any) -> None:
    follow_move(page=instance, url_before=instance_before.url_path, url_after=instance.url_path)


@receiver(post_page_move)
def follow_page(instance: BasePage, url_path_before: str, url_path_after: str, **_: Any) -> None:
    page = BasePage.objects.get(pk=instance.pk)
    follow_move(page=page, url_before=url_path_before, url_after=url_path_after)
