"""What is particular to each service: limits, odd answers, how links and pictures travel."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from zona.bakohumas.channels.adapters import build
from zona.bakohumas.channels.adapters.base import Later, Message, Refused, SignInAgain, Uncertain
from zona.bakohumas.channels.adapters.bluesky import record_name
from zona.bakohumas.channels.adapters.meta.containers import Containers
from zona.bakohumas.channels.tests.fakes import (
    FakeBluesky,
    FakeFacebook,
    FakeInstagram,
    FakeMastodon,
    FakeTelegram,
    FakeThreads,
    FakeWhatsApp,
    bluesky,
    graph,
    mastodon,
    telegram,
)
from zona.bakohumas.channels.tests.fakes.server import Fake

from .test_adapter_contract import CASES, MESSAGE, any_of, picture

LONG = "Rapat pleno terbuka. " * 60  # 1,260 characters


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Containers, "pause", staticmethod(lambda _: None))


def adapter_of(fake: Fake, **settings: str):
    case = CASES[fake.kind]
    return build(fake.kind, case.settings | settings, case.secret, bases={fake.kind: fake.url})


# --- Telegram ---


def test_telegram_puts_a_short_text_under_the_picture_and_a_long_one_above_the_card() -> None:
    with FakeTelegram() as fake:
        adapter = adapter_of(fake)
        assert adapter.publish(MESSAGE).permalink == "https://t.me/kpucontoh/101"
        adapter.publish(replace(MESSAGE, text=LONG))
        short, long = fake.posts.values()
    assert short["caption"].endswith(f"\n\n{MESSAGE.link}")
    assert json.loads(long["preview"])["url"] == MESSAGE.link
    assert "photo" not in long


def test_telegram_links_into_a_private_channel() -> None:
    with FakeTelegram() as fake:
        sent = adapter_of(fake, chat="-1009876543210").publish(MESSAGE)
    assert sent.permalink == "https://t.me/c/9876543210/101"


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (telegram.error(400, "Bad Request: chat not found"), SignInAgain),
        (telegram.error(400, "Bad Request: message is too long"), Refused),
        (telegram.error(400, "Bad Request: group migrated", migrate_to_chat_id=-1005), Refused),
        (telegram.error(409, "Conflict: terminated by other getUpdates request"), Later),
    ],
)
def test_telegram_says_what_a_person_has_to_do(answer: object, failure: type) -> None:
    with FakeTelegram() as fake:
        fake.fail(answer, on="sendPhoto")
        with pytest.raises(failure) as caught:
            adapter_of(fake).publish(MESSAGE)
    assert caught.value.reason


def test_telegram_check_sees_a_bot_that_may_not_post() -> None:
    with FakeTelegram() as fake:
        fake.may_post = False
        with pytest.raises(SignInAgain):
            adapter_of(fake).check()


# --- Facebook ---


def test_facebook_gets_the_link_for_its_card_and_a_picture_only_without_one() -> None:
    with FakeFacebook() as fake:
        adapter = adapter_of(fake)
        adapter.publish(MESSAGE)
        adapter.publish(replace(MESSAGE, text="Tanpa tautan", link=""))
        linked, pictured = fake.posts.values()
    assert linked["link"] == MESSAGE.link
    assert MESSAGE.link not in linked["message"]
    assert pictured["alt"] == MESSAGE.picture.alt


def test_facebook_check_reads_expiry_and_rights_of_the_token() -> None:
    with FakeFacebook() as fake:
        assert adapter_of(fake).check().expires_at == datetime.fromtimestamp(1_800_000_000, UTC)
        fake.scopes.remove("pages_manage_posts")
        with pytest.raises(SignInAgain, match="pages_manage_posts"):
            adapter_of(fake).check()


def test_facebook_is_not_believed_when_it_says_transient_and_waits_when_blocked() -> None:
    with FakeFacebook() as fake:
        fake.fail(graph.TRANSIENT, on="/feed")
        with pytest.raises(Uncertain):
            adapter_of(fake).publish(MESSAGE)
        fake.fail(graph.BLOCKED, on="/feed")
        with pytest.raises(Later) as caught:
            adapter_of(fake).publish(MESSAGE)
    assert caught.value.wait >= 3600


# --- Instagram, Threads ---


def test_a_container_is_remembered_and_finished_by_the_next_try() -> None:
    memory: dict[str, str] = {}
    with FakeInstagram() as fake:
        fake.turns = 100
        adapter = adapter_of(fake)
        with pytest.raises(Later):
            adapter.publish(MESSAGE, remember=memory.update)
        fake.containers[memory["container"]]["turns"] = 0
        adapter.publish(MESSAGE, resume=memory, remember=memory.update)
        assert len(fake.containers) == len(fake.posts) == 1
        assert any_of(fake.posts)["alt_text"] == MESSAGE.picture.alt


def test_an_expired_container_is_made_anew() -> None:
    memory: dict[str, str] = {}
    with FakeThreads() as fake:
        adapter = adapter_of(fake)
        fake.fail(graph.TRANSIENT, on="/threads_publish")
        with pytest.raises(Uncertain):
            adapter.publish(MESSAGE, remember=memory.update)
        assert adapter.find(MESSAGE, datetime.now(UTC), resume=memory) is None
        fake.containers[memory["container"]]["state"] = "EXPIRED"
        adapter.publish(MESSAGE, resume=memory, remember=memory.update)
        assert len(fake.posts) == 1


def test_a_picture_that_the_service_cannot_use_is_refused_in_its_words() -> None:
    with FakeInstagram() as fake:
        fake.broken = "Error: The aspect ratio is not supported."
        with pytest.raises(Refused, match="aspect ratio"):
            adapter_of(fake).publish(MESSAGE)


def test_the_quota_of_the_account_is_asked_before_anything_is_made() -> None:
    with FakeInstagram() as fake:
        fake.used = fake.total
        with pytest.raises(Later):
            adapter_of(fake).publish(MESSAGE)
        assert not fake.containers


def test_instagram_takes_a_jpeg_and_nothing_without_a_picture() -> None:
    with FakeInstagram() as fake:
        for wrong in (None, picture(form="PNG")):
            with pytest.raises(Refused):
                adapter_of(fake).publish(replace(MESSAGE, picture=wrong))


def test_a_check_renews_the_token_for_sixty_days() -> None:
    for fake in (FakeInstagram(), FakeThreads()):
        with fake:
            account = adapter_of(fake).check()
            assert account.expires_at - datetime.now(UTC) > timedelta(days=59)
            assert account.secret == {"token": graph.TOKEN}
            fake.fail(graph.error(100, "Session is too new"), on="refresh_access_token")
            assert adapter_of(fake).check().secret is None


def test_threads_shows_a_card_or_a_picture() -> None:
    with FakeThreads() as fake:
        adapter = adapter_of(fake)
        adapter.publish(MESSAGE)
        adapter.publish(replace(MESSAGE, link=""))
        linked, pictured = fake.posts.values()
    assert (linked["media_type"], linked["link_attachment"]) == ("TEXT", MESSAGE.link)
    assert (pictured["media_type"], pictured["alt_text"]) == ("IMAGE", MESSAGE.picture.alt)


# --- Mastodon ---


def test_mastodon_tells_its_own_limits_which_then_hold() -> None:
    with FakeMastodon() as fake:
        fake.max_characters = 5000
        facts = adapter_of(fake).check().settings
        assert adapter_of(fake, **facts).limits.text == 5000
        assert adapter_of(fake).limits.text == 500


def test_mastodon_describes_the_picture_and_keeps_it_through_an_edit() -> None:
    with FakeMastodon() as fake:
        adapter = adapter_of(fake)
        sent = adapter.publish(MESSAGE)
        (before,) = any_of(fake.posts)["media"]
        assert fake.media[before]["description"] == MESSAGE.picture.alt
        adapter.edit(sent.remote_id, replace(MESSAGE, text="Ralat"))
        assert any_of(fake.posts)["media"] == [before]


def test_mastodon_is_waited_for_while_it_works_on_the_picture() -> None:
    with FakeMastodon() as fake:
        fake.is_processing = True
        with pytest.raises(Later):
            adapter_of(fake).publish(MESSAGE)
        assert not fake.posts


def test_mastodon_does_not_read_a_token_from_a_file(tmp_path: object) -> None:
    """The library would: a token that names a file of ours would travel to a server of theirs."""
    secret = tmp_path / "secret"
    secret.write_text(mastodon.TOKEN)
    with FakeMastodon() as fake:
        adapter = build("mastodon", {}, {"token": str(secret)}, bases={"mastodon": fake.url})
        with pytest.raises(SignInAgain):
            adapter.check()
    assert all(call.token == str(secret) for call in fake.calls)


# --- Bluesky ---


def test_bluesky_marks_links_by_bytes_and_sets_the_place_from_the_key() -> None:
    text = "🗳️ Hasil pleno é: https://kpu-contoh.go.id/a, lihat #Pemilih"
    with FakeBluesky() as fake:
        adapter_of(fake).publish(replace(MESSAGE, text=text))
        ((name, record),) = fake.posts.items()
    link, tag = record["facets"]
    raw = text.encode()
    assert (
        raw[link["index"]["byteStart"] : link["index"]["byteEnd"]] == b"https://kpu-contoh.go.id/a"
    )
    assert raw[tag["index"]["byteStart"] : tag["index"]["byteEnd"]] == b"#Pemilih"
    assert record["embed"]["external"]["uri"] == MESSAGE.link
    assert record["embed"]["external"]["title"] == MESSAGE.subject
    assert name == record_name(MESSAGE.key) != record_name(f"{MESSAGE.key}2")


def test_bluesky_shrinks_a_picture_that_is_too_large() -> None:
    large = picture(1300, "PNG")
    assert len(large.data) > 1_000_000
    with FakeBluesky() as fake:
        adapter_of(fake).publish(replace(MESSAGE, picture=large, link=""))
        (image,) = any_of(fake.posts)["embed"]["images"]
        (blob,) = fake.blobs
    assert len(blob) <= 1_000_000
    assert (image["alt"], image["image"]["mimeType"]) == (large.alt, "image/jpeg")


def test_bluesky_renews_a_session_that_is_about_to_end() -> None:
    with FakeBluesky() as fake:
        fake.life = 60
        adapter_of(fake).publish(MESSAGE)
        assert fake.count("refreshSession") == 1
        assert len(fake.posts) == 1


def test_bluesky_is_told_a_place_is_taken_in_three_ways() -> None:
    for answer in (
        bluesky.error(500, "InternalServerError", "Internal Server Error"),
        bluesky.error(409, "RecordAlreadyExists", "Record already exists"),
        bluesky.error(400, "InvalidRequest", "Record already exists"),
    ):
        with FakeBluesky() as fake:
            first = adapter_of(fake).publish(MESSAGE)
            fake.fail(answer, on="createRecord")
            assert adapter_of(fake).publish(MESSAGE) == first


# --- WhatsApp ---


def test_whatsapp_sends_one_line_by_template_with_the_key_and_its_price() -> None:
    with FakeWhatsApp() as fake:
        sent = adapter_of(fake).publish(MESSAGE)
        post = any_of(fake.posts)
    assert sent.cost == 350
    assert post["to"] == "6281234567890"
    assert post["form"]["biz_opaque_callback_data"] == MESSAGE.key
    text, link = post["form"]["template"]["components"][0]["parameters"]
    assert "\n" not in text["text"]
    assert link["text"] == MESSAGE.link


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (131047, Refused),
        (131026, Refused),
        (132001, Refused),
        (131048, Later),
        (131056, Later),
        (368, Later),
        (131031, SignInAgain),
        (10, SignInAgain),
        (131000, Uncertain),
    ],
)
def test_whatsapp_codes(code: int, failure: type) -> None:
    with FakeWhatsApp() as fake:
        fake.fail(graph.whatsapp_error(code, "…"), on="/messages")
        with pytest.raises(failure):
            adapter_of(fake).publish(MESSAGE)


def test_whatsapp_needs_a_price_and_a_number() -> None:
    with FakeWhatsApp() as fake:
        for settings, message in (
            ({"price": ""}, MESSAGE),
            ({"price": "NaN"}, MESSAGE),
            ({}, replace(MESSAGE, to="surel@contoh.id")),
        ):
            with pytest.raises(Refused):
                adapter_of(fake, **settings).publish(message)
        assert not fake.calls


def test_a_text_too_long_is_refused_by_every_service_and_by_the_limits() -> None:
    too_long = Message("a" * 70_000, key="k")
    for fake in (FakeTelegram(), FakeThreads(), FakeMastodon(), FakeBluesky()):
        with fake:
            adapter = adapter_of(fake)
            assert not adapter.limits.fits(too_long.text)
            with pytest.raises(Refused):
                adapter.publish(too_long)
            assert not fake.posts
