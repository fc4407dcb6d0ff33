"""Telegram: a bot that is an administrator of a channel or a member of a group."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import outcomes
from .base import (
    Account,
    Adapter,
    CannotTell,
    Failure,
    Field,
    Later,
    Message,
    Refused,
    Sent,
    forget,
)
from .limits import Limits, utf16
from .shrink import fit

if TYPE_CHECKING:
    from telegram import Bot, Chat, ChatFullInfo, LinkPreviewOptions

Result = TypeVar("Result")

CAPTION = 1024  # UTF-16 units under a picture
# What the service says (400) when the channel, not this post, has to be put right.
NOT_LET_IN = ("chat not found", "not enough rights", "need administrator rights", "chat_write")


class Telegram(Adapter):
    kind = "telegram"
    label = "Telegram"
    base = "https://api.telegram.org"
    limits = Limits(
        text=4096,
        count=utf16,
        images=1,
        image_bytes=10_000_000,
        image_form="1200x630",
        link="in_text",
        can_edit=True,
        can_delete=True,
        source="https://core.telegram.org/bots/api#sendmessage (Nov 2026)",
    )
    fields = (
        Field(
            "chat",
            gettext_lazy("Channel or group"),
            gettext_lazy("Its public name with @, or its number when it is private."),
            example="@kpukotacontoh",
        ),
        Field(
            "token",
            gettext_lazy("Token of the bot"),
            gettext_lazy("From @BotFather. The bot must be an administrator of the channel."),
            secret=True,
        ),
    )

    def check(self) -> Account:
        async def ask(bot: Bot) -> Account:
            chat = await bot.get_chat(self.chat)
            member = await bot.get_chat_member(chat.id, bot.id)
            may = chat.type != "channel" or getattr(member, "can_post_messages", False)
            if member.status in {"left", "kicked"} or not may:
                raise outcomes.signed_out(_("the bot may not post in this channel yet"))
            url = f"https://t.me/{chat.username}" if chat.username else ""
            return Account(chat.title or str(chat.id), url)

        return self.run(ask, final=False)

    def publish(
        self,
        message: Message,
        *,
        resume: Mapping[str, str] | None = None,
        remember: Callable[[dict[str, str]], None] = forget,
    ) -> Sent:
        """A picture with its caption where the text is short enough, else a text whose link
        shows its own card. There is no way to ask later whether it arrived."""
        text = self.limits.outgoing(message.text, message.link)
        picture = message.picture if utf16(text) <= CAPTION else None
        if picture:
            picture = fit(picture, self.limits)

        async def send(bot: Bot) -> Sent:
            if picture:
                sent = await bot.send_photo(self.chat, picture.data, caption=text)
                return self.sent(sent.chat, sent.message_id, "photo")
            sent = await bot.send_message(
                self.chat, text, link_preview_options=preview(message.link)
            )
            return self.sent(sent.chat, sent.message_id, "text")

        return self.run(send, final=True)

    def edit(self, remote_id: str, message: Message) -> Sent:
        chat, number, form = remote_id.split(":")
        text = self.limits.outgoing(message.text, message.link)

        async def change(bot: Bot) -> Sent:
            from telegram.error import BadRequest

            try:
                if form == "photo":
                    await bot.edit_message_caption(int(chat), int(number), caption=text)
                else:
                    options = preview(message.link)
                    await bot.edit_message_text(
                        text, int(chat), int(number), link_preview_options=options
                    )
            except BadRequest as error:
                if "message is not modified" not in str(error).lower():
                    raise
            return self.sent(await bot.get_chat(int(chat)), int(number), form)

        return self.run(change, final=False)

    def delete(self, remote_id: str) -> None:
        chat, number, _form = remote_id.split(":")

        async def remove(bot: Bot) -> None:
            from telegram.error import BadRequest

            try:
                await bot.delete_message(int(chat), int(number))
            except BadRequest as error:
                if "message to delete not found" not in str(error).lower():
                    raise

        self.run(remove, final=False)

    def find(
        self, message: Message, since: datetime, *, resume: Mapping[str, str] | None = None
    ) -> Sent | None:
        raise CannotTell(_("A bot cannot read what stands in a Telegram channel."))

    # --- inside ---

    @property
    def chat(self) -> str:
        return str(self.settings["chat"]).strip()

    def sent(self, chat: Chat | ChatFullInfo, number: int, form: str) -> Sent:
        """`chat:message:form` as identity: Telegram numbers messages in each chat."""
        if chat.username:
            permalink = f"https://t.me/{chat.username}/{number}"
        else:
            inner = str(chat.id).removeprefix("-100")
            permalink = f"https://t.me/c/{inner}/{number}" if inner.isdigit() else ""
        return Sent(f"{chat.id}:{number}:{form}", permalink)

    def run(self, call: Callable[[Bot], Awaitable[Result]], *, final: bool) -> Result:
        """One visit to the service; its errors become ours."""
        from telegram import Bot
        from telegram.error import InvalidToken, TelegramError
        from telegram.request import HTTPXRequest

        async def visit() -> Result:
            request = HTTPXRequest(
                connect_timeout=self.timeout,
                read_timeout=self.timeout,
                write_timeout=self.timeout,
                media_write_timeout=self.timeout,
            )
            bot = Bot(self.secret["token"], base_url=f"{self.base}/bot", request=request)
            try:
                await bot.initialize()
            except TelegramError as error:
                raise translate(error, final=False) from error
            try:
                return await call(bot)
            except TelegramError as error:
                raise translate(error, final=final) from error
            finally:
                await bot.shutdown()

        try:
            return asyncio.run(visit())
        except InvalidToken as error:  # empty: said before any call
            raise translate(error, final=False) from error


def preview(link: str) -> LinkPreviewOptions:
    """The card of the link above all others in the text; none without a link."""
    from telegram import LinkPreviewOptions

    if not link:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=link, prefer_large_media=True)


def translate(error: Exception, *, final: bool) -> Failure:
    """What an error of the library means. BadRequest and TimedOut are NetworkErrors there."""
    from telegram import error as errors

    said = str(error)
    match error:
        case errors.RetryAfter():
            wait = error.retry_after
            return outcomes.busy(wait if isinstance(wait, int) else wait.total_seconds())
        case errors.InvalidToken() | errors.Forbidden():
            return outcomes.signed_out(said)
        case errors.ChatMigrated():
            return Refused(
                _("The group has a new number: %(number)s. Write it into the settings.")
                % {"number": error.new_chat_id}
            )
        case errors.BadRequest():
            is_ours = any(words in said.lower() for words in NOT_LET_IN)
            return outcomes.signed_out(said) if is_ours else outcomes.refused(said)
        case errors.Conflict():
            return Later(said)
        case errors.NetworkError():
            # Without a cause it is an answer of the service (5xx): it may have done its work.
            return outcomes.broken(error.__cause__ or error, final=final)
        case _:
            return outcomes.lost() if final else outcomes.unreachable()
