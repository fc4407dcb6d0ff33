"""How much of a body is taken, from whom, and how slowly it may come."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.urls import path

from zona.ground.guard.bodies import ANYONE, DAILY, KIB, MIB, MOST_OF_ANYONE, takes_bodies
from zona.offices.models import Role
from zona.offices.policies import today
from zona.serving.front import bridge, receiving
from zona.serving.front.front import Front
from zona.testing import make_office, make_person

from . import views
from .rsgi import Protocol, Scope, ask
from .shop import play

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True)]
urlpatterns = [*views.urlpatterns, path("kantor/upload/", views.echo)]


class Unread(Protocol):
    """A client whose body must not be asked for."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        raise AssertionError("was read")
        yield b""


async def offer(front: Front, address: str, length: int, **headers: str) -> Protocol:
    """A request that announces a body; only its head is read."""
    pairs = [("host", "testserver"), ("content-length", str(length)), *headers.items()]
    protocol = Unread()
    await front.__rsgi__(Scope(address, "POST", pairs=pairs), protocol)
    return protocol


@pytest.mark.parametrize(
    ("address", "length"),
    [
        ("/echo/", ANYONE + 1),
        ("/en/echo/", ANYONE + 1),
        ("/kantor/upload/", ANYONE + 1),
        ("/tidak-ada/", 4 * 1024 * MIB),
        ("/upload/", MOST_OF_ANYONE + 1),
    ],
)
def test_a_body_of_nobody_is_refused_before_it_is_read(address: str, length: int) -> None:
    async def story(front: Front) -> Protocol:
        return await offer(front, address, length, cookie="sessionid=karangan")

    answer = play(WSGIHandler(), story)
    assert answer.status == 413
    assert "text/html" in answer.header("content-type")
    words = b"too large" if address.startswith("/en/") else b"terlalu besar"
    assert words in answer.content


def test_what_any_address_takes_reaches_django_unasked() -> None:
    async def story(front: Front) -> Protocol:
        return await ask(front, "/echo/", method="POST", body=b"x" * ANYONE)

    assert len(play(WSGIHandler(), story).content) == ANYONE


def test_whoever_works_somewhere_may_send_files_to_the_back_office(client: Client) -> None:
    person = make_person("siti@kpu.test", Role.REPORTER, office=make_office())
    client.force_login(person)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    environ = {"HTTP_COOKIE": cookie, "REMOTE_ADDR": "10.0.0.1"}
    receiving.admit(environ, "/kantor/upload/", 30 * MIB)
    for address, length in (("/kantor/upload/", receiving.STAFF + 1), ("/echo/", ANYONE + 1)):
        with pytest.raises(bridge.Refused, match="413"):
            receiving.admit(environ, address, length)
    person.roles.update(ends_on=today() - dt.timedelta(days=1))
    with pytest.raises(bridge.Refused, match="413"):
        receiving.admit(environ, "/kantor/upload/", 30 * MIB)
    person.roles.update(ends_on=None)
    receiving.admit(environ, "/kantor/upload/", 30 * MIB)
    client.logout()
    with pytest.raises(bridge.Refused, match="413"):
        receiving.admit(environ, "/kantor/upload/", 30 * MIB)


def test_one_network_sends_so_much_a_day_and_no_more() -> None:
    environ = {"REMOTE_ADDR": "10.0.0.1"}
    for _ in range(DAILY // (20 * MIB)):
        receiving.admit(environ, "/upload/", 20 * MIB)
    with pytest.raises(bridge.Refused, match="429"):
        receiving.admit(environ, "/upload/", 20 * MIB)
    receiving.admit({"REMOTE_ADDR": "10.9.0.1"}, "/upload/", 20 * MIB)


def test_the_real_addresses_of_recordings_take_recordings(settings: Any) -> None:
    from django.conf import settings as real

    settings.ROOT_URLCONF = "zona.config.urls"
    assert receiving.cap_at("/kantor/rekaman/unggah/").most > real.MAX_RECORDING
    assert receiving.cap_at("/kantor/rekaman/7/ganti/").most > real.MAX_RECORDING
    assert not receiving.cap_at("/kantor/rekaman/unggah/").of_anyone
    assert receiving.cap_at("/kantor/images/add/").most == receiving.STAFF
    assert receiving.cap_at("/akun/login/").most == ANYONE
    assert receiving.cap_at("/umpan-balik/").most == ANYONE


def test_no_view_takes_more_from_anybody_than_the_house_allows() -> None:
    with pytest.raises(ValueError, match=str(MOST_OF_ANYONE + KIB)):
        takes_bodies(MOST_OF_ANYONE + KIB, of_anyone=True)


class Slow(Protocol):
    """A client that sends `size` bytes, then waits `pause` seconds, again and again."""

    def __init__(self, size: int, pause: float) -> None:
        super().__init__()
        self.size, self.pause = size, pause

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield b"x" * self.size
            await asyncio.sleep(self.pause)


@pytest.mark.parametrize("length", [ANYONE, 2 * MIB])
@pytest.mark.parametrize(("size", "pause"), [(1, 60.0), (1, 0.01)])
def test_a_client_that_keeps_us_waiting_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, length: int, size: int, pause: float
) -> None:
    monkeypatch.setattr(bridge, "IDLE", 0.2)

    async def story(front: Front) -> Protocol:
        protocol = Slow(size, pause)
        pairs = [("host", "testserver"), ("content-length", str(length))]
        scope = Scope("/upload/", "POST", pairs=pairs)
        await asyncio.wait_for(front.__rsgi__(scope, protocol), 20)
        return protocol

    answer = play(WSGIHandler(), story)
    assert answer.status == 408
    assert b"tidak sampai" in answer.content


def test_a_full_disk_refuses_large_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "SPARE", 2**60)

    async def story(front: Front) -> Protocol:
        return await offer(front, "/upload/", 2 * MIB)

    assert play(WSGIHandler(), story).status == 507
