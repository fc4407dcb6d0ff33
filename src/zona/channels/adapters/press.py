"""The press list: one letter to each address, by the mail server of this installation."""

from __future__ import annotations

import hashlib
import smtplib
import socket
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings as configured
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.utils import DNS_NAME
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zona.channels.adapters import outcomes
from zona.channels.adapters.base import (
    Account,
    Adapter,
    CannotTell,
    Failure,
    Field,
    Later,
    Message,
    Sent,
    forget,
)
from zona.channels.adapters.limits import Limits


class Press(Adapter):
    kind = "press"
    label = gettext_lazy("Press list by e-mail")
    per_recipient = True
    limits = Limits(
        text=20_000,
        count=len,
        images=0,
        image_bytes=0,
        image_form="1200x630",
        link="in_text",
        can_edit=False,
        can_delete=False,
        source="RFC 5322; long letters are cut by mail programs (Nov 2026)",
    )
    fields = (
        Field(
            "reply_to",
            gettext_lazy("Answers go to"),
            gettext_lazy("The address that the press may write to."),
            required=False,
            example="humas@kpu-contoh.go.id",
        ),
    )

    def check(self) -> Account:
        """Signs in at the mail server, where there is one."""
        connection = get_connection()
        try:
            connection.open()
        except Exception as error:
            if failure := translate(error, final=False):
                raise failure from error
            raise
        connection.close()
        return Account(parseaddr(configured.DEFAULT_FROM_EMAIL)[1])

    def publish(
        self,
        message: Message,
        *,
        resume: Mapping[str, str] | None = None,
        remember: Callable[[dict[str, str]], None] = forget,
    ) -> Sent:
        """The letter's name follows from the key: a second one is known as the same letter by
        mail programs, but it would arrive. So an unclear end is Uncertain, and stays so."""
        name = letter_name(message.key, message.to)
        reply_to = str(self.settings.get("reply_to") or "")
        letter = EmailMultiAlternatives(
            " ".join(message.subject.split()),
            self.limits.outgoing(message.text, message.link),
            to=[message.to],
            reply_to=[reply_to] if reply_to else None,
            headers={"Message-ID": name},
        )
        if message.html:
            letter.attach_alternative(message.html, "text/html")
        for file in message.files:
            letter.attach(*file)
        try:
            letter.send()
        except Exception as error:
            if failure := translate(error, final=True):
                raise failure from error
            raise
        status: Any = getattr(letter, "anymail_status", None)  # where a provider sends
        return Sent(str(status.message_id or name) if status else name)

    def find(
        self, message: Message, since: datetime, *, resume: Mapping[str, str] | None = None
    ) -> Sent | None:
        raise CannotTell(_("A mail server does not tell what it has sent."))


def letter_name(key: str, to: str) -> str:
    """A Message-ID, the same for every try."""
    digest = hashlib.sha256(f"{key}\n{to.lower()}".encode()).hexdigest()[:32]
    domain = parseaddr(configured.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{digest}@{domain or DNS_NAME.get_fqdn()}>"


def translate(error: Exception, *, final: bool) -> Failure | None:
    """What an error of the mail server or of a provider means; None: it is no such error."""
    from anymail import exceptions as anymail

    match error:
        case smtplib.SMTPAuthenticationError():
            return outcomes.signed_out(str(error.smtp_error))
        case smtplib.SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
            return by_code(code, said)
        case smtplib.SMTPResponseException():
            return by_code(error.smtp_code, error.smtp_error)
        case smtplib.SMTPConnectError() | smtplib.SMTPHeloError() | smtplib.SMTPNotSupportedError():
            return outcomes.unreachable()
        case smtplib.SMTPServerDisconnected():
            return outcomes.lost() if final else outcomes.unreachable()
        case anymail.AnymailRecipientsRefused() | anymail.AnymailInvalidAddress():
            return outcomes.refused(str(error))
        case anymail.AnymailUnsupportedFeature():
            return outcomes.refused(str(error))
        case anymail.AnymailRequestsAPIError():
            return by_status(error, final=final)
        case ConnectionRefusedError() | socket.gaierror():
            return outcomes.unreachable()
        case OSError() | smtplib.SMTPException():  # timeouts and cut connections
            return outcomes.lost() if final else outcomes.unreachable()
        case _:
            return None


def by_code(code: int, said: bytes | str) -> Failure:
    """An answer of SMTP: 4xx later, 5xx never."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    if 400 <= code < 500:
        return Later(_("The mail server asks us to try later: %s") % outcomes.brief(text), 600)
    return outcomes.refused(text)


def by_status(error: Any, *, final: bool) -> Failure:
    """An answer of a provider's API, or none."""
    import requests

    status = error.status_code
    if isinstance(error, requests.ConnectTimeout):
        return outcomes.unreachable()
    if status is None or status >= 500:
        return outcomes.lost() if final else outcomes.unreachable()
    if status in {401, 403}:
        return outcomes.signed_out(str(error))
    if status == 429:
        return outcomes.busy(300)
    return outcomes.refused(str(error))
