"""What stands in links: values that are signed, and tokens drawn at random."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.core import signing


@dataclass(frozen=True, slots=True)
class Ticket:
    """A small JSON value that anyone may carry and nobody can change.

    Without `lasts` the same value gives the same ticket, for ever; with it the ticket runs out.
    """

    purpose: str
    lasts: dt.timedelta | None = None

    def sign(self, value: Any, *, compress: bool = False) -> str:
        return self._signer().sign_object(value, compress=compress)

    def read(self, ticket: str) -> Any | None:
        """The value; None for a ticket that was not made here, for this, or has run out."""
        signer = self._signer()
        try:
            if isinstance(signer, signing.TimestampSigner):
                return signer.unsign_object(ticket, max_age=self.lasts)
            return signer.unsign_object(ticket)
        except (signing.BadSignature, ValueError):
            return None

    def _signer(self) -> signing.Signer:
        kind = signing.TimestampSigner if self.lasts else signing.Signer
        return kind(salt=f"zona.{self.purpose}")


def make_token() -> str:
    """43 signs, 256 bits."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """64 hexadecimal signs. The token is random, so a plain hash cannot be guessed backwards."""
    return hashlib.sha256(token.encode()).hexdigest()
