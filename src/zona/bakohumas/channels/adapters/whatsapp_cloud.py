"""WhatsApp Cloud API: a template to people who asked for it, one call for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, ClassVar

import httpx
from django.utils.functional import cached_property
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
from .limits import Limits

if TYPE_CHECKING:
    from pywa import WhatsApp

VERSION = 25.0
# https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
# (read Nov 2026)
SIGNED_OUT = {0, 3, 10, 190, 131005, 131031, 131042, 133010, *range(200, 300)}
BUSY = {4: 900, 80007: 3600, 130429: 60, 131048: 6 * 3600, 131056: 60, 131057: 3600}
SOON = {1, 2, 131000, 131016, 133004}  # may or may not have been sent


class WhatsAppCloud(Adapter):
    kind = "whatsapp_cloud"
    label = gettext_lazy("WhatsApp to subscribers")
    base: ClassVar[str] = "https://graph.facebook.com"
    per_recipient = True
    limits = Limits(
        text=1024,
        count=len,
        images=0,
        image_bytes=0,
        image_form="1200x630",
        link="in_text",
        can_edit=False,
        can_delete=False,
        source="https://developers.facebook.com/documentation/business-messaging/whatsapp"
        "/templates/overview (Nov 2026)",
    )
    fields = (
        Field(
            "phone_id",
            gettext_lazy("Number's ID"),
            gettext_lazy("Phone number ID in the WhatsApp manager, not the number itself."),
            example="106540352242922",
        ),
        Field(
            "template",
            gettext_lazy("Name of the template"),
            gettext_lazy("Approved by Meta; {{1}} becomes the text, {{2}} the link."),
            example="kabar_baru",
        ),
        Field("language", gettext_lazy("Language of the template"), required=False, default="id"),
        Field(
            "price",
            gettext_lazy("Price of one message (rupiah)"),
            gettext_lazy("From Meta's price list for Indonesia, in the category of the template."),
            example="350",
        ),
        Field(
            "price_source",
            gettext_lazy("Where and when you read the price"),
            gettext_lazy("Prices change; write the page and the date."),
            example="Daftar harga Meta, 24 November 2026",
        ),
        Field(
            "token",
            gettext_lazy("Access token"),
            gettext_lazy("Of a system user, with the right whatsapp_business_messaging."),
            secret=True,
        ),
    )

    def check(self) -> Account:
        self.price()
        number = self.call(lambda: self.service.get_business_phone_number(), final=False)
        return Account(f"{number.verified_name} ({number.display_phone_number})")

    def publish(
        self,
        message: Message,
        *,
        resume: Mapping[str, str] | None = None,
        remember: Callable[[dict[str, str]], None] = forget,
    ) -> Sent:
        """Accepted by WhatsApp, which is not yet delivered: that it tells only to a webhook."""
        from pywa.types.templates import TemplateLanguage

        price = self.price()
        text = " ".join(message.text.split())  # parameters take no line breaks
        values = [text, message.link] if message.link else [text]
        body = {"type": "body", "parameters": [{"type": "text", "text": v} for v in values]}
        sent = self.call(
            lambda: self.service.send_template(
                to=phone_number(message.to),
                name=str(self.settings["template"]),
                language=TemplateLanguage(str(self.settings.get("language") or "id")),
                params=[body],
                tracker=message.key[:512],
            ),
            final=True,
        )
        return Sent(str(sent.id), cost=price)

    def find(
        self, message: Message, since: datetime, *, resume: Mapping[str, str] | None = None
    ) -> Sent | None:
        raise CannotTell(_("WhatsApp gives no list of what was sent."))

    # --- inside ---

    @cached_property
    def service(self) -> WhatsApp:
        from pywa import WhatsApp

        transport = Elsewhere(self.base) if self.base != type(self).base else None
        session = httpx.Client(timeout=self.timeout, transport=transport)
        return WhatsApp(
            phone_id=str(self.settings["phone_id"]).strip(),
            token=self.secret["token"],
            session=session,
            api_version=VERSION,
        )

    def price(self) -> Decimal:
        try:
            price = Decimal(str(self.settings.get("price", "")).strip())
        except InvalidOperation:
            price = Decimal(-1)
        if not price.is_finite() or price < 0:
            raise Refused(_("The price of one message is missing in the settings."))
        return price

    def call(self, what: Callable[[], Any], *, final: bool) -> Any:
        from pywa.errors import WhatsAppError

        try:
            return what()
        except WhatsAppError as error:
            raise translate(error, final=final) from error
        except httpx.HTTPError as error:
            raise outcomes.broken(error, final=final) from error
        except ValueError as error:  # an answer that is no JSON
            raise (outcomes.lost() if final else outcomes.unreachable()) from error


class Elsewhere(httpx.HTTPTransport):
    """Sends every request to another base: the library knows only the real one."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.other = httpx.URL(base)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(
            scheme=self.other.scheme, host=self.other.host, port=self.other.port
        )
        request.headers["host"] = request.url.netloc.decode()
        return super().handle_request(request)


def phone_number(text: str) -> str:
    """Digits with the country's code: 0812… becomes 62812…. Raises Refused."""
    digits = "".join(c for c in text if c.isdigit() and c.isascii())
    if digits.startswith("0"):
        digits = f"62{digits[1:]}"
    if not 8 <= len(digits) <= 15:
        raise Refused(_("This is not a phone number."))
    return digits


def translate(error: Any, *, final: bool) -> Failure:
    """What an error of the library means, by Meta's codes."""
    said = error.details or error.message
    if error.code in SIGNED_OUT:
        return outcomes.signed_out(said)
    if error.code in BUSY:
        return outcomes.busy(BUSY[error.code])
    if error.code == 368:
        return Later(_("The service has blocked this account for a while: %s") % said, 6 * 3600)
    status = error.status_code or 0
    if error.code in SOON or error.is_transient or status >= 500:
        return outcomes.lost() if final else outcomes.unreachable()
    return outcomes.refused(said)
