"""A page on Facebook, through Graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import outcomes
from ..base import Account, Adapter, Failure, Field, Message, Sent, forget
from ..limits import Limits
from ..shrink import fit
from .graph import CLOCKS_APART, VERSION, Graph, same_words

NEEDED = {"pages_manage_posts", "pages_read_engagement"}


class Facebook(Adapter):
    kind = "facebook"
    label = gettext_lazy("Facebook page")
    base: ClassVar[str] = "https://graph.facebook.com"
    limits = Limits(
        text=63206,
        count=len,
        images=1,
        image_bytes=4_000_000,
        image_form="1200x630",
        link="card",
        can_edit=True,
        can_delete=True,
        source="https://developers.facebook.com/docs/pages-api/posts (Nov 2026)",
    )
    fields = (
        Field(
            "page_id",
            gettext_lazy("Number of the page"),
            gettext_lazy("On the page under About, Page transparency."),
            example="102030405060708",
        ),
        Field(
            "token",
            gettext_lazy("Access token of the page"),
            gettext_lazy("With the rights pages_manage_posts and pages_read_engagement."),
            secret=True,
        ),
    )

    @cached_property
    def graph(self) -> Graph:
        return Graph(self.base, VERSION, self.secret["token"], timeout=self.timeout)

    @property
    def page(self) -> str:
        return str(self.settings["page_id"]).strip()

    def check(self) -> Account:
        page = self.graph.get(self.page, fields="id,name,link")
        expires_at = None
        try:
            told = self.graph.get("debug_token", input_token=self.secret["token"])["data"]
        except (Failure, KeyError):
            told = {}  # not every token may ask about itself
        scopes = set(told.get("scopes", ()))
        if scopes and (missing := NEEDED - scopes):
            raise outcomes.signed_out(
                _("the token lacks the right %s") % ", ".join(sorted(missing))
            )
        ends = told.get("expires_at") or told.get("data_access_expires_at")
        if ends:
            expires_at = datetime.fromtimestamp(int(ends), UTC)
        return Account(page["name"], page.get("link", ""), expires_at)

    def publish(
        self,
        message: Message,
        *,
        resume: Mapping[str, str] | None = None,
        remember: Callable[[dict[str, str]], None] = forget,
    ) -> Sent:
        """With a link Facebook draws the card of the page; a picture goes where there is none."""
        if message.picture and not message.link:
            picture = fit(message.picture, self.limits)
            made = self.graph.post(
                f"{self.page}/photos",
                files={"source": ("kartu", picture.data, picture.mime)},
                caption=message.text,
                alt_text_custom=picture.alt,
            )
        else:
            made = self.graph.post(f"{self.page}/feed", message=message.text, link=message.link)
        return self.sent(made.get("post_id") or made["id"])

    def edit(self, remote_id: str, message: Message) -> Sent:
        self.graph.post(remote_id, final=False, message=message.text)
        return self.sent(remote_id)

    def delete(self, remote_id: str) -> None:
        self.graph.delete(remote_id)

    def find(
        self, message: Message, since: datetime, *, resume: Mapping[str, str] | None = None
    ) -> Sent | None:
        posts = self.graph.get(
            f"{self.page}/published_posts",
            fields="id,message,created_time,permalink_url",
            since=str(int((since - CLOCKS_APART).timestamp())),
            limit="100",
        )
        for post in posts["data"]:
            if same_words(post.get("message", ""), message.text):
                return Sent(post["id"], post.get("permalink_url", ""))
        return None

    def sent(self, number: str) -> Sent:
        """The post is there; if its address cannot be had just now, one that leads to it."""
        try:
            permalink = self.graph.get(number, fields="permalink_url")["permalink_url"]
        except (Failure, KeyError):
            permalink = f"https://www.facebook.com/{number}"
        return Sent(number, permalink)
