"""What may be fetched: by form, by network, and at the very address that was looked at."""

from __future__ import annotations

import http.server
import socket
import threading
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from zona.ground.guard import fetching, networks

INSIDE = [
    "127.0.0.1", "0.0.0.0", "10.0.0.1", "100.64.0.1", "169.254.169.254", "172.31.255.255",
    "192.0.0.9", "192.168.1.1", "192.88.99.1", "198.19.255.255", "203.0.113.5", "224.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1",
    "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:20::1", "2001:db8::1",
    "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1",
    "fe80::1%eth0", "fec0::1", "ff02::1", "2404:6800:4003::1%2", "bukan", "", "127.1", "0x7f000001",
    "2130706433", "127.0.0.1 ",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "36.66.1.1", "103.10.0.1", "2001:4860:4860::8888", "2404:6800:4003:c02::8a"]


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_a_special_network_is_public(address):
    assert not networks.is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_ordinary_addresses_are_public(address):
    assert networks.is_public(address)


@given(st.ip_addresses())
def test_nothing_that_the_standard_library_calls_inside_is_public(address):
    if networks.is_public(str(address)):
        assert not address.is_private
        assert not address.is_multicast
        assert not address.is_loopback
        assert not address.is_reserved
        assert not address.is_link_local


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:0:0", "64:ff9b::", "::"]))
def test_what_embeds_an_address_is_refused_whatever_it_embeds(inner: IPv4Address, prefix: str):
    assert not networks.is_public(str(IPv6Address(int(ip_address(prefix)) | int(inner))))
    assert not networks.is_public(str(IPv6Address((0x2002 << 112) | (int(inner) << 80))))


@given(st.text(max_size=60))
def test_any_text_is_judged_without_a_fault(text):
    assert networks.is_public(text) in (True, False)
    assert fetching.may_fetch(text) in (True, False)


@given(st.ip_addresses(v=6))
def test_only_allocated_space_is_public(address):
    if networks.is_public(str(address)):
        assert address in IPv6Network("2000::/3")


@pytest.mark.parametrize(
    "url",
    ["ftp://a.id/", "file:///etc/passwd", "gopher://a.id", "//a.id/", "a.id", "http://", "https://:80/",
     "http://a.id:22/", "http://a.id:0/", "http://a.id:70000/", "http://a.id:x/",
     "http://siapa@a.id/", "http://siapa:sandi@a.id/", "http://@a.id/", "http://a.id\\@b.id/",
     "http://[::1", "HTTP:a.id", "javascript:alert(1)"],
)  # fmt: skip
def test_odd_addresses_are_not_fetched(url):
    assert not fetching.may_fetch(url)


@pytest.mark.parametrize(
    "url", ["http://a.id", "https://a.id/x?y=z", "https://a.id:8443/", "http://A.ID:80/"]
)
def test_plain_addresses_may_be_fetched(url):
    assert fetching.may_fetch(url)
    assert fetching.may_fetch(url, schemes=("https",)) is url.startswith("https")


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.headers["Host"])  # type: ignore[attr-defined]
        self.send_response(302 if self.path == "/pergi" else 200)
        self.send_header("Location", "http://169.254.169.254/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch):
    """A server on this machine that is taken for one of the internet, and what it was asked."""
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    running.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=running.serve_forever, daemon=True).start()
    monkeypatch.setattr(fetching, "PORTS", frozenset({80, running.server_port}))
    public = networks.is_public
    monkeypatch.setattr(networks, "is_public", lambda ip: ip == "127.0.0.1" or public(ip))
    yield running
    running.shutdown()
    running.server_close()


def ways(url: str):
    session = requests.Session()
    session.mount("http://", fetching.PublicAdapter())
    yield lambda: session.get(url, timeout=5), requests.RequestException
    client = httpx.Client(transport=fetching.PublicTransport(), follow_redirects=True)
    yield lambda: client.get(url), httpx.HTTPError


def test_both_libraries_connect_to_the_address_that_was_looked_at(server, monkeypatch):
    """The name leads elsewhere at the second look-up; there is none."""
    looked = []

    def once(host, *args, **kwargs):
        looked.append(host)
        place = "127.0.0.1" if len(looked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 0))]

    plain = socket.getaddrinfo
    for call, _error in ways(f"http://luar.example:{server.server_port}/"):
        looked.clear()
        with monkeypatch.context() as patch:
            patch.setattr(
                socket,
                "getaddrinfo",
                lambda host, *a, **k: (
                    once(host) if host == "luar.example" else plain(host, *a, **k)
                ),
            )
            assert call().status_code == 200
        assert looked == ["luar.example"]
    assert server.asked == [f"luar.example:{server.server_port}"] * 2


def test_a_redirect_is_looked_at_again(server):
    for call, error in ways(f"http://127.0.0.1:{server.server_port}/pergi"):
        with pytest.raises(error):
            call()
    assert len(server.asked) == 2


def test_one_inner_address_among_several_refuses_the_name(monkeypatch):
    rows = [(2, 1, 6, "", (place, 0)) for place in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(fetching.NotPublic):
        fetching.public_addresses("campur.example")
    for call, error in ways("http://campur.example/"):
        with pytest.raises(error):
            call()


def test_an_odd_port_is_not_connected_to():
    with pytest.raises(fetching.NotPublic):
        fetching.open_publicly("8.8.8.8", 22)
