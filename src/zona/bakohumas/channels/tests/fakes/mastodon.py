"""A Mastodon server as https://docs.joinmastodon.org/methods/ tells it."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from typing import Any

from .server import Answer, Call, Fake

TOKEN = "mastodon-fake-token"
NOT_ALLOWED = Answer({"error": "This action is outside the authorized scopes"}, 403)


def limited(seconds: int = 120) -> Answer:
    resets = datetime.now(UTC) + timedelta(seconds=seconds)
    headers = {"Limit": "300", "Remaining": "0", "Reset": resets.isoformat()}
    said = {f"X-RateLimit-{name}": value for name, value in headers.items()}
    return Answer({"error": "Too many requests"}, 429, said)


class FakeMastodon(Fake):
    kind = "mastodon"

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.keys: dict[str, str] = {}  # idempotency keys, kept for an hour there
        self.media: dict[str, dict[str, Any]] = {}
        self.max_characters = 500
        self.is_processing = False

    def answer(self, call: Call) -> Answer:
        parts = call.path.removeprefix("/api/").rstrip("/").split("/")
        if call.token != TOKEN:
            return Answer({"error": "The access token is invalid"}, 401)
        match call.method, parts:
            case "GET", ["v1", "accounts", "verify_credentials"]:
                return Answer(self.account())
            case "GET", ["v2", "instance"]:
                return Answer(self.instance())
            case "GET", ["v1", "accounts", "1", "statuses"]:
                return Answer([self.shown(n) for n in reversed(self.posts)])
            case "POST", ["v2", "media"]:
                return self.upload(call)
            case "POST", ["v1", "statuses"]:
                return self.post(call)
            case "GET", ["v1", "statuses", number] if number in self.posts:
                return Answer(self.shown(number))
            case "PUT", ["v1", "statuses", number] if number in self.posts:
                if fault := self.wrong(call):
                    return fault
                self.posts[number] |= {"text": call.form["status"], "media": media_of(call)}
                return Answer(self.shown(number))
            case "DELETE", ["v1", "statuses", number] if number in self.posts:
                shown = self.shown(number)
                del self.posts[number]
                self.deleted.append(number)
                return Answer(shown)
        return Answer({"error": "Record not found"}, 404)

    def upload(self, call: Call) -> Answer:
        if len(call.files.get("file", b"")) > 16_000_000:
            return Answer({"error": "Validation failed: File size must be less than 16 MB"}, 422)
        number = str(self.next_number())
        media = {"id": number, "type": "image", "description": call.form.get("description")}
        self.media[number] = media | {"url": None if self.is_processing else "https://f.test/a"}
        return Answer(self.media[number], 202 if self.is_processing else 200)

    def post(self, call: Call) -> Answer:
        key = call.headers.get("idempotency-key", "")
        if key in self.keys:
            return Answer(self.shown(self.keys[key]))
        if fault := self.wrong(call):
            return fault
        number = str(self.next_number())
        self.posts[number] = {"text": call.form["status"], "media": media_of(call), "at": now()}
        if key:
            self.keys[key] = number
        return Answer(self.shown(number))

    def wrong(self, call: Call) -> Answer | None:
        if len(call.form.get("status", "")) > self.max_characters:
            said = f"Validation failed: Text character limit of {self.max_characters} exceeded"
            return Answer({"error": said}, 422)
        if any(self.media[number]["url"] is None for number in media_of(call)):
            said = "Cannot attach files that have not finished processing. Try again in a moment!"
            return Answer({"error": said}, 422)
        return None

    def account(self) -> dict[str, Any]:
        return {"id": "1", "acct": "kpucontoh", "username": "kpucontoh", "url": f"{self.url}/@k"}

    def instance(self) -> dict[str, Any]:
        sizes = {"image_size_limit": 16_777_216, "supported_mime_types": ["image/jpeg"]}
        statuses = {
            "max_characters": self.max_characters,
            "max_media_attachments": 4,
            "characters_reserved_per_url": 23,
        }
        configuration = {"statuses": statuses, "media_attachments": sizes}
        return {"domain": "contoh.test", "version": "4.5.0", "configuration": configuration}

    def shown(self, number: str) -> dict[str, Any]:
        post = self.posts[number]
        paragraphs = html.escape(post["text"], quote=True).split("\n\n")
        return {
            "id": number,
            "created_at": post["at"],
            "url": f"https://contoh.test/@kpucontoh/{number}",
            "content": "".join(f"<p>{p.replace(chr(10), '<br />')}</p>" for p in paragraphs),
            "media_attachments": [self.media[m] for m in post["media"]],
            "account": self.account(),
        }


def media_of(call: Call) -> list[str]:
    """`media_ids[]` of a form, `media_ids` of JSON."""
    found = call.form.get("media_ids[]") or call.form.get("media_ids") or []
    return [str(m) for m in found] if isinstance(found, list) else [str(found)]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
