"""An office with an item on its website, and channels whose services are stand-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from zona.bakohumas.channels.adapters.base import Picture
from zona.bakohumas.channels.adapters.meta.containers import Containers
from zona.bakohumas.channels.delivery import messages, secrets
from zona.bakohumas.channels.models import Channel
from zona.bakohumas.channels.tests.fakes import bluesky, graph, mastodon, telegram
from zona.bakohumas.channels.tests.fakes.server import Fake
from zona.offices.models import Office, Role, User
from zona.testing import make_office, make_person, open_home
from zona.website.site.models import ArticlePage, IndexPage

ACCOUNTS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "telegram": ({"chat": "@kpucontoh"}, {"token": telegram.TOKEN}),
    "facebook": ({"page_id": graph.FakeFacebook.page}, {"token": graph.TOKEN}),
    "instagram": ({"account_id": graph.Containers.account}, {"token": graph.TOKEN}),
    "threads": ({"account_id": graph.Containers.account}, {"token": graph.TOKEN}),
    "mastodon": ({"server": "mastodon.social"}, {"token": mastodon.TOKEN}),
    "bluesky": ({"handle": bluesky.HANDLE}, {"password": bluesky.PASSWORD}),
    "whatsapp_cloud": (
        {"phone_id": graph.FakeWhatsApp.phone_id, "template": "kabar_baru", "price": "350"},
        {"token": graph.TOKEN},
    ),
}
Connect = Callable[[Fake], Channel]
Write = Callable[..., ArticlePage]


@pytest.fixture
def office(db: None) -> Office:
    office = make_office("33.08", email="kantor@kpu.test", is_open=True)
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def editor(office: Office) -> User:
    return make_person("siti@kpu.test", Role.EDITOR, office=office)


@pytest.fixture
def write(office: Office) -> Write:
    """Puts an item on the website."""

    def do(title: str = "Pleno menetapkan 182.000 pemilih", **fields: Any) -> ArticlePage:
        lead = "Rapat pleno dihadiri partai politik dan Bawaslu."
        item = ArticlePage(title=title, **({"slug": "pleno", "lead": lead} | fields))
        IndexPage.objects.get(office=office).add_child(instance=item)
        item.save_revision().publish()
        item.refresh_from_db()
        return item

    return do


@pytest.fixture
def item(write: Write) -> ArticlePage:
    return write()


@pytest.fixture
def connect(office: Office, monkeypatch: pytest.MonkeyPatch) -> Connect:
    """Makes the account of a service that the running fake stands in for."""
    card = Picture(b"\xff\xd8\xff\xe0kartu", "image/jpeg", "Pleno", "https://zit.test/kartu.jpg")
    monkeypatch.setattr(messages, "picture_of", lambda page, limits: card)
    monkeypatch.setattr(Containers, "pause", staticmethod(lambda _: None))

    def do(fake: Fake) -> Channel:
        monkeypatch.setitem(settings.ENV.channel_bases, fake.kind, fake.url)
        given, secret = ACCOUNTS[fake.kind]
        return Channel.objects.create(
            office=office,
            kind=fake.kind,
            name=f"{fake.kind} KPU",
            settings=given,
            sealed=secrets.keep(secret),
        )

    return do
