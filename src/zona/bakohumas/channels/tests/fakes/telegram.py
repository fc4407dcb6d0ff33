"""Telegram's Bot API as https://core.telegram.org/bots/api tells it."""

from __future__ import annotations

import time
from typing import Any

from .server import Answer, Call, Fake

TOKEN = "123456:AAfake-token_of_the_test-bot-000000"
BOT = {"id": 7000001, "is_bot": True, "first_name": "Zona", "username": "zona_uji_bot"}


def error(status: int, text: str, **parameters: int) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": text}
    if parameters:
        body["parameters"] = parameters
    return Answer(body, status)


def too_many(seconds: int) -> Answer:
    return error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


NOT_MEMBER = error(403, "Forbidden: bot is not a member of the channel chat")


class FakeTelegram(Fake):
    kind = "telegram"

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.chats: dict[str, dict[str, Any]] = {
            "@kpucontoh": {
                "id": -1001234567890,
                "type": "channel",
                "title": "KPU Contoh",
                "username": "kpucontoh",
            },
            "-1009876543210": {"id": -1009876543210, "type": "channel", "title": "Internal"},
        }
        self.may_post = True

    def chat(self, name: str) -> dict[str, Any] | None:
        by_id = {str(chat["id"]): chat for chat in self.chats.values()}
        return self.chats.get(name) or by_id.get(name)

    def answer(self, call: Call) -> Answer:
        _empty, bot, method = call.path.split("/", 2)
        if bot != f"bot{TOKEN}":
            return error(401, "Unauthorized")
        if method == "getMe":
            return good(BOT)
        chat = self.chat(str(call.form.get("chat_id", "")))
        if chat is None:
            return error(400, "Bad Request: chat not found")
        return getattr(self, method)(call, chat)

    def getChat(self, call: Call, chat: dict[str, Any]) -> Answer:
        return good(chat | {"accent_color_id": 1, "max_reaction_count": 11} | GIFTS)

    def getChatMember(self, call: Call, chat: dict[str, Any]) -> Answer:
        rights = dict.fromkeys(ADMIN_RIGHTS, False) | {"can_post_messages": self.may_post}
        return good({"status": "administrator", "user": BOT} | rights)

    def sendMessage(self, call: Call, chat: dict[str, Any]) -> Answer:
        text = call.form.get("text", "")
        if not text.strip():
            return error(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            return error(400, "Bad Request: message is too long")
        return self.post(chat, {"text": text, "preview": call.form.get("link_preview_options")})

    def sendPhoto(self, call: Call, chat: dict[str, Any]) -> Answer:
        caption = call.form.get("caption", "")
        if len(caption.encode("utf-16-le")) // 2 > 1024:
            return error(400, "Bad Request: message caption is too long")
        photo = next(iter(call.files.values()), b"")
        if len(photo) > 10_000_000:
            return error(413, "Request Entity Too Large")
        if not photo.startswith((b"\xff\xd8", b"\x89PNG")):
            return error(400, "Bad Request: IMAGE_PROCESS_FAILED")
        sizes = {"file_id": "f", "file_unique_id": "u", "width": 1200, "height": 630}
        return self.post(chat, {"caption": caption, "photo": [sizes], "size": len(photo)})

    def post(self, chat: dict[str, Any], content: dict[str, Any]) -> Answer:
        if not self.may_post:
            return error(400, "Bad Request: need administrator rights in the channel chat")
        number = self.next_number()
        self.posts[f"{chat['id']}:{number}"] = content
        return good(self.message(chat, number, content))

    def message(self, chat: dict[str, Any], number: int, content: dict[str, Any]) -> dict[str, Any]:
        shown = {k: v for k, v in content.items() if k in {"text", "caption", "photo"}}
        return {"message_id": number, "date": int(time.time()), "chat": chat, **shown}

    def editMessageText(self, call: Call, chat: dict[str, Any]) -> Answer:
        return self.change(call, chat, "text")

    def editMessageCaption(self, call: Call, chat: dict[str, Any]) -> Answer:
        return self.change(call, chat, "caption")

    def change(self, call: Call, chat: dict[str, Any], field: str) -> Answer:
        post = self.posts.get(f"{chat['id']}:{call.form['message_id']}")
        if post is None:
            return error(400, "Bad Request: message to edit not found")
        if field not in post:
            return error(400, f"Bad Request: there is no {field} in the message to edit")
        if post[field] == call.form[field]:
            return error(
                400,
                "Bad Request: message is not modified: specified new message content and reply"
                " markup are exactly the same as a current content and reply markup of the message",
            )
        post[field] = call.form[field]
        return good(self.message(chat, int(call.form["message_id"]), post))

    def deleteMessage(self, call: Call, chat: dict[str, Any]) -> Answer:
        key = f"{chat['id']}:{call.form['message_id']}"
        if key not in self.posts:
            return error(400, "Bad Request: message to delete not found")
        del self.posts[key]
        self.deleted.append(key)
        return good(True)


def good(result: Any) -> Answer:
    return Answer({"ok": True, "result": result})


GIFTS = {
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    }
}
ADMIN_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_post_messages", "can_edit_messages", "can_pin_messages", "can_manage_topics",
)  # fmt: skip
