"""Secrets of channels: one sealed JSON a channel, opened only to call its service."""

from __future__ import annotations

import json

from cryptography.fernet import InvalidToken

from zona.subscriptions.sealing import seal, unseal

from .models import Channel


def keep(secret: dict[str, str]) -> bytes | None:
    """What the database keeps of the secrets; None when there are none."""
    return seal(json.dumps(secret)) if secret else None


def read(channel: Channel) -> dict[str, str]:
    """The secrets by name; {} when there are none, or when the secret key is another one now."""
    if not channel.sealed:
        return {}
    try:
        opened = json.loads(unseal(bytes(channel.sealed)))
    except InvalidToken:
        return {}
    return {str(name): str(value) for name, value in opened.items()}
