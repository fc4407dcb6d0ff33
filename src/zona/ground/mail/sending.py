"""The one way letters leave: SMTP or a provider, one line for a batch, one family of failures."""

from __future__ import annotations

import contextlib
import logging
import smtplib
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models

from .failures import MailFailure, ServerGone, Uncertain, failure_of

logger = logging.getLogger("zona.ground.mail")


def mail_leaves() -> bool:
    """Whether letters leave this machine; without a mail server they become files or console."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in {"console", "filebased", "dummy"}


class Line:
    """A connection to whoever carries our letters, opened when first needed, for many of them."""

    def __init__(self, timeout: float | None = None) -> None:
        """`timeout` in seconds; None: that of the installation."""
        given: dict[str, Any] = {"timeout": timeout} if timeout else {}
        self.backend: Any = get_connection(**given)
        self.is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_open:
            with contextlib.suppress(OSError):
                self.backend.close()

    def open(self) -> None:
        """Have a line that stands. Raises ServerGone or NotAllowed."""
        if self.is_open and not _is_dead(self.backend):
            return
        try:
            self.backend.open()
        except Exception as error:
            raise _meant(error, began=False) from error
        self.is_open = True

    def send(self, letter: EmailMessage) -> str:
        """Send one letter; what the carrier calls it, "" when it does not say.

        Raises a MailFailure; after ServerGone no other letter need be tried.
        """
        self.open()
        letter.connection = self.backend
        try:
            letter.send()
        except Exception as error:
            raise _meant(error, began=True) from error
        status: Any = getattr(letter, "anymail_status", None)
        return str(status.message_id or "") if status else ""


def _is_dead(backend: Any) -> bool:
    """Whether a server hung up since the last letter; it is taken off then, to be opened anew."""
    wire = getattr(backend, "connection", None)
    if not isinstance(wire, smtplib.SMTP):
        return False
    try:
        is_alive = wire.noop()[0] == 250
    except OSError:
        is_alive = False
    if not is_alive:
        wire.close()
        backend.connection = None
    return not is_alive


def _meant(error: Exception, *, began: bool) -> Exception:
    """The failure, or the error itself where it is a fault of ours."""
    return failure_of(error, began=began) or error


def send(letter: EmailMessage) -> str:
    """One letter by itself, as `Line.send`."""
    with Line() as line:
        return line.send(letter)


def try_to_send(letter: EmailMessage, what: str) -> bool:
    """Send where nothing can be done about a failure but to say so; `what` is for the log."""
    try:
        send(letter)
    except MailFailure as failure:
        _warn(what, failure)
        return False
    return True


def send_to_each(letters: Iterable[EmailMessage], what: str) -> int:
    """Send the same to several people by one line; how many letters were taken.

    One who is refused stops nobody else. Raises ServerGone when the server was gone before any
    letter left: all of them may be tried again later.
    """
    taken, perhaps = 0, 0
    with Line() as line:
        for letter in letters:
            try:
                line.send(letter)
            except ServerGone as gone:
                _warn(what, gone)
                if not taken + perhaps:
                    raise
                break
            except MailFailure as failure:
                _warn(what, failure)
                perhaps += isinstance(failure, Uncertain)
            else:
                taken += 1
    return taken


def send_marked(mark: models.Model, letters: Iterable[EmailMessage], what: str) -> int:
    """As `send_to_each`, of letters whose row says that they went out; how many were taken.

    The row is made first, rather none than the same twice. Where none left it is taken off, so that
    the next time by the clock tries again.
    """
    try:
        return send_to_each(letters, what)
    except ServerGone:
        mark.delete()
        return 0


def _warn(what: str, failure: MailFailure) -> None:
    logger.warning("%s was not sent (%s): %s", what, type(failure).__name__, failure.said)
