"""A worker killed (SIGKILL) at every point of a post's way: nothing is ever posted twice.

The worker is a real process, forked from the test, on a database that really commits; the service
is a stand-in in the test's own process that counts what the public would see.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import traceback
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from zona.bakohumas.channels.actions import posts as actions
from zona.bakohumas.channels.adapters import ADAPTERS
from zona.bakohumas.channels.adapters.meta.graph import Graph
from zona.bakohumas.channels.delivery import outbox, outcomes, recipients
from zona.bakohumas.channels.models import (
    RECIPIENTS,
    Channel,
    Delivery,
    Post,
    Recipient,
    hash_recipient,
)
from zona.bakohumas.channels.tests.conftest import Connect
from zona.bakohumas.channels.tests.fakes import FAKES
from zona.bakohumas.channels.tests.fakes.server import Fake
from zona.ground.outbox import presence
from zona.ground.outbox.claims import ClaimLost, take
from zona.offices.models import Office
from zona.website.site.models import ArticlePage

pytestmark = pytest.mark.django_db(transaction=True)
State = Post.State


def die(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def before(function: Callable[..., Any]) -> Callable[..., Any]:
    """Dies as the function is called."""
    return die


def after(function: Callable[..., Any]) -> Callable[..., Any]:
    """Dies once the function has done its work."""

    def run(*args: Any, **given: Any) -> Any:
        function(*args, **given)
        return die()

    return run


Point = tuple[Any, str, Callable[..., Any]]
SERVICE = object()  # stands for the adapter of the service at hand
# Where the worker dies: what is replaced, and whether it dies before or after it.
POINTS: dict[str, Point] = {
    "before the claim": (outbox, "_claim", before),
    "claimed, nothing called": (outbox, "_claim", after),
    "before the first call": (SERVICE, "publish", before),
    "called, nothing written": (SERVICE, "publish", after),
    "as the answer is written": (outcomes, "sent", before),
    "inside the transaction of the answer": (outcomes, "_journal", after),
    "all written": (outcomes, "sent", after),
}
STEPS: dict[str, Point] = {
    "before the container is remembered": (outcomes, "remember", before),
    "the container remembered": (outcomes, "remember", after),
    "the container made": (Graph, "post", after),
}


def killed(post: Post, point: Point, moment: dt.datetime | None = None) -> bool:
    """Run the outbox in a process that dies at the point; False: it never came there."""
    place, name, when = point
    if place is SERVICE:
        place = ADAPTERS[post.channel.kind]
    return killed_in(lambda: outbox.run(moment), die_in(place, name, when))


def die_in(place: Any, name: str, when: Callable[..., Any]) -> Callable[[], None]:
    """Puts death into a function, in the process that is to die."""
    return lambda: setattr(place, name, when(getattr(place, name)))


def killed_in(work: Callable[[], Any], arrange: Callable[[], None]) -> bool:
    """Do the work in a forked process; False: it lived to the end."""
    connections.close_all()
    worker = os.fork()
    if worker == 0:
        try:
            arrange()
            work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(worker, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def recover(post: Post, turns: int = 3) -> str:
    """The following runs, each much later."""
    for turn in range(1, turns + 1):
        outbox.run(timezone.now() + dt.timedelta(hours=turn))
    post.refresh_from_db()
    return post.state


Order = Callable[[Fake], Post]


@pytest.fixture
def order(
    office: Office, item: ArticlePage, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> Order:
    """The item in the outbox of one channel; nothing runs before the test says so."""
    monkeypatch.setattr(actions, "deliver", SimpleNamespace(enqueue=lambda: None))

    def do(fake: Fake) -> Post:
        Channel.objects.all().delete()
        (post,) = actions.queue(actor=None, page=item, channels=[connect(fake)])
        return post

    return do


@pytest.mark.parametrize("kind", ["facebook", "instagram", "threads", "mastodon", "bluesky"])
def test_a_service_that_can_tell_has_one_post_in_the_end(order: Order, kind: str) -> None:
    is_two_steps = kind in {"instagram", "threads"}
    for name, point in (POINTS | STEPS if is_two_steps else POINTS).items():
        with FAKES[kind]() as fake:
            post = order(fake)
            assert killed(post, point), name
            assert recover(post) == State.SENT, name
            assert len(fake.posts) == 1, name
            assert post.remote_id.rpartition("/")[2] in str(fake.posts), name


def test_where_nobody_can_tell_a_person_is_asked(order: Order) -> None:
    """Telegram: at most one post, and never in silence."""
    expected = {
        "before the claim": (State.SENT, 1),
        "claimed, nothing called": (State.UNSURE, 0),
        "before the first call": (State.UNSURE, 0),
        "called, nothing written": (State.UNSURE, 1),
        "as the answer is written": (State.UNSURE, 1),
        "inside the transaction of the answer": (State.UNSURE, 1),
        "all written": (State.SENT, 1),
    }
    for name, point in POINTS.items():
        with FAKES["telegram"]() as fake:
            post = order(fake)
            assert killed(post, point), name
            assert (recover(post), len(fake.posts)) == expected[name], name


def test_a_worker_killed_again_and_again_gives_up(order: Order) -> None:
    with FAKES["mastodon"]() as fake:
        post = order(fake)
        for turn in range(6):
            moment = timezone.now() + dt.timedelta(hours=turn)
            assert killed(post, POINTS["claimed, nothing called"], moment)
        assert recover(post) == State.FAILED
        assert not fake.posts


def test_recipients_get_one_message_each_at_most(order: Order) -> None:
    points: dict[str, tuple[Point, int, int]] = {  # where, messages and doubts in the end
        "reserved": ((recipients, "reserve", after), 2, 1),
        "called": ((SERVICE, "publish", after), 3, 1),
        "written": ((recipients, "_send", after), 3, 0),
    }
    for name, (point, messages, doubts) in points.items():
        with FAKES["whatsapp_cloud"]() as fake:
            post = order(fake)
            Channel.objects.update(monthly_cap=100_000)
            for number in ("081200000001", "081200000002", "081200000003"):
                Recipient.objects.create(
                    channel=post.channel,
                    address_hash=hash_recipient(number),
                    sealed=RECIPIENTS.seal(number),
                    opted_in_at=timezone.now(),
                )
            assert killed(post, point), name
            assert recover(post) == State.SENT, name
            sent_to = [call.form["to"] for call in fake.calls if "messages" in call.path]
        assert (len(sent_to), len(set(sent_to))) == (messages, messages), name
        assert Delivery.objects.filter(state=Delivery.State.UNSURE).count() == doubts, name


def test_a_living_worker_keeps_what_it_has_in_hand(order: Order) -> None:
    with FAKES["mastodon"]() as fake:
        post = order(fake)
        with presence.hold() as name:
            Post.objects.update(state=State.SENDING, claim=f"{name}.x", claimed_at=timezone.now())
            assert outbox.release_stuck(timezone.now()) == 0
            assert not presence.is_gone(name)
        post.refresh_from_db()
        assert post.state == State.SENDING
        # A worker of another machine, whose lock cannot be seen, is given up after a while.
        assert outbox.release_stuck(timezone.now() + dt.timedelta(minutes=16)) == 1
        post.claim = f"{name}.x"
        with pytest.raises(ClaimLost):  # and can no longer go on with it
            outcomes.remember(post, {"container": "1"})


@pytest.mark.parametrize("outcome", [outcomes.failed, outcomes.unsure])
def test_no_outcome_without_its_alert(
    order: Order, monkeypatch: pytest.MonkeyPatch, outcome: Callable[[Post, str], None]
) -> None:
    """A death as staff are told leaves the claim, so that the next run tells them."""

    def fail(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(outcomes, "alert", fail)
    with FAKES["telegram"]() as fake:
        post = order(fake)
        post.claim = take(Post.objects.filter(pk=post.pk), "mesin")
        with pytest.raises(RuntimeError):
            outcome(post, "tidak sampai")
    post.refresh_from_db()
    assert post.state == State.SENDING
