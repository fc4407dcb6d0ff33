"""How long a text is in the eyes of each service, where links go, which hosts may be called."""

from __future__ import annotations

import socket

import httpx
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from zona.bakohumas.channels.adapters import ADAPTERS, ASSISTED, build, fields_of, limits_of
from zona.bakohumas.channels.adapters.base import Later, Refused
from zona.bakohumas.channels.adapters.limits import (
    bluesky,
    emoji_as_bytes,
    graphemes,
    links_as_23,
    utf16,
    x_weight,
)
from zona.bakohumas.channels.adapters.mastodon import session
from zona.bakohumas.channels.adapters.reach import PublicOnly, require_public, server_address
from zona.bakohumas.channels.models import ASSISTED as BY_HAND
from zona.bakohumas.channels.models import Kind
from zona.website.cards.faces import SIZES

FAMILY, FLAG, SKIN = "👩‍👩‍👧", "🇮🇩", "👍🏽"


@pytest.mark.parametrize(
    ("count", "text", "length"),
    [
        (graphemes, f"Pemilu {FAMILY}{FLAG}{SKIN}é", 11),
        (graphemes, "🇮🇩🇯🇵", 2),
        (utf16, f"a{FLAG}", 5),
        (emoji_as_bytes, "é🗳", 5),
        (links_as_23, "lihat https://kpu.go.id/" + "a" * 200, 29),
        (x_weight, "Pemilu “2029” 🗳 https://kpu.go.id/panjang/sekali", 14 + 2 + 1 + 23),
        (bluesky, "é" * 300, 300),
        (bluesky, FAMILY * 200, 360),
    ],
)
def test_counting(count: object, text: str, length: int) -> None:
    assert count(text) == length


words = st.lists(
    st.sampled_from(["Pemilu ", "é", FAMILY, FLAG, SKIN, "a", "\r\n", "☎️", "आ", "👩🏽‍💻", ". "])
)


@given(words.map("".join))
def test_graphemes_are_those_of_the_standard(text: str) -> None:
    assert graphemes(text) == len(regex.findall(r"\X", text))


@given(st.text(max_size=200), st.text(max_size=200))
def test_counts_never_shrink(one: str, other: str) -> None:
    for count in (utf16, emoji_as_bytes, x_weight):
        assert count(one) <= count(one + other) or "http" in one + other


def test_every_kind_has_its_limits_and_every_limit_its_source() -> None:
    own = {Kind.EMAIL, Kind.PUSH}  # of the room subscriptions
    assert set(ADAPTERS) | set(ASSISTED) == {str(kind) for kind in Kind if kind not in own}
    assert set(ASSISTED) == {str(kind) for kind in BY_HAND}
    for kind in (*ADAPTERS, *ASSISTED):
        limits = limits_of(kind)
        assert "2026" in limits.source
        assert limits.image_form in SIZES
        assert all(len(f.name) and f.label for f in fields_of(kind))


def test_the_link_goes_where_the_service_wants_it() -> None:
    link = "https://zit.kpu-contoh.go.id/s/a"
    assert limits_of("telegram").outgoing("Halo", link) == f"Halo\n\n{link}"
    assert limits_of("telegram").outgoing(f"Halo {link} ya", link) == f"Halo {link} ya"
    for kind in ("facebook", "instagram", "bluesky"):
        assert limits_of(kind).outgoing("Halo", link) == "Halo"
    assert limits_of("mastodon").measure("Halo", link + "a" * 90) == 4 + 2 + 23
    assert not limits_of("x").fits("a" * 256, link)
    assert limits_of("x").fits("a" * 255, link)


@pytest.mark.parametrize(
    "address",
    ["http://mastodon.social", "ftp://x.id", "https://", "https://u:p@x.id", "https://x.id/pfad",
     "https://x.id:99999", "https://x.id?a=b"],
)  # fmt: skip
def test_a_server_is_named_by_https_and_host_alone(address: str) -> None:
    with pytest.raises(Refused):
        server_address(address)


def test_a_server_may_be_typed_short() -> None:
    assert server_address("Mastodon.Social") == "https://mastodon.social"
    assert server_address("https://x.id:8443/") == "https://x.id:8443"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
     "fe80::1", "fd00::1", "::ffff:10.0.0.1", "224.0.0.1", "localhost"],
)  # fmt: skip
def test_a_host_inside_our_network_is_not_called(host: str) -> None:
    with pytest.raises(Refused):
        require_public(host)


def test_a_name_that_leads_inside_is_not_called_and_one_unknown_is_tried_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def found(*addresses: str) -> object:
        return lambda *_, **__: [(2, 1, 6, "", (address, 0)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found("93.184.215.14", "10.0.0.1"))
    with pytest.raises(Refused):
        require_public("dalam.example")
    monkeypatch.setattr(socket, "getaddrinfo", found("93.184.215.14"))
    require_public("luar.example")

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Later):
        require_public("tidak-ada.example")


@pytest.mark.parametrize("url", ["https://127.0.0.1/x", "http://93.184.215.14/x"])
def test_both_ways_out_ask_before_every_request(url: str) -> None:
    with pytest.raises(Refused), httpx.Client(transport=PublicOnly()) as client:
        client.get(url)
    with pytest.raises(Refused):
        session(trusted=False).get(url)


def test_an_office_cannot_point_a_channel_into_our_network() -> None:
    for kind, secret in (("mastodon", "token"), ("bluesky", "password")):
        adapter = build(kind, {"server": "https://127.0.0.1", "handle": "a.b"}, {secret: "x"})
        with pytest.raises(Refused):
            adapter.check()
