"""The press list: one letter to each address, by the mail server of this installation."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings as configured
from django.core.mail.utils import DNS_NAME
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zona.ground.mail import failures
from zona.ground.mail.letters import write
from zona.ground.mail.sending import Line, send

from . import outcomes
from .base import Account, Adapter, CannotTell, Failure, Field, Later, Message, Sent, forget
from .limits import Limits


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
        try:
            with Line() as line:
                line.open()
        except failures.MailFailure as error:
            raise translate(error) from error
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
        letter = write(
            to=message.to,
            subject=message.subject,
            text=self.limits.outgoing(message.text, message.link),
            html=message.html,
            reply_to=reply_to,
            headers={"Message-ID": name},
            files=message.files,
            is_automatic=False,
        )
        try:
            return Sent(send(letter) or name)  # where a provider sends, it names the letter
        except failures.MailFailure as error:
            raise translate(error) from error

    def find(
        self, message: Message, since: datetime, *, resume: Mapping[str, str] | None = None
    ) -> Sent | None:
        raise CannotTell(_("A mail server does not tell what it has sent."))


def letter_name(key: str, to: str) -> str:
    """A Message-ID, the same for every try."""
    digest = hashlib.sha256(f"{key}\n{to.lower()}".encode()).hexdigest()[:32]
    domain = parseaddr(configured.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{digest}@{domain or DNS_NAME.get_fqdn()}>"


def translate(failure: failures.MailFailure) -> Failure:
    """What a failed letter means for its post."""
    match failure:
        case failures.NotAllowed():
            return outcomes.signed_out(failure.said)
        case failures.ServerGone():
            return outcomes.unreachable()
        case failures.Later():
            asks = _("The mail server asks us to try later: %s")
            return Later(asks % outcomes.brief(failure.said), failure.wait)
        case failures.Uncertain():
            return outcomes.lost()
        case _:
            return outcomes.refused(failure.said)
