"""The outbox: what comes of a try, rests, corrections, taking down. Crashes: test_outbox_crash."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from zona.bakohumas.channels import queries
from zona.bakohumas.channels.actions import posts as actions
from zona.bakohumas.channels.delivery import outbox
from zona.bakohumas.channels.models import Channel, Group, Kind, Post, Variant
from zona.bakohumas.channels.staff import todos
from zona.bakohumas.channels.tests.conftest import Connect, Write
from zona.bakohumas.channels.tests.fakes import FakeBluesky, FakeMastodon, FakeTelegram, telegram
from zona.bakohumas.channels.tests.fakes.server import Answer
from zona.ground.journal.models import Entry
from zona.offices.models import Office, Role, User
from zona.testing import make_office, make_person
from zona.website.site.models import ArticlePage

State = Post.State


def later(**delta: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(**delta)


def queue(editor: User, item: ArticlePage, *channels: Channel) -> Post:
    actions.queue(actor=editor, page=item, channels=channels)
    return Post.objects.latest("pk")


def state(post: Post) -> str:
    post.refresh_from_db()
    return post.state


def test_an_item_goes_out_once_however_often_it_is_asked(
    connect: Connect, editor: User, item: ArticlePage
) -> None:
    with FakeTelegram() as fake:
        channel = connect(fake)
        post = queue(editor, item, channel)
        assert actions.queue(actor=editor, page=item, channels=[channel]) == []
        outbox.run()
        outbox.run()
        assert actions.queue(actor=editor, page=item, channels=[channel]) == []
        assert len(fake.posts) == 1
    assert state(post) == State.SENT
    assert post.permalink == "https://t.me/kpucontoh/101"
    assert "/s/" in str(fake.posts)
    verbs = list(Entry.objects.filter(verb__startswith="channels.").values_list("verb", flat=True))
    assert verbs == ["channels.queued", "channels.sent"]
    assert telegram.TOKEN not in str(list(Entry.objects.values())) + str(Channel.objects.values())


def test_the_website_comes_first(connect: Connect, editor: User, item: ArticlePage) -> None:
    with FakeTelegram() as fake:
        post = queue(editor, item, connect(fake))
        item.unpublish()
        assert state(post) == State.SKIPPED
        with pytest.raises(ValidationError):
            queue(editor, ArticlePage.objects.get(), *Channel.objects.all())
        Post.objects.update(state=State.WAITING)  # had it been on its way already
        outbox.run()
        assert state(post) == State.SKIPPED
        assert not fake.posts


def test_a_busy_service_is_asked_five_times_and_then_a_person(
    connect: Connect, editor: User, item: ArticlePage, office: Office
) -> None:
    with FakeTelegram() as fake:
        post = queue(editor, item, connect(fake))
        fake.fail(telegram.too_many(37), on="sendPhoto", times=9)
        moment = timezone.now()
        waits = []
        for _turn in range(8):
            moment += dt.timedelta(days=1)
            Post.objects.update(created_at=moment)
            outbox.run(moment)
            post.refresh_from_db()
            waits.append(round((post.due_at - timezone.now()).total_seconds() / 60))
        assert fake.count("sendPhoto") == 5
        assert waits[:4] == [1, 5, 20, 60]
        assert state(post) == State.FAILED
        titles = [t.title for t in todos.posts_to_settle(editor, office, timezone.now())]
        assert len(titles) == 1
        assert item.title in titles[0]
        fake.faults.clear()
        Channel.objects.update(open_until=None)
        assert actions.retry(actor=editor, post=post)
        outbox.run()
        assert len(fake.posts) == 1
    assert state(post) == State.SENT
    assert Channel.objects.get().failures == 0


def test_a_channel_that_fails_rests_longer_and_longer(
    connect: Connect, editor: User, write: Write
) -> None:
    with FakeMastodon() as fake:
        channel = connect(fake)
        for number in range(8):
            queue(editor, write(f"Kabar {number}", slug=f"k{number}"), channel)
        fake.fail(Answer({"error": "down"}, 503), on="/media", times=99)
        now = timezone.now()
        outbox.run(now)
        channel.refresh_from_db()
        assert (channel.failures, fake.count("/media")) == (5, 5)  # three were not even tried
        assert channel.open_until is not None
        assert 14 < (channel.open_until - timezone.now()).total_seconds() / 60 <= 15
        outbox.run(now)
        assert fake.count("/media") == 5
        outbox.run(now + dt.timedelta(minutes=16))
        channel.refresh_from_db()
        assert fake.count("/media") == 6
        assert channel.open_until is not None
        assert 29 < (channel.open_until - timezone.now()).total_seconds() / 60 <= 30
        fake.faults.clear()
        outbox.run(now + dt.timedelta(hours=7))
        assert len(fake.posts) == 8
    channel.refresh_from_db()
    assert (channel.failures, channel.open_until) == (0, None)


def test_a_lost_token_stops_the_channel_until_a_person_signs_in(
    connect: Connect, editor: User, item: ArticlePage, office: Office
) -> None:
    with FakeTelegram() as fake:
        channel = connect(fake)
        post = queue(editor, item, channel)
        fake.fail(telegram.NOT_MEMBER, on="sendPhoto")
        outbox.run()
        outbox.run(later(hours=3))
        assert (state(post), post.attempts, fake.count("sendPhoto")) == (State.WAITING, 0, 1)
        channel.refresh_from_db()
        assert channel.needs_sign_in
        keeper = make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
        assert list(todos.accounts_to_mend(keeper, office, timezone.now()))
        Channel.objects.update(needs_sign_in=False)
        outbox.run(later(hours=3))
        assert state(post) == State.SENT


def test_what_the_service_refuses_is_not_tried_again(
    connect: Connect, editor: User, item: ArticlePage
) -> None:
    with FakeTelegram() as fake:
        post = queue(editor, item, connect(fake))
        fake.fail(telegram.error(400, "Bad Request: IMAGE_PROCESS_FAILED"), on="sendPhoto")
        outbox.run()
        outbox.run(later(hours=9))
        assert fake.count("sendPhoto") == 1
    assert state(post) == State.FAILED
    assert "image_process" in post.reason.lower()


def test_a_cut_connection_is_looked_into_before_anything_is_sent_again(
    connect: Connect, editor: User, item: ArticlePage
) -> None:
    with FakeMastodon() as fake:
        post = queue(editor, item, connect(fake))
        fake.cut(on="/v1/statuses")
        fake.keys.clear()
        outbox.run()
        outbox.run(later(hours=1))
        assert len(fake.posts) == 1
        assert fake.count("/v1/statuses") == 1
    assert state(post) == State.SENT


def test_where_a_service_cannot_tell_a_person_is_asked(
    connect: Connect, editor: User, item: ArticlePage, office: Office
) -> None:
    with FakeTelegram() as fake:
        post = queue(editor, item, connect(fake))
        fake.cut(on="sendPhoto")
        outbox.run()
        outbox.run(later(days=1))
        assert (state(post), len(fake.posts)) == (State.UNSURE, 1)
        assert list(todos.posts_to_settle(editor, office, timezone.now()))
        assert actions.settle(actor=editor, post=post, is_there=False)
        outbox.run()
        assert (state(post), len(fake.posts)) == (State.SENT, 2)
        assert not actions.settle(actor=editor, post=post, is_there=True)


def test_a_correction_is_put_in_place_and_a_withdrawal_takes_down(
    connect: Connect, editor: User, item: ArticlePage, office: Office
) -> None:
    by_hand = Channel.objects.create(office=office, kind=Kind.WHATSAPP, name="WA")
    group = Group.objects.create(channel=by_hand, name="PPK", purpose="Berita")
    with FakeTelegram() as fake, FakeBluesky() as other:
        channel = connect(fake)
        queue(editor, item, channel, connect(other), by_hand)
        outbox.run()
        actions.mark_shared(actor=editor, page=item, channel=by_hand, group=group)
        item.lead = "Diralat: 182.001 pemilih."
        item.save_revision().publish()
        item.refresh_from_db()
        (found,) = queries.corrections(item)  # Bluesky and a person's hand cannot edit
        assert found.channel == channel
        assert actions.correct(actor=editor, post=found)
        assert actions.correct(actor=editor, post=found) is None
        outbox.run()
        assert "Diralat" in str(fake.posts)
        assert queries.corrections(item) == []
        item.unpublish()
        outbox.run()
        outbox.run()
        assert not fake.posts
        assert not other.posts
    states = {p.channel.kind: p.state for p in Post.objects.filter(action="publish")}
    assert states == {"telegram": "deleted", "bluesky": "deleted", "whatsapp": "sent"}
    (left,) = queries.posts_in_need(office, timezone.now())
    assert (left.action, left.group) == ("delete", group)
    assert actions.mark_removed(actor=editor, post=left)
    assert not queries.posts_in_need(office, timezone.now())


def test_a_deleted_page_takes_its_rows_along(
    connect: Connect, editor: User, item: ArticlePage
) -> None:
    with FakeTelegram() as fake:
        queue(editor, item, connect(fake))
        outbox.run()
    item.delete()
    assert not Post.objects.exists()


def test_strangers_order_nothing(connect: Connect, item: ArticlePage, editor: User) -> None:
    other = make_person("b@kpu.test", Role.EDITOR, office=make_office("33.74"))
    with FakeTelegram() as fake:
        channel = connect(fake)
        post = queue(editor, item, channel)
        for do in (
            lambda: actions.queue(actor=other, page=item, channels=[channel]),
            lambda: actions.skip(actor=other, post=post),
            lambda: actions.retry(actor=other, post=post),
            lambda: actions.settle(actor=other, post=post, is_there=True),
            lambda: actions.correct(actor=other, post=post),
            lambda: actions.take_down(actor=other, post=post),
            lambda: actions.mark_removed(actor=other, post=post),
        ):
            with pytest.raises(PermissionDenied):
                do()


def test_a_text_that_is_too_long_stays_here(
    connect: Connect, editor: User, item: ArticlePage
) -> None:
    with FakeMastodon() as fake:
        channel = connect(fake)
    Variant.objects.create(page=item, channel=channel, text="panjang " * 80)
    with pytest.raises(ValidationError):
        queue(editor, item, channel)
    planned = {"actor": None, "page": item, "channels": [channel], "is_planned": True}
    assert actions.queue(**planned) == []  # type: ignore[arg-type]


def test_what_waited_for_a_week_is_no_news(
    connect: Connect, editor: User, item: ArticlePage
) -> None:
    with FakeTelegram() as fake:
        channel = connect(fake)
        post = queue(editor, item, channel)
        Channel.objects.update(is_active=False)
        Post.objects.update(created_at=later(days=-8), due_at=later(days=-8))
        outbox.run()
        Channel.objects.update(is_active=True)
        outbox.run()
        assert not fake.posts
    assert state(post) == State.FAILED
