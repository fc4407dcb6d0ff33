"""Keys for a purpose, derived from the secret key of the installation and from older ones.

After a change of the secret key the older ones (`ZONA_OLD_SECRET_KEYS`) go on opening what they
sealed; nothing new is sealed with them.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac


def derive(purpose: str) -> list[bytes]:
    """32 bytes a secret key, that of today first. `purpose`: "room.what", lasting."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(f"zona.{purpose}", "1", secret=secret, algorithm="sha256").digest()
        for secret in secrets
    ]


def fingerprint(purpose: str, *parts: str) -> str:
    """A keyed hash, 64 hexadecimal signs, by which a secret is found again without being kept.

    It follows from the oldest key, so it stays the same when a new one is put in front.
    """
    plain = "\0".join(parts)
    key = derive(purpose)[-1]
    return salted_hmac("fingerprint", plain, secret=key, algorithm="sha256").hexdigest()
