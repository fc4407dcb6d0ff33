"""Subscribing by e-mail, from the form to the last letter."""

from __future__ import annotations

import datetime as dt
import re
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from zona.website.site.models import BasePage, Rubric
from zona.website.subscriptions import actions
from zona.website.subscriptions.models import (
    ADDRESSES,
    Delivery,
    Forgotten,
    Frequency,
    Subscriber,
    Subscription,
    hash_address,
)
from zona.website.subscriptions.sending import delivery

pytestmark = pytest.mark.django_db
FORM = {"surel": "Warga@contoh.id", "topik": ["kantor"], "irama": "at_once"}
State = Delivery.State


def ask(client: Client, commit: Any, **changes: Any) -> Any:
    with commit(execute=True):
        return client.post(
            "/langganan/33.08/", FORM | changes, headers={"Sec-Fetch-Site": "same-origin"}
        )


def path_in(text: str, kind: str) -> str:
    found = re.search(rf"https?://[^/\s]+(/langganan/{kind}/\S+)", text)
    assert found, text
    return found[1]


def subscribe(office: Any, address: str = "warga@contoh.id", **fields: Any) -> Subscriber:
    at = timezone.now() - dt.timedelta(minutes=1)
    subscriber = Subscriber.objects.create(
        channel="email",
        address_hash=hash_address("email", address),
        sealed=ADDRESSES.seal(address),
        confirmed_at=at,
        **fields,
    )
    Subscription.objects.create(
        subscriber=subscriber, office=office, topic="kantor", confirmed_at=at
    )
    return subscriber


def test_double_opt_in_to_the_first_letter_and_out(
    client, office, publish, django_capture_on_commit_callbacks
):
    commit = django_capture_on_commit_callbacks
    page = client.get("/langganan/33.08/")
    assert page.status_code == 200
    assert not page.cookies
    answer = ask(client, commit)
    assert (answer.status_code, answer.url) == (303, "/langganan/periksa-surel/")
    assert mail.outbox[0].to == ["Warga@contoh.id"]
    link = path_in(mail.outbox[0].body, "konfirmasi")
    assert client.get(link).status_code == 200
    assert not Subscriber.objects.exclude(confirmed_at=None).exists()  # opening is no consent
    preferences = client.post(link).url
    assert client.get(preferences).status_code == 200

    with commit(execute=True):
        item = publish("Rapat pleno", "rapat-pleno")
    delivery.run()
    letter = mail.outbox[-1]
    assert len(mail.outbox) == 2
    assert "Rapat pleno" in letter.subject
    assert item.url in letter.body
    assert "33.08.kabar." in letter.extra_headers["List-Id"]
    assert "<img" not in letter.alternatives[0].content

    # One press of the mail program's own button: no cookie, no origin, from anywhere.
    leave = path_in(letter.extra_headers["List-Unsubscribe"].strip("<>"), "berhenti")
    assert client.get(leave).status_code == 200
    assert Subscriber.objects.exists()
    mailer = Client(enforce_csrf_checks=True)
    assert mailer.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 303
    assert not Subscriber.objects.exists()
    assert Forgotten.objects.count() == 1
    assert mailer.post(leave).status_code == 303
    assert client.get(preferences).status_code == 404
    assert Delivery.objects.get().subscriber is None  # the count stays


def test_the_form_tells_nobody_who_is_subscribed(
    client, office, django_capture_on_commit_callbacks
):
    subscribe(office)
    known = ask(client, django_capture_on_commit_callbacks)
    unknown = ask(client, django_capture_on_commit_callbacks, surel="lain@contoh.id")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 2


def test_an_address_is_asked_three_times_a_day_and_once_a_week_after_leaving(
    client, office, django_capture_on_commit_callbacks
):
    for number in range(5):
        answer = ask(client, django_capture_on_commit_callbacks)
        assert answer.status_code in (303, 422), number
    assert len(mail.outbox) == 3
    leaver = subscribe(office, "pergi@contoh.id")
    actions.leave(subscriber=leaver)
    client.defaults["REMOTE_ADDR"] = "203.0.113.7"
    for _ in range(2):
        ask(client, django_capture_on_commit_callbacks, surel="pergi@contoh.id")
    assert len(mail.outbox) == 4


def test_a_link_to_confirm_ends_after_three_days_and_the_wish_with_it(
    client, office, django_capture_on_commit_callbacks, monkeypatch
):
    ask(client, django_capture_on_commit_callbacks)
    link = path_in(mail.outbox[0].body, "konfirmasi")
    later = timezone.now() + dt.timedelta(days=3, minutes=1)
    monkeypatch.setattr("time.time", later.timestamp)
    assert client.post(link).status_code == 404
    monkeypatch.setattr(timezone, "now", lambda: later)
    actions.tidy_up()
    assert not Subscriber.objects.exists()


def test_what_was_typed_stays_when_it_is_wrong(client, office, django_capture_on_commit_callbacks):
    answer = ask(client, django_capture_on_commit_callbacks, surel="bukan surel", irama="daily")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="bukan surel"' in html
    assert re.search(r'value="daily"[^>]*checked', html)
    assert not mail.outbox


def test_an_address_is_nowhere_in_the_clear(office, client, django_capture_on_commit_callbacks):
    ask(client, django_capture_on_commit_callbacks)
    row = Subscriber.objects.values().get()
    assert b"contoh.id" not in bytes(row["sealed"])
    assert Subscriber.objects.get().address == "Warga@contoh.id"


def test_without_a_mail_server_there_is_no_form(client, office, publish, settings):
    item = publish("Rapat", "rapat")
    assert "/langganan/33.08/" in client.get(item.url).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert 'action="/langganan/' not in client.get(item.url).content.decode()
    assert client.get("/langganan/33.08/").status_code == 404


def test_one_letter_for_one_item_however_it_matches(office, publish):
    subscriber = subscribe(office)
    rubric = Rubric.objects.create(office=office, title="Kegiatan", slug="kegiatan-uji")
    Subscription.objects.create(
        subscriber=subscriber,
        office=office,
        topic=f"rubrik-{rubric.pk}",
        rubric=rubric,
        confirmed_at=subscriber.confirmed_at,
    )
    item = publish("Satu", "satu", rubric=rubric)
    delivery.run()
    item.save_revision().publish()  # an edit is no news
    delivery.run()
    delivery.run()
    assert len(mail.outbox) == 1


def test_only_topics_that_are_followed_and_nothing_from_before(office, publish):
    subscriber = subscribe(office)
    row = subscriber.subscriptions.get()
    rubric = Rubric.objects.create(office=office, title="Opini", slug="opini-uji")
    row.topic, row.rubric = f"rubrik-{rubric.pk}", rubric
    row.save()
    publish("Lain", "lain")
    publish("Cocok", "cocok", rubric=rubric)
    late = subscribe(office, "baru@contoh.id")
    late.subscriptions.update(confirmed_at=timezone.now() + dt.timedelta(seconds=5))
    delivery.run()
    assert [letter.to for letter in mail.outbox] == [["warga@contoh.id"]]
    assert "Cocok" in mail.outbox[0].subject


def test_a_digest_waits_for_its_morning_and_holds_all(office, publish):
    subscribe(office, frequency=Frequency.DAILY)
    publish("Satu", "satu")
    publish("Dua", "dua")
    delivery.run()
    assert not mail.outbox
    delivery.run(timezone.now() + dt.timedelta(days=1))
    assert len(mail.outbox) == 1
    assert mail.outbox[0].body.index("Dua") < mail.outbox[0].body.index("Satu")


def test_a_crash_while_sending_sends_nothing_twice(office, publish, monkeypatch):
    subscribe(office, "a@contoh.id")
    subscribe(office, "b@contoh.id")
    publish("Kabar", "kabar-uji")

    class Killed(BaseException):
        pass

    real, seen = delivery.Line.send, []

    def die_after_first(self: Any, letter: Any) -> None:
        real(self, letter)
        seen.append(letter)
        raise Killed

    monkeypatch.setattr(delivery.Line, "send", die_after_first)
    with pytest.raises(Killed):
        delivery.run()
    monkeypatch.undo()
    delivery.run()  # the dead run is known by its lock, at once
    assert sorted(letter.to[0] for letter in mail.outbox) == ["a@contoh.id", "b@contoh.id"]
    states = sorted(Delivery.objects.values_list("state", flat=True))
    assert states == [State.SENT, State.UNKNOWN]


def test_a_run_that_lost_its_claim_writes_nothing_and_goes_on(office, publish, monkeypatch):
    subscribe(office, "a@contoh.id")
    subscribe(office, "b@contoh.id")
    publish("Kabar", "kabar-uji")
    refuse_later = refuse(450)

    def lose(self: Any) -> None:
        if not Delivery.objects.filter(state=State.UNKNOWN).exists():
            Delivery.objects.filter(state=State.SENDING).update(state=State.UNKNOWN, claim="")
        refuse_later(self)

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", lose)
    delivery.run()
    states = sorted(Delivery.objects.values_list("state", flat=True))
    assert states == [State.UNKNOWN, State.WAITING]  # the second one was put back for later


def refuse(code: int) -> Any:
    def send(self: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (code, b"no")})

    return send


def test_an_address_that_is_refused_is_left_alone_after_three_times(office, publish, monkeypatch):
    subscriber = subscribe(office)
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse(550))
    for number in range(4):
        publish(f"Kabar {number}", f"kabar-{number}")
        delivery.run()
    subscriber.refresh_from_db()
    assert (subscriber.failures, bool(subscriber.paused_at)) == (3, True)
    assert Delivery.objects.filter(state=State.FAILED).count() == 3
    assert Delivery.objects.count() == 3


def test_a_server_that_is_busy_is_asked_again_later(office, publish, monkeypatch):
    subscribe(office)
    publish("Kabar", "kabar-uji")
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse(450))
    now = timezone.now()
    for attempt in range(6):
        delivery.run(now + dt.timedelta(hours=6 * attempt))
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == (State.FAILED, 5)
    assert Subscriber.objects.get().paused_at is None


def test_no_server_at_all_stops_the_run_and_loses_nothing(office, publish, monkeypatch):
    for name in "abc":
        subscribe(office, f"{name}@contoh.id")
    publish("Kabar", "kabar-uji")

    def fail(self: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    done = delivery.run()
    assert done.sent == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.WAITING}
    monkeypatch.undo()
    delivery.run(timezone.now() + dt.timedelta(hours=1))
    assert len(mail.outbox) == 3


def test_a_batch_goes_on_where_it_stopped(office, publish, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    for name in "abcde":
        subscribe(office, f"{name}@contoh.id")
    publish("Kabar", "kabar-uji")
    assert [delivery.run().more for _ in range(3)] == [True, True, False]
    assert len({letter.to[0] for letter in mail.outbox}) == 5


def test_an_item_taken_down_meanwhile_is_not_sent(office, publish):
    subscribe(office, frequency=Frequency.DAILY)
    item = publish("Keliru", "keliru")
    delivery.run()
    item.unpublish()
    delivery.run(timezone.now() + dt.timedelta(days=1))
    assert not mail.outbox


def test_one_click_stands_only_over_https(office, publish, settings):
    subscribe(office)
    settings.BASE_URL = "https://zit.contoh.go.id"
    publish("Kabar", "kabar-uji")
    delivery.run()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<https://zit.contoh.go.id/langganan/berhenti/")


def test_preferences_change_and_end(client, office):
    subscriber = subscribe(office)
    rubric = Rubric.objects.create(office=office, title="Opini", slug="opini-uji")
    BasePage.objects.filter(office=office, kind="index").update(rubric=rubric)
    url, name = f"/langganan/atur/{subscriber.token}/", f"kantor_{office.pk}"
    data = {name: [f"rubrik-{rubric.pk}"], "irama": "weekly"}
    foreign = client.post(url, data, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 422
    assert client.post(url, data).status_code == 303
    subscriber.refresh_from_db()
    assert (subscriber.frequency, subscriber.subscriptions.get().rubric) == ("weekly", rubric)
    answer = client.post(url, {"irama": "weekly"})
    assert answer.url == "/langganan/sudah-berhenti/"
    assert not Subscriber.objects.exists()


def test_a_forged_link_opens_nothing(client, office):
    subscriber = subscribe(office)
    for token in (f"{subscriber.pk}.x:y", f"{subscriber.token[:-1]}!", "1"):
        assert client.get(f"/langganan/atur/{token}/").status_code == 404
        client.post(f"/langganan/berhenti/{token}/")
    assert Subscriber.objects.exists()
