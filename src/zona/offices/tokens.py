"""Secrets that stand in a link: drawn at random, kept as a hash only."""

import hashlib
import secrets


def make_token() -> str:
    """43 signs, 256 bits."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """64 hexadecimal signs. The token is random, so a plain hash cannot be guessed backwards."""
    return hashlib.sha256(token.encode()).hexdigest()
