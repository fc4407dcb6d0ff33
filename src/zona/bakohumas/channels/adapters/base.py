"""The one small interface of all channels: plain values in, plain values or a typed failure out.

An adapter knows no models and keeps nothing. The outbox calls it, commits what it answers and
decides what comes next. Nothing may be posted twice: before `publish` makes the call that the
public can see it has told `remember` all that is needed to find that post again.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.functional import Promise

from .limits import Limits

Label = str | Promise  # a msgid that is translated when shown


# --- what goes in and out ---


@dataclass(frozen=True)
class Picture:
    """One picture: its bytes, and the public address from which a service may fetch it."""

    data: bytes
    mime: str
    alt: str
    public_url: str = ""


@dataclass(frozen=True)
class Message:
    """What is to be said. `text` comes without the link; where that goes is `limits.link`."""

    text: str
    key: str  # the same for every try, different for every post: the idempotency key
    link: str = ""
    picture: Picture | None = None
    subject: str = ""  # of an e-mail, of the card of a link, of a template
    html: str = ""  # of an e-mail
    to: str = ""  # one address or number, where `per_recipient`
    files: tuple[tuple[str, bytes, str], ...] = ()  # of an e-mail: name, content, type


@dataclass(frozen=True)
class Sent:
    """It is there. `cost` in rupiah, where each message has a price."""

    remote_id: str
    permalink: str = ""
    cost: Decimal | None = None


@dataclass(frozen=True)
class Account:
    """Whose account it is, and what the channel has to keep from now on.

    `expires_at` None: the service does not tell, or never. `secret`: renewed secrets, to replace
    those of the same names. `settings`: what the server told about itself, likewise.
    """

    name: str
    url: str = ""
    expires_at: datetime | None = None
    secret: Mapping[str, str] | None = None
    settings: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Field:
    """One setting of a channel, as its form asks for it."""

    name: str
    label: Label
    help: Label = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    example: str = ""


# --- what can go wrong; `reason` is a sentence for staff ---


class Failure(Exception):
    """A call did not end well."""

    def __init__(self, reason: str | Promise) -> None:
        self.reason = str(reason)
        super().__init__(self.reason)


class Later(Failure):
    """Nothing was posted; the same call may be made again after `wait` seconds (None: any time)."""

    def __init__(self, reason: str | Promise, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(reason)


class SignInAgain(Failure):
    """Nothing was posted; the token is expired, revoked or lacks a right."""


class Refused(Failure):
    """Nothing was posted, and nothing will be until a person changes something."""


class Uncertain(Failure):
    """The call may have arrived. Ask `find` before anything is tried again."""


class CannotTell(Exception):
    """The service has no way to ask whether something was posted; a person has to look."""


# --- the interface ---


def forget(_: dict[str, str]) -> None:
    """For callers that keep nothing between two tries."""


class Adapter(ABC):
    """One account on one service.

    Every method raises a `Failure`: Later, SignInAgain, Refused, and those that write Uncertain.
    Timeouts are those of the adapter (seconds); nothing is retried inside.
    """

    kind: ClassVar[str]
    label: ClassVar[Label]
    limits: Limits
    fields: ClassVar[tuple[Field, ...]] = ()
    per_recipient: ClassVar[bool] = False  # one call for each `message.to`
    base: ClassVar[str] = ""  # address of the service; "" where the office names its server
    timeout: ClassVar[float] = 20.0

    def __init__(
        self, settings: Mapping[str, Any], secret: Mapping[str, str], *, base: str = ""
    ) -> None:
        self.settings, self.secret = settings, secret
        if base:
            self.base = base.rstrip("/")  # type: ignore[misc]

    @abstractmethod
    def check(self) -> Account:
        """Whose account this is, whether it may post there; changes nothing the public sees."""

    @abstractmethod
    def publish(
        self,
        message: Message,
        *,
        resume: Mapping[str, str] | None = None,
        remember: Callable[[dict[str, str]], None] = forget,
    ) -> Sent:
        """Post it. `remember` must commit what it is given before it returns; a later try of the
        same message gets that back as `resume`."""

    def edit(self, remote_id: str, message: Message) -> Sent:
        """Put another text in the place of the old one; only where `limits.can_edit`."""
        raise NotImplementedError

    def delete(self, remote_id: str) -> None:
        """Take it down; one that is gone already counts as taken down."""
        raise NotImplementedError

    @abstractmethod
    def find(
        self, message: Message, since: datetime, *, resume: Mapping[str, str] | None = None
    ) -> Sent | None:
        """The post of this message, if it is there; None: it is not, it may be posted (again).

        Raises CannotTell where the service has no way to ask, Later when it has to be asked again.
        """
