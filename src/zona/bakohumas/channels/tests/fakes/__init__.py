"""Stand-ins for the services, built from their documentation. `python -m` runs one by itself."""

from .bluesky import FakeBluesky
from .graph import FakeFacebook, FakeInstagram, FakeThreads, FakeWhatsApp
from .mastodon import FakeMastodon
from .server import Fake
from .telegram import FakeTelegram

FAKES: dict[str, type[Fake]] = {
    fake.kind: fake
    for fake in (
        FakeTelegram,
        FakeFacebook,
        FakeInstagram,
        FakeThreads,
        FakeWhatsApp,
        FakeMastodon,
        FakeBluesky,
    )
}
