"""Addresses are kept sealed, found by a keyed hash, and named in links by a signature.

All three keys follow from the secret key of the installation: a copy of the database alone tells
nobody's address and opens nobody's preferences.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

_LINKS = Signer(salt="zona.subscriptions.link")


def _key(purpose: str) -> bytes:
    return salted_hmac(f"zona.subscriptions.{purpose}", "1", algorithm="sha256").digest()


def seal(text: str) -> bytes:
    return Fernet(base64.urlsafe_b64encode(_key("seal"))).encrypt(text.encode())


def unseal(sealed: bytes) -> str:
    """Raises cryptography.fernet.InvalidToken when the secret key is another one."""
    return Fernet(base64.urlsafe_b64encode(_key("seal"))).decrypt(bytes(sealed)).decode()


def hash_address(channel: str, address: str) -> str:
    """64 hexadecimal signs; of e-mail addresses without regard to case."""
    plain = address.strip().lower() if channel == "email" else address.strip()
    secret = _key("hash")
    return salted_hmac(channel, plain, secret=secret, algorithm="sha256").hexdigest()


def sign_link(pk: int, nonce: str) -> str:
    """What stands in a subscriber's secret links; the same as long as the nonce is."""
    return _LINKS.sign(f"{pk}.{nonce}")


def read_link(token: str) -> tuple[int, str] | None:
    """Number and nonce, or None for a link that was not made here."""
    try:
        pk, _dot, nonce = _LINKS.unsign(token).partition(".")
    except BadSignature:
        return None
    return (int(pk), nonce) if pk.isdigit() else None
