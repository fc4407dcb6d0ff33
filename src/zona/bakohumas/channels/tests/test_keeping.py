"""Accounts, recipients, places for alerts and reactions: who keeps them, and what nobody sees."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zona.bakohumas.channels.actions import accounts as account_actions
from zona.bakohumas.channels.actions import alerts as alert_actions
from zona.bakohumas.channels.actions import reactions as reaction_actions
from zona.bakohumas.channels.adapters.base import Refused
from zona.bakohumas.channels.delivery import outcomes, watching
from zona.bakohumas.channels.models import AlertTarget, Channel, Reaction, Recipient
from zona.bakohumas.channels.tests.conftest import Connect
from zona.bakohumas.channels.tests.fakes import FAKES
from zona.ground.journal.models import Entry
from zona.offices.models import Office, Role, User
from zona.testing import make_office, make_person, sign_in

SECRET = "AAbcdefghijklmnopqrstuvwxyz01234567"
NUMBER = "0812 0000 0001"


@pytest.fixture
def keeper(office: Office) -> User:
    return make_person("kanal@kpu.test", Role.CHANNEL_ADMIN, office=office)


@pytest.fixture
def stranger() -> User:
    return make_person("lain@kpu.test", Role.CHANNEL_ADMIN, office=make_office("33.74"))


@pytest.fixture
def cloud(office: Office) -> Channel:
    return Channel.objects.create(office=office, kind="whatsapp_cloud", name="WhatsApp warga")


def in_journal(text: str) -> bool:
    return any(text in str(row) for row in Entry.objects.values())


def test_a_secret_left_empty_stays_and_is_in_no_record(office: Office, keeper: User) -> None:
    given: dict[str, Any] = {
        "actor": keeper, "office": office, "kind": "telegram", "name": "Kanal", "by_default": True,
    }  # fmt: skip
    channel = account_actions.save_channel(
        **given, settings={"chat": "@kpu"}, secret={"token": "rahasia-sekali"}
    )
    Channel.objects.filter(pk=channel.pk).update(needs_sign_in=True)
    channel.refresh_from_db()
    account_actions.save_channel(
        **given, settings={"chat": "@kpu_baru"}, secret={}, channel=channel
    )
    channel.refresh_from_db()
    assert account_actions.secrets.read(channel) == {"token": "rahasia-sekali"}
    assert not channel.needs_sign_in, "another account, perhaps"
    assert b"rahasia-sekali" not in bytes(channel.sealed or b"")
    assert not in_journal("rahasia-sekali")


def test_only_keepers_of_the_office_keep(
    office: Office, editor: User, stranger: User, cloud: Channel
) -> None:
    for person in (editor, stranger):
        for act in (
            lambda actor: account_actions.set_active(actor=actor, channel=cloud, is_active=False),
            lambda actor: account_actions.note_recipient(
                actor=actor, channel=cloud, number=NUMBER, how="formulir"
            ),
            lambda actor: account_actions.drop_recipient(actor=actor, channel=cloud, number=NUMBER),
            lambda actor: alert_actions.add_target(
                actor=actor, office=office, name="Ruang", url="ntfys://ntfy.sh/zona"
            ),
        ):
            with pytest.raises(PermissionDenied):
                act(person)
    assert not Recipient.objects.exists()


def test_a_number_is_entered_once_sealed_and_deleted(cloud: Channel, keeper: User) -> None:
    given: dict[str, Any] = {"actor": keeper, "channel": cloud}
    assert account_actions.note_recipient(**given, number=NUMBER, how="formulir layanan")
    assert not account_actions.note_recipient(**given, number="+62 812-0000-0001", how="lagi")
    row = Recipient.objects.get()
    assert row.how == "formulir layanan"
    assert b"62812" not in bytes(row.sealed)
    assert not in_journal("62812")
    with pytest.raises(Refused):
        account_actions.note_recipient(**given, number="bukan nomor", how="formulir")
    assert account_actions.drop_recipient(**given, number="62812 0000 0001")
    assert not account_actions.drop_recipient(**given, number=NUMBER)
    assert not Recipient.objects.exists()


def test_the_screen_of_recipients(
    client: Client, cloud: Channel, keeper: User, stranger: User
) -> None:
    url = reverse("channels_staff:recipients", args=[cloud.office.code, cloud.pk])
    sign_in(client, stranger)
    assert client.get(url).status_code == 404
    sign_in(client, keeper)
    assert client.post(url, {"tindakan": "tambah", "number": NUMBER}).status_code == 422
    assert client.post(url, {"tindakan": "tambah", "number": "x", "how": "y"}).status_code == 422
    client.post(url, {"tindakan": "tambah", "number": NUMBER, "how": "formulir"})
    shown = client.get(url).content.decode()
    assert cloud.recipients.count() == 1
    assert "0001" not in shown
    client.post(url, {"tindakan": "hapus", "number": NUMBER})
    assert not Recipient.objects.exists()


def test_an_access_that_ends_is_announced_once_two_weeks_ahead(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(outcomes, "alert", lambda channel, text: told.append(text))
    monkeypatch.setattr(watching, "renew", lambda channel: None)  # the service renews nothing
    now = timezone.now()
    with FAKES["facebook"]() as fake:
        channel = connect(fake)
        for days, expected in ((15, 0), (14, 1), (3, 1)):
            Channel.objects.update(secret_expires_at=now + dt.timedelta(days=days))
            watching.run(now)
            assert len(told) == expected, days
    assert channel.name in told[0]


def test_an_alert_address_is_sealed_and_removed_whole(office: Office, keeper: User) -> None:
    target = alert_actions.add_target(
        actor=keeper,
        office=office,
        name="Ruang redaksi",
        url=f"tgram://123456789:{SECRET}/-1001234567890",
    )
    assert SECRET.encode() not in bytes(target.sealed)
    alert_actions.set_active(actor=keeper, target=target, is_active=False)
    alert_actions.remove_target(actor=keeper, target=target)
    assert not AlertTarget.objects.exists()
    assert not in_journal(SECRET)


def test_a_reaction_is_handed_over_only_where_somebody_takes_it(
    office: Office, editor: User, cloud: Channel
) -> None:
    reaction = reaction_actions.note_reaction(
        actor=editor, office=office, channel=cloud, about="question", text="Kapan coklit?"
    )
    with pytest.raises(PermissionDenied):
        reaction_actions.hand_over(actor=editor, reaction=reaction)
    taken: list[Reaction] = []

    def desk(reaction: Reaction, **_: Any) -> None:
        taken.append(reaction)

    reaction_actions.handed_over.connect(desk)
    try:
        reaction_actions.hand_over(actor=editor, reaction=reaction)
        reaction_actions.hand_over(actor=editor, reaction=reaction)
    finally:
        reaction_actions.handed_over.disconnect(desk)
    assert taken == [reaction]
    assert not in_journal("coklit"), "the words of citizens stay out of the record"
