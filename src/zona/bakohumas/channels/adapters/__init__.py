"""Adapters: one for each service that a program may post to.

`build` makes one from the settings and the secrets of a channel. The libraries of the services are
imported when they are first called, so that naming an adapter costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings as configured

from .assisted import ASSISTED
from .base import Adapter, Field
from .bluesky import Bluesky
from .limits import Limits
from .mastodon import Mastodon
from .meta.facebook import Facebook
from .meta.instagram import Instagram
from .meta.threads import Threads
from .press import Press
from .telegram import Telegram
from .whatsapp_cloud import WhatsAppCloud

ADAPTERS: dict[str, type[Adapter]] = {
    adapter.kind: adapter
    for adapter in (
        Telegram,
        Facebook,
        Instagram,
        Threads,
        Mastodon,
        Bluesky,
        WhatsAppCloud,
        Press,
    )
}


def build(
    kind: str,
    settings: Mapping[str, Any],
    secret: Mapping[str, str],
    *,
    bases: Mapping[str, str] | None = None,
) -> Adapter:
    """The adapter of one channel. `bases`: addresses in place of the real services, by kind;
    without it those of ZONA_CHANNEL_BASES."""
    if bases is None:
        bases = configured.ENV.channel_bases
    return ADAPTERS[kind](settings, secret, base=bases.get(kind, ""))


def fields_of(kind: str) -> tuple[Field, ...]:
    """What the set-up form of a channel of this kind asks for."""
    return ADAPTERS[kind].fields if kind in ADAPTERS else ()


def limits_of(kind: str, settings: Mapping[str, Any] | None = None) -> Limits | None:
    """What the service takes; by the settings of the channel where its server has its own."""
    if kind in ASSISTED:
        return ASSISTED[kind].limits
    if kind not in ADAPTERS:
        return None
    return ADAPTERS[kind](settings or {}, {}).limits


__all__ = ["ADAPTERS", "ASSISTED", "build", "fields_of", "limits_of"]
