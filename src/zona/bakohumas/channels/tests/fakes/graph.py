"""Meta's Graph API: envelopes of errors, Facebook pages, Instagram, Threads, WhatsApp.

https://developers.facebook.com/docs/graph-api/guides/error-handling and the pages of each product.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from .server import Answer, Call, Fake

TOKEN = "EAAfake"


def error(code: int, text: str, *, status: int = 400, subcode: int = 0, **more: Any) -> Answer:
    body = {
        "message": text,
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "AfakeTrace0000000000000",
        **more,
    }
    if subcode:
        body["error_subcode"] = subcode
    return Answer({"error": body}, status)


EXPIRED = error(
    190, "Error validating access token: Session has expired on Tuesday.", status=401, subcode=463
)
NO_RIGHT = error(200, "(#200) The user hasn't authorized the application to do this", status=403)
APP_LIMIT = error(4, "(#4) Application request limit reached", status=403)
PAGE_LIMIT = error(32, "(#32) Page request limit reached", status=403)
BLOCKED = error(368, "The action attempted has been deemed abusive or is otherwise disallowed")
BAD_LINK = error(100, "(#100) Invalid parameter: link")
TRANSIENT = error(2, "Service temporarily unavailable", status=500, is_transient=True)
NOTHING = error(
    100,
    "Unsupported get request. Object with ID '0' does not exist, cannot be loaded due to missing"
    " permissions, or does not support this operation",
    subcode=33,
)


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


class Graph(Fake):
    """What all of Meta's have in common: version, token, steps of the path."""

    version: ClassVar[str] = "v25.0"

    def answer(self, call: Call) -> Answer:
        parts = call.path.strip("/").split("/")
        if parts[0].startswith("v") and parts.pop(0) != self.version:
            return error(2635, "(#2635) You are calling a deprecated version of the API")
        if not call.token:
            return error(104, "An access token is required to request this resource.")
        if call.token != TOKEN:
            return EXPIRED
        return self.at(call, parts)

    def at(self, call: Call, parts: list[str]) -> Answer:
        raise NotImplementedError


class FakeFacebook(Graph):
    kind = "facebook"
    page = "1020304050"

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.scopes = ["pages_manage_posts", "pages_read_engagement", "pages_show_list"]

    def at(self, call: Call, parts: list[str]) -> Answer:
        match call.method, parts:
            case "GET", ["debug_token"]:
                return Answer(
                    {"data": {"is_valid": True, "expires_at": 1_800_000_000, "scopes": self.scopes}}
                )
            case "GET", [self.page]:
                link = "https://www.facebook.com/kpucontoh"
                return Answer({"id": self.page, "name": "KPU Contoh", "link": link})
            case "GET", [self.page, "published_posts"]:
                rows = [p for p in self.posts.values() if p["at"] >= int(call.form["since"])]
                return Answer({"data": [self.shown(p) for p in reversed(rows)]})
            case "POST", [self.page, "feed"]:
                text, link = call.form.get("message", ""), call.form.get("link", "")
                if not text and not link:
                    return error(100, "(#100) Missing message or attachment")
                if any(p["message"] == text and p["link"] == link for p in self.posts.values()):
                    return error(506, "Duplicate status message", subcode=1455006)
                return Answer({"id": self.post(text, link=link)})
            case "POST", [self.page, "photos"]:
                photo = call.files.get("source", b"")
                if not photo.startswith((b"\xff\xd8", b"\x89PNG")) or len(photo) > 4_000_000:
                    return error(324, "(#324) Missing or invalid image file", subcode=2069019)
                number = self.post(call.form.get("caption", ""), alt=call.form["alt_text_custom"])
                return Answer({"id": str(self.next_number()), "post_id": number})
            case "GET", [number] if number in self.posts:
                return Answer(self.shown(self.posts[number]))
            case "POST", [number] if number in self.posts:
                self.posts[number]["message"] = call.form["message"]
                return Answer({"success": True})
            case "DELETE", [number] if number in self.posts:
                del self.posts[number]
                self.deleted.append(number)
                return Answer({"success": True})
        return NOTHING

    def post(self, text: str, link: str = "", **more: str) -> str:
        number = f"{self.page}_{self.next_number()}"
        at = int(datetime.now(UTC).timestamp())
        self.posts[number] = {
            "id": number, "message": text, "link": link, "created_time": now(), "at": at, **more
        }  # fmt: skip
        return number

    def shown(self, post: dict[str, Any]) -> dict[str, Any]:
        address = f"https://www.facebook.com/{post['id'].replace('_', '/posts/')}"
        return {
            "id": post["id"],
            "message": post["message"],
            "created_time": post["created_time"],
            "permalink_url": address,
        }


class Containers(Graph):
    """Two steps: a container that is worked on for `turns` questions, then its publication."""

    account = "17841400000000001"
    make, publish, list_, quota = "media", "media_publish", "media", "content_publishing_limit"
    state, why, text = "status_code", "status", "caption"
    total = 50

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.containers: dict[str, dict[str, Any]] = {}
        self.turns = 0
        self.used = 0
        self.broken = ""  # the next container ends in ERROR with this

    def at(self, call: Call, parts: list[str]) -> Answer:
        match call.method, parts:
            case "GET", ["me"]:
                me = {"user_id": self.account, "id": self.account, "username": "kpucontoh"}
                return Answer(me | {"account_type": "BUSINESS"})
            case "GET", ["refresh_access_token"]:
                told = {"access_token": TOKEN, "token_type": "bearer", "expires_in": 5_184_000}
                return Answer(told)
            case "GET", [self.account, self.quota]:
                config = {"quota_total": self.total, "quota_duration": 86400}
                return Answer({"data": [{"quota_usage": self.used, "config": config}]})
            case "POST", [self.account, self.make]:
                if fault := self.wrong(call.form):
                    return fault
                number = str(self.next_number())
                self.containers[number] = {
                    "form": {k: v for k, v in call.form.items() if k != "access_token"},
                    "state": "ERROR" if self.broken else "IN_PROGRESS",
                    "why": self.broken,
                    "turns": self.turns,
                }
                self.broken = ""
                return Answer({"id": number})
            case "POST", [self.account, self.publish]:
                return self.go(str(call.form.get("creation_id")))
            case "GET", [self.account, self.list_]:
                return Answer({"data": [self.shown(n) for n in reversed(self.posts)]})
            case "GET", [number] if number in self.containers:
                box = self.containers[number]
                if box["state"] == "IN_PROGRESS" and box["turns"] <= 0:
                    box["state"] = "FINISHED"
                box["turns"] -= 1
                return Answer({"id": number, self.state: box["state"], self.why: box["why"]})
            case "GET", [number] if number in self.posts:
                return Answer(self.shown(number))
            case "DELETE", [number] if number in self.posts and self.kind == "threads":
                del self.posts[number]
                self.deleted.append(number)
                return Answer({"success": True, "deleted_id": number})
        return NOTHING

    def go(self, number: str) -> Answer:
        box = self.containers.get(number)
        if box is None:
            return error(24, "The requested resource does not exist", subcode=2207006)
        if box["state"] == "IN_PROGRESS":
            return error(9007, "Media ID is not available", subcode=2207027)
        if box["state"] != "FINISHED":
            return error(-1, "Media cannot be published again", subcode=2207032)
        box["state"] = "PUBLISHED"
        media = str(self.next_number())
        self.posts[media] = {"id": media, "timestamp": now(), **box["form"]}
        self.used += 1
        return Answer({"id": media})

    def shown(self, number: str) -> dict[str, Any]:
        post = self.posts[number]
        return {
            "id": number,
            self.text: post.get(self.text, ""),
            "timestamp": post["timestamp"],
            "permalink": f"https://www.{self.kind}.com/p/{number}/",
        }

    def wrong(self, form: dict[str, Any]) -> Answer | None:
        raise NotImplementedError


class FakeInstagram(Containers):
    kind = "instagram"

    def wrong(self, form: dict[str, Any]) -> Answer | None:
        if not form.get("image_url", "").startswith("https://"):
            return error(9004, "Only photo or video can be accepted as media type", subcode=2207052)
        if len(form.get("caption", "")) > 2200:
            return error(100, "Caption is too long", subcode=2207010)
        return None


class FakeThreads(Containers):
    kind = "threads"
    version = "v1.0"
    make, publish, list_ = "threads", "threads_publish", "threads"
    quota, state, why, text = "threads_publishing_limit", "status", "error_message", "text"
    total = 250

    def wrong(self, form: dict[str, Any]) -> Answer | None:
        text = form.get("text", "")
        if sum(len(c.encode()) if ord(c) > 0xFFFF else 1 for c in text) > 500:
            return error(100, "Param text must be at most 500 characters long.")
        if form.get("media_type") == "IMAGE" and not form.get("image_url"):
            return error(100, "The parameter image_url is required")
        if form.get("link_attachment") and form.get("media_type") != "TEXT":
            return error(100, "link_attachment is only supported for text posts")
        return None


class FakeWhatsApp(Graph):
    kind = "whatsapp_cloud"
    phone_id = "106540352242922"

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.templates = {("kabar_baru", "id"): 2}  # number of parameters

    def at(self, call: Call, parts: list[str]) -> Answer:
        match call.method, parts:
            case "GET", [self.phone_id]:
                return Answer(
                    {
                        "id": self.phone_id,
                        "verified_name": "KPU Contoh",
                        "display_phone_number": "+62 811-1111-1111",
                        "quality_rating": "GREEN",
                    }
                )
            case "POST", [self.phone_id, "messages"]:
                return self.send(call.form)
        return NOTHING

    def send(self, form: dict[str, Any]) -> Answer:
        template = form.get("template") or {}
        name = (template.get("name"), template.get("language", {}).get("code"))
        if form.get("type") != "template":
            return whatsapp_error(131047, "Re-engagement message")
        if name not in self.templates:
            return whatsapp_error(132001, "Template name does not exist in the translation", 404)
        values = template["components"][0]["parameters"]
        if len(values) != self.templates[name]:
            return whatsapp_error(132000, "Number of parameters does not match")
        if any("\n" in value["text"] for value in values):
            return whatsapp_error(132018, "Param text cannot have new-line/tab characters")
        number = f"wamid.HBg{self.next_number()}"
        self.posts[number] = {"to": form["to"], "form": form}
        return Answer(
            {
                "messaging_product": "whatsapp",
                "contacts": [{"input": form["to"], "wa_id": form["to"]}],
                "messages": [{"id": number, "message_status": "accepted"}],
            }
        )


def whatsapp_error(code: int, text: str, status: int = 400) -> Answer:
    """The envelope of the Cloud API: Graph's, with details."""
    details = {"messaging_product": "whatsapp", "details": text}
    return error(code, f"(#{code}) {text}", status=status, error_data=details)
