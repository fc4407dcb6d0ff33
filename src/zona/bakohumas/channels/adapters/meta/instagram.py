"""Instagram, a professional account, through the API with Instagram's own login."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import outcomes
from ..base import Account, Field, Message, Refused
from ..limits import Limits
from .containers import Containers
from .graph import VERSION, Graph


class Instagram(Containers):
    kind = "instagram"
    label = "Instagram"
    base: ClassVar[str] = "https://graph.instagram.com"
    limits = Limits(
        text=2200,
        count=len,
        images=1,
        image_bytes=8_000_000,
        image_form="1080x1080",
        link="bio",
        can_edit=False,
        can_delete=False,
        source="https://developers.facebook.com/docs/instagram-platform/content-publishing"
        " (Nov 2026)",
        needs_picture=True,
        image_types=("image/jpeg",),
    )
    fields = (
        Field(
            "account_id",
            gettext_lazy("Number of the account"),
            gettext_lazy("The professional account's ID, as the app of Meta shows it."),
            example="17841400000000000",
        ),
        Field(
            "token",
            gettext_lazy("Access token"),
            gettext_lazy("With the right instagram_business_content_publish; it counts 60 days."),
            secret=True,
        ),
    )
    state, why = "status_code", "status"
    make_path, publish_path, list_path = "media", "media_publish", "media"
    quota_path = "content_publishing_limit"
    text_field = "caption"
    refresh = ("refresh_access_token", "ig_refresh_token")

    @cached_property
    def graph(self) -> Graph:  # type: ignore[override]
        return Graph(self.base, VERSION, self.secret["token"], timeout=self.timeout)

    def check(self) -> Account:
        me = self.graph.get("me", fields="user_id,username,account_type")
        if me.get("account_type") == "PERSONAL":
            raise outcomes.signed_out(_("it is a personal account, not a professional one"))
        return self.renewed(f"@{me['username']}", f"https://www.instagram.com/{me['username']}/")

    def parts(self, message: Message) -> dict[str, str]:
        if not message.picture or not message.picture.public_url:
            raise Refused(_("Instagram takes nothing without a picture."))
        if message.picture.mime not in self.limits.image_types:
            raise Refused(_("Instagram takes only JPEG pictures."))
        return {
            "image_url": message.picture.public_url,
            "caption": self.said(message),
            "alt_text": message.picture.alt,
        }
