"""Mastodon: an account on the server that the office chose."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import outcomes
from .base import Account, Adapter, Failure, Field, Later, Message, Sent, forget
from .limits import Limits, links_as_23
from .meta.graph import CLOCKS_APART, same_words
from .reach import PublicSession, server_address
from .shrink import fit

if TYPE_CHECKING:
    import requests
    from mastodon import Mastodon as Library

SPOKEN = "4.3.0"  # the version whose calls are used: media by /api/v2, edits


class Mastodon(Adapter):
    kind = "mastodon"
    label = "Mastodon"
    limits = Limits(
        text=500,
        count=links_as_23,
        images=4,
        image_bytes=8_000_000,
        image_form="1200x630",
        link="in_text",
        can_edit=True,
        can_delete=True,
        source="https://docs.joinmastodon.org/user/posting/ (Nov 2026); the server's own numbers"
        " are read when the channel is checked",
    )
    fields = (
        Field(
            "server",
            gettext_lazy("Server"),
            gettext_lazy("The address at which you sign in."),
            example="https://mastodon.social",
        ),
        Field(
            "token",
            gettext_lazy("Access token"),
            gettext_lazy(
                "From Preferences, Development, with the rights read, write:statuses"
                " and write:media."
            ),
            secret=True,
        ),
    )

    def __init__(
        self, settings: Mapping[str, Any], secret: Mapping[str, str], *, base: str = ""
    ) -> None:
        super().__init__(settings, secret, base=base)
        self.limits = replace(
            type(self).limits,
            text=int(settings.get("max_characters") or 500),
            image_bytes=int(settings.get("image_size_limit") or 8_000_000),
        )

    def check(self) -> Account:
        with Answers(self, final=False):
            me = self.service.account_verify_credentials()
            told = self.service.instance_v2().configuration
            facts = {
                "max_characters": str(told.statuses.max_characters),
                "image_size_limit": str(told.media_attachments.image_size_limit),
            }
        return Account(f"@{me.acct}", me.url, settings=facts)

    def publish(
        self,
        message: Message,
        *,
        resume: Mapping[str, str] | None = None,
        remember: Callable[[dict[str, str]], None] = forget,
    ) -> Sent:
        """The server itself keeps the key for an hour and then posts the same only once."""
        media = None
        if message.picture:
            picture = fit(message.picture, self.limits)
            with Answers(self, final=False):
                media = self.service.media_post(
                    picture.data, mime_type=picture.mime, description=picture.alt[:1500]
                )
        with Answers(self, final=True):
            posted = self.service.status_post(
                self.limits.outgoing(message.text, message.link),
                media_ids=media,
                visibility="public",
                language="id",
                idempotency_key=message.key,
            )
        return Sent(str(posted.id), posted.url or "")

    def edit(self, remote_id: str, message: Message) -> Sent:
        with Answers(self, final=False):
            before = self.service.status(remote_id)
            posted = self.service.status_update(
                remote_id,
                self.limits.outgoing(message.text, message.link),
                media_ids=[str(media.id) for media in before.media_attachments] or None,
            )
        return Sent(str(posted.id), posted.url or "")

    def delete(self, remote_id: str) -> None:
        from mastodon import MastodonNotFoundError

        with Answers(self, final=False), suppress(MastodonNotFoundError):  # gone already
            self.service.status_delete(remote_id)

    def find(
        self, message: Message, since: datetime, *, resume: Mapping[str, str] | None = None
    ) -> Sent | None:
        text = self.limits.outgoing(message.text, message.link)
        with Answers(self, final=False):
            me = self.service.account_verify_credentials()
            posts = self.service.account_statuses(me.id, exclude_reblogs=True, limit=40)
        for post in posts:
            is_new = post.created_at >= since - CLOCKS_APART
            if is_new and same_words(plain(post.content), text):
                return Sent(str(post.id), post.url or "")
        return None

    @cached_property
    def service(self) -> Library:
        from mastodon import Mastodon as Library

        client = Library(
            api_base_url=self.base or server_address(str(self.settings["server"])),
            session=session(trusted=bool(self.base)),
            ratelimit_method="throw",
            request_timeout=self.timeout,
            mastodon_version=SPOKEN,
            version_check_mode="created",
            user_agent="zona",
        )
        # Not as an argument: the library would read a token that is the name of a file from it.
        client.access_token = self.secret["token"]
        return client


def session(*, trusted: bool) -> requests.Session:
    """A session that reaches only public hosts, after redirects too. `trusted`: any host."""
    import requests

    made = requests.Session()
    if not trusted:
        for prefix in ("https://", "http://"):
            made.mount(prefix, PublicSession())
    return made


class Answers:
    """Turns the library's errors into ours. `final`: the call is the one the public can see."""

    def __init__(self, adapter: Mastodon, *, final: bool) -> None:
        self.adapter, self.final = adapter, final

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from mastodon import MastodonError

        if isinstance(error, MastodonError):
            raise translate(
                error, final=self.final, resets=self.adapter.service.ratelimit_reset
            ) from error


def translate(error: Exception, *, final: bool, resets: float | None) -> Failure:
    """What an error of the library means. Its arguments: text, status, reason, message."""
    import mastodon
    import requests

    status = error.args[1] if len(error.args) > 1 else 0
    said = str(error.args[3] if len(error.args) > 3 and error.args[3] else error)
    cause = error.__context__
    match error:
        case mastodon.MastodonNetworkError():
            if isinstance(cause, Failure):
                return cause
            is_connecting = isinstance(cause, requests.ConnectTimeout) or (
                "NewConnectionError" in repr(cause) or "NameResolutionError" in repr(cause)
            )
            return outcomes.lost() if final and not is_connecting else outcomes.unreachable()
        case mastodon.MastodonRatelimitError():
            return outcomes.busy(max(0.0, resets - time.time()) if resets else 300)
        case mastodon.MastodonServerError():
            return outcomes.lost() if final else outcomes.unreachable()
        case mastodon.MastodonUnauthorizedError():
            return outcomes.signed_out(said)
        case mastodon.MastodonAPIError() if status == 403:
            return outcomes.signed_out(said)
        case mastodon.MastodonAPIError() if "not finished processing" in said:
            return Later(_("The service is still fetching the picture."), 15)
        case mastodon.MastodonAPIError() if status:
            return outcomes.refused(said)
        case _:  # an answer that is no JSON
            return outcomes.lost() if final else outcomes.unreachable()


def plain(content: str) -> str:
    """The words of a post's HTML."""
    broken = re.sub(r"</p>\s*<p>|<br\s*/?>", "\n", content)
    return html.unescape(re.sub(r"<[^>]+>", "", broken))
