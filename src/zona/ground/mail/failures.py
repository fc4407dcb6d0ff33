"""What can go wrong with a letter: one family, whoever carries it, SMTP or a provider's interface.

Django lets the errors of smtplib, of sockets and of django-anymail through as they are. Whoever
sends asks one thing only: does the next letter have a chance, and may this one be sent again?
"""

from __future__ import annotations

import smtplib
import socket
from typing import Any

from django.core.mail import BadHeaderError

PATIENCE = 600  # seconds, after an answer 4xx
PROVIDERS_PATIENCE = 300  # seconds, after "too many requests"
# Of an answer to MAIL FROM: about this letter's size, not about us.
TOO_LARGE = {552, 523}


class MailFailure(Exception):
    """A letter did not leave. `said`: the carrier's own words, "" when there were none."""

    def __init__(self, said: str = "") -> None:
        self.said = " ".join(said.split())[:300]
        super().__init__(self.said)


class Refused(MailFailure):
    """This letter is never taken. `of_address`: because of whom it is for."""

    def __init__(self, said: str = "", *, of_address: bool = True) -> None:
        self.of_address = of_address
        super().__init__(said)


class Later(MailFailure):
    """Not taken now; the same letter may be sent again after `wait` seconds."""

    def __init__(self, said: str = "", wait: float = PATIENCE) -> None:
        self.wait = wait
        super().__init__(said)


class Uncertain(MailFailure):
    """The letter went out and no clear answer came back: it may have arrived."""


class ServerGone(MailFailure):
    """Nobody takes any letter at present; this one did not leave."""


class NotAllowed(ServerGone):
    """The carrier refuses us: password, key or sender are wrong."""


def failure_of(error: Exception, *, began: bool) -> MailFailure | None:
    """What an error means; None: it is a fault of ours. `began`: the line stood before it."""
    if isinstance(error, UnicodeError | BadHeaderError):
        return Refused(str(error))
    return _of_smtp(error) or _of_provider(error) or _of_line(error, began=began)


def _of_smtp(error: Exception) -> MailFailure | None:
    match error:
        case smtplib.SMTPAuthenticationError():
            return NotAllowed(_text(error.smtp_error))
        case smtplib.SMTPConnectError() | smtplib.SMTPHeloError():
            return ServerGone(_text(error.smtp_error))
        case smtplib.SMTPNotSupportedError():
            return NotAllowed(str(error))
        case smtplib.SMTPRecipientsRefused():
            return _by_answers(list(error.recipients.values()))
        case smtplib.SMTPSenderRefused() if error.smtp_code >= 500:
            if error.smtp_code in TOO_LARGE:
                return Refused(_text(error.smtp_error), of_address=False)
            return NotAllowed(_text(error.smtp_error))
        case smtplib.SMTPResponseException():
            if error.smtp_code == 421:  # the server closes; nothing was taken
                return ServerGone(_text(error.smtp_error))
            if 400 <= error.smtp_code < 500:
                return Later(_text(error.smtp_error))
            return Refused(_text(error.smtp_error), of_address=False)
        case _:
            return None


def _by_answers(answers: list[tuple[int, bytes | str]]) -> MailFailure:
    """Later while anybody may still be reached, otherwise refused."""
    for code, said in answers:
        if code == 421:
            return ServerGone(_text(said))
        if 400 <= code < 500:
            return Later(_text(said))
    return Refused(_text(answers[0][1]) if answers else "")


def _of_provider(error: Exception) -> MailFailure | None:
    from anymail import exceptions as anymail

    match error:
        case anymail.AnymailRecipientsRefused() | anymail.AnymailInvalidAddress():
            return Refused(str(error))
        case anymail.AnymailConfigurationError():
            return NotAllowed(str(error))
        case anymail.AnymailAPIError():
            return _by_status(error)
        case anymail.AnymailError():  # a feature it lacks, a value it cannot write
            return Refused(str(error), of_address=False)
        case _:
            return None


def _by_status(error: Any) -> MailFailure:
    """An answer of a provider, or none."""
    import requests

    status, said = error.status_code, str(error)
    if isinstance(error, requests.ConnectTimeout):
        return ServerGone(said)
    if status is None or status >= 500:
        return Uncertain(said)
    if status in {401, 403}:
        return NotAllowed(said)
    if status == 429:
        return Later(said, PROVIDERS_PATIENCE)
    return Refused(said, of_address=False)


def _of_line(error: Exception, *, began: bool) -> MailFailure | None:
    if not isinstance(error, OSError):  # smtplib's own errors are of this kind too
        return None
    is_unsent = not began or isinstance(error, ConnectionRefusedError | socket.gaierror)
    return ServerGone(str(error)) if is_unsent else Uncertain(str(error))


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)
