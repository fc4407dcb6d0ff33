"""What a person changes while a service is asked stays: no answer overwrites it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from zona.bakohumas.channels.actions import accounts as account_actions
from zona.bakohumas.channels.adapters import ADAPTERS
from zona.bakohumas.channels.adapters.base import Account, SignInAgain
from zona.bakohumas.channels.delivery import alerts, outbox, secrets, watching
from zona.bakohumas.channels.models import AlertTarget, Channel, Post
from zona.offices.models import Office, Role, User
from zona.testing import make_person
from zona.website.site.models import ArticlePage

pytestmark = pytest.mark.django_db
RENEWED = Account("KPU Contoh", secret={"token": "dari layanan"})


@pytest.fixture
def keeper(office: Office) -> User:
    return make_person("kepala@kpu.test", Role.OFFICE_ADMIN, office=office)


@pytest.fixture
def channel(office: Office) -> Channel:
    return Channel.objects.create(
        office=office,
        kind="telegram",
        name="T",
        settings={"chat": "@kpucontoh"},
        sealed=secrets.keep({"token": "lama"}),
        secret_expires_at=timezone.now() + dt.timedelta(days=3),
    )


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What happens in the seconds in which the service answers."""

    def arrange(what: Callable[[], Any], answer: Account | Exception, call: str = "check") -> None:
        def asked(*_: Any, **__: Any) -> Account:
            what()
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(ADAPTERS["telegram"], call, asked)

    return arrange


def pause(channel: Channel, keeper: User) -> None:
    other = Channel.objects.get(pk=channel.pk)
    account_actions.set_active(actor=keeper, channel=other, is_active=False)


def put_right(channel: Channel, keeper: User) -> None:
    account_actions.save_channel(
        actor=keeper,
        office=channel.office,
        kind="telegram",
        name="Baru",
        settings={},
        secret={"token": "baru"},
        by_default=False,
        channel=Channel.objects.get(pk=channel.pk),
    )


@pytest.mark.parametrize("way", ["by a person", "by the clock"])
def test_a_pause_stays(channel: Channel, keeper: User, meanwhile: Any, way: str) -> None:
    meanwhile(lambda: pause(channel, keeper), RENEWED)
    if way == "by a person":
        assert account_actions.check_channel(actor=keeper, channel=channel)
    else:
        watching.renew(channel)
    channel.refresh_from_db()
    assert not channel.is_active
    assert secrets.read(channel) == {"token": "dari layanan"}


@pytest.mark.parametrize("way", ["by a person", "by the clock"])
@pytest.mark.parametrize("answer", [RENEWED, SignInAgain("Token sudah tidak berlaku.")])
def test_a_new_token_stays(
    channel: Channel, keeper: User, meanwhile: Any, way: str, answer: Any
) -> None:
    """What the service said of the old one is not said of the new one."""
    meanwhile(lambda: put_right(channel, keeper), answer)
    if way == "by a person":
        assert not account_actions.check_channel(actor=keeper, channel=channel)
        assert channel.last_reason
    else:
        watching.renew(channel)
    channel = Channel.objects.get(pk=channel.pk)
    assert (channel.name, secrets.read(channel)) == ("Baru", {"token": "baru"})
    assert (channel.needs_sign_in, channel.account_name, channel.last_reason) == (False, "", "")


def test_a_post_that_failed_with_the_old_token_closes_nothing(
    channel: Channel, keeper: User, item: ArticlePage, meanwhile: Any
) -> None:
    Post.objects.create(
        office=item.office, page=item, channel=channel, key="k", text="x", due_at=timezone.now()
    )
    refusal = SignInAgain("Token sudah tidak berlaku.")
    meanwhile(lambda: put_right(channel, keeper), refusal, call="publish")
    outbox.run()
    channel.refresh_from_db()
    assert not channel.needs_sign_in
    assert Post.objects.get().state == Post.State.WAITING


def test_a_change_of_settings_keeps_what_the_worker_counted(channel: Channel, keeper: User) -> None:
    seen = Channel.objects.get(pk=channel.pk)
    Channel.objects.filter(pk=channel.pk).update(is_active=False, failures=3)
    account_actions.save_channel(
        actor=keeper,
        office=channel.office,
        kind="telegram",
        name="Nama lain",
        settings={},
        secret={},
        by_default=True,
        channel=seen,
    )
    channel.refresh_from_db()
    assert (channel.name, channel.is_active, channel.failures) == ("Nama lain", False, 3)


def test_a_place_for_alerts_put_right_meanwhile_counts_no_failure(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = AlertTarget.objects.create(office=office, name="A", sealed=b"", failures=7)

    def fail(_target: AlertTarget, _text: str) -> str:
        AlertTarget.objects.filter(pk=target.pk).update(failures=0)
        return "Layanan tidak menjawab."

    monkeypatch.setattr(alerts, "_try", fail)
    assert not alerts.send(target, "x")
    target.refresh_from_db()
    assert target.failures == 0
