"""From one item to what each channel says: prepared, or as a person changed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from zona.showcase.frame import absolute
from zona.showcase.kinds import KINDS
from zona.showcase.models import BasePage

from . import rules
from .adapters import limits_of
from .adapters.limits import Limits
from .models import Channel, Kind, ShortLink, Variant

RELEASE = "siaran-pers"  # source of the address that stands on paper


@dataclass(frozen=True)
class Prepared:
    """What one channel says of an item; `link` also where a person left it out."""

    text: str
    link: str
    with_link: bool
    with_picture: bool
    is_changed: bool  # by a person

    def fits(self, channel: Channel) -> bool:
        """Whether the service takes it, the link counted where it stands in the text."""
        limits = limits_of(channel.kind, channel.settings)
        return limits is None or limits.fits(self.text, self.link if self.with_link else "")


def prepare(page: BasePage, channel: Channel) -> Prepared:
    return prepare_all(page, [channel])[channel.pk]


def prepare_all(page: BasePage, channels: Iterable[Channel]) -> dict[int, Prepared]:
    """By channel number; a number of queries that does not grow with the channels."""
    channels = list(channels)
    changed = {row.channel_id: row for row in Variant.objects.filter(page=page)}
    links = short_links(page, {channel.kind: channel for channel in channels})
    found = {}
    for channel in channels:
        link, own = links[channel.kind], changed.get(channel.pk)
        limits = limits_of(channel.kind, channel.settings)
        if own:
            found[channel.pk] = Prepared(own.text, link, own.with_link, own.with_picture, True)
        else:
            text = _first_text(page, channel.kind, limits, link)
            found[channel.pk] = Prepared(text, link, True, True, False)
    return found


def _first_text(page: BasePage, kind: str, limits: Limits | None, link: str) -> str:
    def fits(text: str) -> bool:
        return limits is None or limits.fits(text, link)

    return rules.compose(page.title, page.lead, fits, is_bold=kind == Kind.WHATSAPP)


def short_url(page: BasePage, source: str) -> str:
    """The short address of a page with an origin of that name, made when first asked for."""
    return short_links(page, {source: None})[source]


def short_links(page: BasePage, sources: dict[str, Channel | None]) -> dict[str, str]:
    """Absolute short addresses by source; those that are missing are made."""
    codes = dict(page.short_links.filter(source__in=sources).values_list("source", "code"))
    for source in sources:
        if source not in codes:
            codes[source] = _make_link(page, source, sources[source])
    return {source: absolute(f"/s/{code}") for source, code in codes.items()}


def _make_link(page: BasePage, source: str, channel: Channel | None) -> str:
    day = timezone.localdate(page.first_published_at or timezone.now(), timezone=page.office.tz)
    what = KINDS[page.kind].slug if page.kind in KINDS else "halaman"
    for _try in range(5):
        code = get_random_string(rules.CODE_LENGTH, rules.ALPHABET)
        try:
            with transaction.atomic():
                made, _is_new = ShortLink.objects.get_or_create(
                    page=page,
                    source=source,
                    defaults={
                        "code": code,
                        "office": page.office,
                        "channel": channel,
                        "campaign": rules.campaign(what, day),
                    },
                )
            return made.code
        except IntegrityError:  # the code is another link's
            continue
    raise RuntimeError("no free short address was found in five tries")
