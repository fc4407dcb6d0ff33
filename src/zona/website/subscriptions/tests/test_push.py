"""Web push, from the key to the shown notification, against a service that checks everything."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import altcha
import pytest
from django.utils import timezone

from zona.website.subscriptions import rules
from zona.website.subscriptions.models import Delivery, PushKey, Subscriber
from zona.website.subscriptions.sending import delivery, push
from zona.website.subscriptions.tests.push_service import Browser, PushService, run_push_service

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with run_push_service() as running:
        monkeypatch.setattr(rules, "is_push_service", lambda url: url.startswith(running.origin))
        yield running


def prove(client: Any) -> str:
    challenge = altcha.Challenge.from_dict(client.get("/langganan/tantangan/").json())
    solution = altcha.solve_challenge(challenge)
    assert solution
    return altcha.Payload(challenge, solution).to_base64()


def register(client: Any, reader: Browser, **changes: Any) -> Any:
    data = {"office": "33.08", "topic": "kantor", "proof": prove(client)} | reader.to_json()
    return client.post(
        "/langganan/dorong/daftar/",
        json.dumps(data | changes),
        content_type="application/json",
        headers={"Sec-Fetch-Site": "same-origin"},
    )


@pytest.fixture
def reader(client: Any, office: Any, service: PushService) -> Browser:
    found = service.subscribe(client.get("/langganan/dorong/kunci/").json()["key"])
    assert register(client, found).status_code == 201
    Subscriber.objects.get().subscriptions.update(
        confirmed_at=timezone.now() - dt.timedelta(minutes=1)
    )
    return found


def test_a_published_item_is_shown_by_the_browser(client, service, reader, publish):
    item = publish("Rapat pleno “terbuka”", "rapat-pleno")
    delivery.run()
    assert service.faults == []
    message = reader.shown[0]
    assert message["web_push"] == 8030  # Safari shows it by itself
    assert message["notification"]["body"] == "Rapat pleno “terbuka”"
    assert message["notification"]["navigate"].endswith(item.url)
    assert service.headers[0]["ttl"] == "86400"
    assert Delivery.objects.get().state == State.SENT
    delivery.run()
    assert len(reader.shown) == 1


def test_the_longest_title_fits(client, service, reader, publish):
    publish("Ж" * 255, "panjang")
    delivery.run()
    assert service.faults == []
    assert len(json.dumps(reader.shown[0]).encode()) <= 8 * rules.PUSH_BYTES
    row = Delivery.objects.select_related("page", "office").get()
    assert len(push.make_message(row).encode()) <= rules.PUSH_BYTES


@pytest.mark.parametrize("code", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(client, service, reader, publish, code):
    service.answers = [(code, {})]
    publish("Kabar", "kabar-uji")
    delivery.run()
    assert not Subscriber.objects.exists()


def test_a_busy_service_is_asked_again_when_it_says(client, service, reader, publish):
    service.answers = [(429, {"Retry-After": "600"}), (503, {})]
    publish("Kabar", "kabar-uji")
    now = timezone.now()
    delivery.run(now)
    row = Delivery.objects.get()
    assert (row.state, row.due_at) == (State.WAITING, now + dt.timedelta(seconds=600))
    delivery.run(now + dt.timedelta(seconds=601))
    assert reader.shown == []
    delivery.run(now + dt.timedelta(hours=1))
    assert len(reader.shown) == 1


def test_a_service_that_leads_elsewhere_is_not_followed(client, service, reader, publish):
    service.answers = [(307, {"Location": f"{service.origin}/dalam"})]
    publish("Kabar", "kabar-uji")
    delivery.run()
    assert len(service.headers) == 1
    assert Delivery.objects.get().state == State.FAILED


def test_a_service_that_is_down_stops_nothing(client, service, reader, publish, monkeypatch):
    service.server.shutdown()
    service.server.server_close()
    publish("Kabar", "kabar-uji")
    delivery.run()
    assert Delivery.objects.get().state == State.WAITING


def test_after_a_silence_only_the_newest_come(client, service, reader, publish):
    for number in range(5):
        publish(f"Kabar {number}", f"kabar-{number}")
    delivery.run()
    assert [m["notification"]["body"] for m in reader.shown] == ["Kabar 4", "Kabar 3", "Kabar 2"]
    assert Delivery.objects.count() == 3


def test_leaving_forgets_the_browser(client, service, reader):
    client.post(
        "/langganan/dorong/hapus/",
        json.dumps({"endpoint": reader.endpoint}),
        content_type="application/json",
    )
    assert not Subscriber.objects.exists()


def test_only_proven_browsers_of_known_services_are_taken(client, office, service):
    found = service.subscribe("x")
    assert register(client, found, proof="").status_code == 429
    assert register(client, found, endpoint="https://169.254.1.1/").status_code == 422
    assert register(client, found, keys={"p256dh": "x"}).status_code == 422
    assert register(client, found, office="99").status_code == 400
    assert register(client, found, topic="rubrik-1").status_code == 422
    for body in ("", "[]", "{", '{"endpoint": 1}'):
        answer = client.post("/langganan/dorong/daftar/", body, content_type="application/json")
        assert answer.status_code == 400
    assert not Subscriber.objects.exists()


def test_the_key_is_made_once_and_kept_sealed(client, db):
    first = client.get("/langganan/dorong/kunci/").json()["key"]
    push._parse_key.cache_clear()
    assert client.get("/langganan/dorong/kunci/").json()["key"] == first
    assert len(first) == 87
    assert b"PRIVATE" not in bytes(PushKey.objects.get().sealed)
