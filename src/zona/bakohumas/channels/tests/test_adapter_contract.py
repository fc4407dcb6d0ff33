"""What every adapter owes the outbox, played against the fake of each service.

Above all: whatever happens between the call and its answer, nothing is posted twice.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from zona.bakohumas.channels.adapters import ADAPTERS, build
from zona.bakohumas.channels.adapters.base import (
    Adapter,
    CannotTell,
    Later,
    Message,
    Picture,
    Refused,
    Sent,
    SignInAgain,
    Uncertain,
)
from zona.bakohumas.channels.adapters.meta.containers import Containers
from zona.bakohumas.channels.tests.fakes import FAKES, bluesky, graph, mastodon, telegram
from zona.bakohumas.channels.tests.fakes.server import Answer, Fake


def picture(side: int = 40, form: str = "JPEG") -> Picture:
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, form)
    return Picture(
        out.getvalue(),
        f"image/{form.lower()}",
        "Petugas mencoklit seorang warga",
        "https://zit.kpu-contoh.go.id/media/kartu.jpg",
    )


MESSAGE = Message(
    "KPU Kota Contoh menetapkan 182.000 pemilih 🗳️\n\nRapat pleno dihadiri partai & Bawaslu.",
    key="post-12-v3-telegram-r1",
    link="https://zit.kpu-contoh.go.id/s/abcd",
    picture=picture(),
    subject="Penetapan pemilih",
    to="0812-3456-7890",
)


@dataclass
class Case:
    """A service: how to sign in, which call the public sees, how it says what."""

    settings: dict[str, str]
    secret: dict[str, str]
    final: str
    signed_out: Answer
    busy: Answer | Callable[[], Answer]
    wrong: Answer
    wait: float | None
    can_tell: bool = True


CASES = {
    "telegram": Case(
        {"chat": "@kpucontoh"},
        {"token": telegram.TOKEN},
        "sendPhoto",
        telegram.NOT_MEMBER,
        telegram.too_many(37),
        telegram.error(400, "Bad Request: IMAGE_PROCESS_FAILED"),
        37,
        can_tell=False,
    ),
    "facebook": Case(
        {"page_id": graph.FakeFacebook.page},
        {"token": graph.TOKEN},
        "/feed",
        graph.NO_RIGHT,
        graph.PAGE_LIMIT,
        graph.BAD_LINK,
        900,
    ),
    "instagram": Case(
        {"account_id": graph.Containers.account},
        {"token": graph.TOKEN},
        "/media_publish",
        graph.EXPIRED,
        graph.APP_LIMIT,
        graph.error(100, "Caption is too long", subcode=2207010),
        900,
    ),
    "threads": Case(
        {"account_id": graph.Containers.account},
        {"token": graph.TOKEN},
        "/threads_publish",
        graph.EXPIRED,
        graph.APP_LIMIT,
        graph.error(100, "Param text must be at most 500 characters long."),
        900,
    ),
    "mastodon": Case(
        {"server": "mastodon.social"},
        {"token": mastodon.TOKEN},
        "/v1/statuses",
        mastodon.NOT_ALLOWED,
        mastodon.limited,
        Answer({"error": "Validation failed: Text character limit of 500 exceeded"}, 422),
        None,
    ),
    "bluesky": Case(
        {"handle": bluesky.HANDLE},
        {"password": bluesky.PASSWORD},
        "createRecord",
        bluesky.EXPIRED,
        bluesky.limited,
        bluesky.error(400, "InvalidRequest", "Record/text must not be longer than 300 graphemes"),
        None,
    ),
    "whatsapp_cloud": Case(
        {"phone_id": graph.FakeWhatsApp.phone_id, "template": "kabar_baru", "price": "350"},
        {"token": graph.TOKEN},
        "/messages",
        graph.EXPIRED,
        graph.whatsapp_error(130429, "Rate limit hit", 429),
        graph.whatsapp_error(131026, "Message undeliverable"),
        60,
        can_tell=False,
    ),
}


@pytest.fixture(params=sorted(CASES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def fake(kind: str) -> Iterator[Fake]:
    with FAKES[kind]() as running:
        yield running


@pytest.fixture
def case(kind: str) -> Case:
    return CASES[kind]


@pytest.fixture
def adapter(kind: str, fake: Fake, case: Case, monkeypatch: pytest.MonkeyPatch) -> Adapter:
    monkeypatch.setattr(Containers, "pause", staticmethod(lambda _: None))
    return build(kind, case.settings, case.secret, bases={kind: fake.url})


def since() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


def look(adapter: Adapter, case: Case, memory: dict[str, str]) -> Sent | None:
    """As the outbox asks after a crash; True ignorance where the service cannot tell."""
    if case.can_tell:
        return adapter.find(MESSAGE, since(), resume=memory)
    with pytest.raises(CannotTell):
        adapter.find(MESSAGE, since(), resume=memory)
    return None


def test_the_account_is_named(adapter: Adapter) -> None:
    account = adapter.check()
    assert "kpucontoh" in account.name.replace(" ", "").lower()


def test_it_is_posted_with_its_identity(adapter: Adapter, fake: Fake) -> None:
    sent = adapter.publish(MESSAGE)
    assert len(fake.posts) == 1
    assert sent.remote_id
    assert adapter.per_recipient or sent.permalink.startswith("https://")


def test_what_is_not_there_is_not_found(adapter: Adapter, fake: Fake, case: Case) -> None:
    assert look(adapter, case, {}) is None
    adapter.publish(replace(MESSAGE, text="Yang lain sama sekali", key="another"))
    assert look(adapter, case, {}) is None
    assert len(fake.posts) == 1


def test_a_connection_cut_after_the_work_leaves_one_post(
    adapter: Adapter, fake: Fake, case: Case
) -> None:
    memory: dict[str, str] = {}
    fake.cut(on=case.final)
    try:
        sent = adapter.publish(MESSAGE, remember=memory.update)
    except Uncertain:
        found = look(adapter, case, memory)
        assert found is not None or not case.can_tell
    else:
        assert adapter.kind == "bluesky"  # it looks at the place of the post at once
        assert sent == look(adapter, case, memory)
    assert len(fake.posts) == 1


def test_a_second_try_after_the_work_was_done_posts_nothing(
    adapter: Adapter, fake: Fake, case: Case
) -> None:
    """A worker killed after the call: it lost the answer and tries the whole again."""
    if not case.can_tell:
        pytest.skip("the service has no way to tell; the outbox asks a person")
    memory: dict[str, str] = {}
    adapter.publish(MESSAGE, remember=memory.update)
    try:
        adapter.publish(MESSAGE, resume=memory, remember=memory.update)
    except Uncertain:
        assert look(adapter, case, memory)
    assert len(fake.posts) == 1


def test_an_answer_too_late_is_uncertain(
    adapter: Adapter, fake: Fake, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Adapter, "timeout", 0.15)
    fake.wait(0.4, on=case.final)
    try:
        adapter.publish(MESSAGE)
    except Uncertain:
        pass
    else:
        assert adapter.kind == "bluesky"


def test_a_service_that_is_down_posts_nothing(kind: str, case: Case) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{free.getsockname()[1]}"
    adapter = build(kind, case.settings, case.secret, bases={kind: gone})
    with pytest.raises(Later):
        adapter.publish(MESSAGE)


def test_failures_are_told_apart(adapter: Adapter, fake: Fake, case: Case) -> None:
    busy = case.busy if isinstance(case.busy, Answer) else case.busy()
    for answer, failure in (
        (case.signed_out, SignInAgain),
        (busy, Later),
        (case.wrong, Refused),
        (Answer("<h1>502 Bad Gateway</h1>", 502), Uncertain),
    ):
        fake.fail(answer, on=case.final)
        with pytest.raises(failure) as caught:
            adapter.publish(MESSAGE)
        assert caught.value.reason
        if answer is busy:
            wait = caught.value.wait
            assert wait == case.wait if case.wait else 60 < wait <= 300
    assert not fake.posts


def test_a_wrong_secret_means_sign_in_again(kind: str, fake: Fake, case: Case) -> None:
    wrong = build(
        kind, case.settings, dict.fromkeys(case.secret, "123:wrong"), bases={kind: fake.url}
    )
    for call in (wrong.check, lambda: wrong.publish(MESSAGE)):
        with pytest.raises(SignInAgain):
            call()
    assert not fake.posts


def test_what_can_be_edited_and_deleted_is(adapter: Adapter, fake: Fake) -> None:
    if adapter.per_recipient:
        pytest.skip("letters cannot be called back")
    sent = adapter.publish(MESSAGE)
    if adapter.limits.can_edit:
        changed = replace(MESSAGE, text="Ralat: 182.001 pemilih")
        for _twice in range(2):  # the second time nothing is left to change
            assert adapter.edit(sent.remote_id, changed).permalink == sent.permalink
        assert "Ralat" in str(fake.posts)
        assert "dihadiri" not in str(fake.posts)
    if adapter.limits.can_delete:
        for _twice in range(2):  # gone is gone
            adapter.delete(sent.remote_id)
        assert not fake.posts


def test_the_declared_fields_are_what_the_adapter_reads(kind: str, case: Case) -> None:
    fields = {field.name: field for field in ADAPTERS[kind].fields}
    assert set(case.settings) <= {name for name, field in fields.items() if not field.secret}
    assert set(case.secret) == {name for name, field in fields.items() if field.secret}


def test_no_token_is_put_into_an_address(adapter: Adapter, fake: Fake, kind: str) -> None:
    """Addresses end up in logs of proxies. Telegram's own form leaves no choice."""
    adapter.publish(MESSAGE)
    if kind not in {"telegram", "threads"}:
        assert not any("access_token" in call.form for call in fake.calls)


def any_of(values: Any) -> Any:
    """The only one there is."""
    (value,) = values.values()
    return value
