"""From a row of the outbox to what an adapter is given."""

from __future__ import annotations

from django.utils.text import slugify

from zona.website.site.models import BasePage
from zona.website.site.pages.frame import absolute
from zona.website.site.pages.sharing import card_maker

from ..adapters.base import Message, Picture
from ..adapters.limits import Limits
from ..content import release
from ..models import Kind, Post


def message_of(post: Post, limits: Limits) -> Message:
    """What is said; draws the card where one goes along (0.1-0.4 s the first time)."""
    wants_picture = limits.images and (post.with_picture or limits.needs_picture)
    is_new = post.action == Post.Action.PUBLISH
    return Message(
        text=post.text,
        key=post.key,
        link=post.link if limits.link in {"in_text", "card"} else "",
        picture=picture_of(post.page, limits) if wants_picture and is_new else None,
        subject=post.page.title,
        files=_files(post) if post.channel.kind == Kind.PRESS else (),
    )


def picture_of(page: BasePage, limits: Limits) -> Picture | None:
    """The card of a page in the size that the service shows best; None where nobody draws any."""
    maker, size = card_maker(), limits.image_form
    if maker is None:
        return None
    return Picture(
        data=maker.draw(page, size, "jpg"),
        mime="image/jpeg",
        alt=page.title,
        public_url=absolute(maker.address(page, size, "jpg")),
    )


def _files(post: Post) -> tuple[tuple[str, bytes, str], ...]:
    """The release on paper; PressRelease.DoesNotExist where it has no number yet."""
    made = release.make_pdf(post.page, post.link)
    number = post.page.press_release.number
    return ((f"{slugify(f'siaran-pers-{number}')[:80]}.pdf", made, "application/pdf"),)
