"""From one item to what each channel says: prepared, or as a person changed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage
from zona.website.site.pages.frame import absolute
from zona.website.subscriptions.sending.letters import public_url

from .. import rules
from ..adapters import limits_of
from ..adapters.limits import Limits
from ..models import Channel, Kind, ShortLink, Variant

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
    """By channel number; a number of queries that does not grow with the channels. Writes nothing:
    `make_links` comes first where the text is to go out.
    """
    channels = list(channels)
    changed = {row.channel_id: row for row in Variant.objects.filter(page=page)}
    links = links_of(page, {channel.kind for channel in channels})
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


def link_of(page: BasePage, source: str) -> str:
    return links_of(page, [source])[source]


def links_of(page: BasePage, sources: Iterable[str]) -> dict[str, str]:
    """The address of a page with its origin, by source: short where one was made, else the long."""
    codes = dict(page.short_links.filter(source__in=sources).values_list("source", "code"))
    return {
        source: absolute(f"/s/{codes[source]}") if source in codes else _long_link(page, source)
        for source in sources
    }


def make_links(page: BasePage, sources: Mapping[str, Channel | None]) -> None:
    """Make the short addresses that are missing: when an item comes out or is sent, not when
    somebody looks."""
    there = set(page.short_links.filter(source__in=sources).values_list("source", flat=True))
    for source in sources:
        if source not in there:
            _make_link(page, source, sources[source])


def _long_link(page: BasePage, source: str) -> str:
    return rules.tagged(public_url(page), source, _campaign(page))


def _campaign(page: BasePage) -> str:
    day = timezone.localdate(page.first_published_at or timezone.now(), timezone=page.office.tz)
    return rules.campaign(KINDS[page.kind].slug if page.kind in KINDS else "halaman", day)


def _make_link(page: BasePage, source: str, channel: Channel | None) -> None:
    for _try in range(5):
        code = get_random_string(rules.CODE_LENGTH, rules.ALPHABET)
        try:
            with transaction.atomic():
                ShortLink.objects.get_or_create(
                    page=page,
                    source=source,
                    defaults={
                        "code": code,
                        "office": page.office,
                        "channel": channel,
                        "campaign": _campaign(page),
                    },
                )
            return
        except IntegrityError:  # the code is another link's
            continue
    raise RuntimeError("no free short address was found in five tries")
