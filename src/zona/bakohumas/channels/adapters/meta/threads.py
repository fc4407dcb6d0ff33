"""Threads."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from ..base import Account, Field, Message
from ..limits import Limits, emoji_as_bytes
from .containers import Containers
from .graph import Graph


class Threads(Containers):
    kind = "threads"
    label = "Threads"
    base: ClassVar[str] = "https://graph.threads.net"
    limits = Limits(
        text=500,
        count=emoji_as_bytes,
        images=1,
        image_bytes=8_000_000,
        image_form="1080x1080",
        link="card",
        can_edit=False,
        can_delete=True,
        source="https://developers.facebook.com/documentation/threads/posts (Nov 2026)",
    )
    fields = (
        Field(
            "account_id",
            gettext_lazy("Number of the account"),
            gettext_lazy("The user ID of Threads, as the app of Meta shows it."),
            example="25000000000000000",
        ),
        Field(
            "token",
            gettext_lazy("Access token"),
            gettext_lazy("With the rights threads_basic, threads_content_publish, threads_delete."),
            secret=True,
        ),
    )
    state, why = "status", "error_message"
    make_path, publish_path, list_path = "threads", "threads_publish", "threads"
    quota_path = "threads_publishing_limit"
    text_field = "text"
    refresh = ("refresh_access_token", "th_refresh_token")

    @cached_property
    def graph(self) -> Graph:  # type: ignore[override]
        return Graph(self.base, "v1.0", self.secret["token"], timeout=self.timeout, in_header=False)

    def check(self) -> Account:
        me = self.graph.get("me", fields="id,username")
        return self.renewed(f"@{me['username']}", f"https://www.threads.com/@{me['username']}")

    def parts(self, message: Message) -> dict[str, str]:
        """With a link Threads draws its card; a picture goes where there is none."""
        text = self.said(message)
        if message.link:
            return {"media_type": "TEXT", "text": text, "link_attachment": message.link}
        if message.picture and message.picture.public_url:
            return {
                "media_type": "IMAGE",
                "text": text,
                "image_url": message.picture.public_url,
                "alt_text": message.picture.alt,
            }
        return {"media_type": "TEXT", "text": text}

    def delete(self, remote_id: str) -> None:
        self.graph.delete(remote_id)
