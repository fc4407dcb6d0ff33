"""Bluesky, or another server of the AT Protocol, with an app password."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import outcomes
from .base import Account, Adapter, Failure, Field, Message, Picture, Sent, Uncertain, forget
from .limits import URL, Limits, bluesky
from .reach import PublicOnly, server_address
from .shrink import fit

if TYPE_CHECKING:
    from atproto import Client

POSTS = "app.bsky.feed.post"
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"  # of a TID, in order of value
HASHTAG = re.compile(r"(?<!\w)#(\w{1,64})")
SIGNED_OUT = {
    "AuthenticationRequired",
    "AccountTakedown",
    "AuthFactorTokenRequired",
    "ExpiredToken",
    "InvalidToken",
}


class Bluesky(Adapter):
    kind = "bluesky"
    label = "Bluesky"
    limits = Limits(
        text=300,
        count=bluesky,
        images=4,
        image_bytes=1_000_000,
        image_form="1200x630",
        link="card",
        can_edit=False,
        can_delete=True,
        source="https://docs.bsky.app/docs/advanced-guides/rate-limits and the lexicon"
        " app.bsky.feed.post (Nov 2026)",
    )
    fields = (
        Field(
            "handle",
            gettext_lazy("Name of the account"),
            gettext_lazy("Without @."),
            example="kpukotacontoh.bsky.social",
        ),
        Field(
            "server",
            gettext_lazy("Server"),
            gettext_lazy("Leave it as it is unless you run your own."),
            required=False,
            default="https://bsky.social",
            example="https://bsky.social",
        ),
        Field(
            "password",
            gettext_lazy("App password"),
            gettext_lazy("From Settings, Privacy and security. Never the password itself."),
            secret=True,
        ),
    )

    def check(self) -> Account:
        client = self.sign_in()
        me = self.call(lambda: client.com.atproto.server.get_session(), final=False)
        return Account(f"@{me.handle}", f"https://bsky.app/profile/{me.handle}")

    def publish(
        self,
        message: Message,
        *,
        resume: Mapping[str, str] | None = None,
        remember: Callable[[dict[str, str]], None] = forget,
    ) -> Sent:
        """The place of the post follows from the key, so a second one has nowhere to go.

        That the place is taken is told in many ways (500, 409 or 400, by server); so on every
        doubt the place itself is looked at.
        """
        client = self.sign_in()
        record = self.record(client, message)
        name = record_name(message.key)
        data = {"repo": client.did, "collection": POSTS, "rkey": name, "record": record}
        try:
            made = self.call(lambda: client.com.atproto.repo.create_record(data=data), final=True)
        except Failure as failure:
            if not isinstance(failure, Uncertain) and "exist" not in failure.reason:
                raise
            if there := self.look(client, name):
                return there
            raise
        return self.sent(client.handle, str(made.uri))

    def delete(self, remote_id: str) -> None:
        client = self.sign_in()
        data = {"repo": client.did, "collection": POSTS, "rkey": remote_id.rpartition("/")[2]}
        self.call(lambda: client.com.atproto.repo.delete_record(data=data), final=False)

    def find(
        self, message: Message, since: datetime, *, resume: Mapping[str, str] | None = None
    ) -> Sent | None:
        return self.look(self.sign_in(), record_name(message.key))

    # --- inside ---

    def sign_in(self) -> Signed:
        from atproto import Client, Request

        server = self.base or server_address(str(self.settings.get("server") or "bsky.social"))
        client = Client(
            server, Request(transport=PublicOnly(trusted=self.base), timeout=self.timeout)
        )
        signed = Signed(client)
        name = str(self.settings["handle"]).strip().lstrip("@")
        self.call(
            lambda: client.login(name, self.secret["password"], fetch_bsky_profile=False),
            final=False,
        )
        return signed

    def record(self, client: Signed, message: Message) -> dict[str, Any]:
        text = self.limits.outgoing(message.text, message.link)
        record: dict[str, Any] = {
            "$type": POSTS,
            "text": text,
            "langs": ["id"],
            "createdAt": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }
        if marks := facets(text):
            record["facets"] = marks
        picture = fit(message.picture, self.limits) if message.picture else None
        blob = self.upload(client, picture) if picture else None
        if message.link:
            card = {"uri": message.link, "title": message.subject or text[:90], "description": ""}
            if blob:
                card["thumb"] = blob
            record["embed"] = {"$type": "app.bsky.embed.external", "external": card}
        elif picture and blob:
            image = {"alt": picture.alt, "image": blob}
            record["embed"] = {"$type": "app.bsky.embed.images", "images": [image]}
        return record

    def upload(self, client: Signed, picture: Picture) -> Any:
        headers = {"Content-Type": picture.mime}
        answer = self.call(
            lambda: client.com.atproto.repo.upload_blob(picture.data, headers=headers),
            final=False,
        )
        return answer.blob

    def look(self, client: Signed, name: str) -> Sent | None:
        """The post at this place, if there is one."""
        params = {"repo": client.did, "collection": POSTS, "rkey": name}
        from atproto.exceptions import BadRequestError

        def ask() -> Any:
            try:
                return client.com.atproto.repo.get_record(params=params)
            except BadRequestError as error:
                if said_by(error)[0] == "RecordNotFound" or "not locate" in said_by(error)[1]:
                    return None
                raise

        found = self.call(ask, final=False)
        return self.sent(client.handle, str(found.uri)) if found else None

    def sent(self, handle: str, uri: str) -> Sent:
        return Sent(uri, f"https://bsky.app/profile/{handle}/post/{uri.rpartition('/')[2]}")

    def call(self, what: Callable[[], Any], *, final: bool) -> Any:
        from atproto.exceptions import AtProtocolError

        try:
            return what()
        except AtProtocolError as error:
            raise translate(error, final=final) from error
        except httpx.HTTPError as error:  # those that the library does not make its own
            raise outcomes.broken(error, final=final) from error


class Signed:
    """A client, and who it is once it has signed in."""

    did = handle = ""

    def __init__(self, client: Client) -> None:
        self.com = client.com
        client.on_session_change(self.keep)

    def keep(self, event: object, session: Any) -> None:
        self.did, self.handle = session.did, session.handle


def record_name(key: str) -> str:
    """A TID that follows from the key: 13 letters, as the lexicon of posts demands.

    Its time lies between 2023 and 2027; the order of a list of posts comes from `createdAt`.
    """
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    start, span = 1_672_531_200_000_000, 1 << 46  # microseconds: 2023-01-01, and 2.2 years
    value = ((start + (number >> 10) % span) << 10) | (number & 1023)
    letters = ""
    for _turn in range(13):
        letters = LETTERS[value & 31] + letters
        value >>= 5
    return letters


def facets(text: str) -> list[dict[str, Any]]:
    """What of the text can be clicked: addresses and hashtags, by their bytes in UTF-8."""
    marks = []
    for match in URL.finditer(text):
        address = match.group().rstrip(".,;:!?)")
        feature = {"$type": "app.bsky.richtext.facet#link", "uri": address}
        marks.append(mark(text, match.start(), match.start() + len(address), feature))
    taken = [(m.start(), m.end()) for m in URL.finditer(text)]
    for match in HASHTAG.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        feature = {"$type": "app.bsky.richtext.facet#tag", "tag": match.group(1)}
        marks.append(mark(text, match.start(), match.end(), feature))
    return marks


def mark(text: str, start: int, end: int, feature: dict[str, str]) -> dict[str, Any]:
    """A facet of the characters from `start` to `end`."""
    places = {
        "byteStart": len(text[:start].encode()),
        "byteEnd": len(text[:end].encode()),
    }
    return {"index": places, "features": [feature]}


def said_by(error: Exception) -> tuple[str, str]:
    """Name and message of an XRPC error."""
    content = getattr(getattr(error, "response", None), "content", None)
    return getattr(content, "error", "") or "", getattr(content, "message", "") or str(error)


def translate(error: Exception, *, final: bool) -> Failure:
    """What an error of the library means."""
    from atproto import exceptions

    response = getattr(error, "response", None)
    status = response.status_code if response else 0
    name, said = said_by(error)
    match error:
        case exceptions.RateLimitExceededError():
            wait = error.retry_after
            if wait is None and error.reset_at:
                wait = max(0.0, (error.reset_at - datetime.now(UTC)).total_seconds())
            return outcomes.busy(wait if wait is not None else 300)
        case exceptions.NetworkError() if response is None:
            return outcomes.broken(error.__cause__ or error, final=final)
        case exceptions.UnauthorizedError():
            return outcomes.signed_out(said)
        case _ if name in SIGNED_OUT:
            return outcomes.signed_out(said)
        case _ if status == 413:
            return outcomes.refused(said or _("The picture is too large for this service."))
        case _ if 400 <= status < 500:
            return outcomes.refused(said)
        case _:
            return outcomes.lost() if final else outcomes.unreachable()
