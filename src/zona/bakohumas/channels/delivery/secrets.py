"""Secrets of channels: one sealed JSON a channel, opened only to call its service."""

from __future__ import annotations

import json

from zona.ground.sealing.boxes import CannotOpen

from ..models import SECRETS, Channel


def keep(secret: dict[str, str]) -> bytes | None:
    """What the database keeps of the secrets; None when there are none."""
    return SECRETS.seal(json.dumps(secret)) if secret else None


def read(channel: Channel) -> dict[str, str]:
    """The secrets by name; {} when there are none, or when the secret key is another one now."""
    if not channel.sealed:
        return {}
    try:
        opened = json.loads(SECRETS.unseal(channel.sealed))
    except CannotOpen:
        return {}
    return {str(name): str(value) for name, value in opened.items()}
