"""A process killed (SIGKILL) at every point of a publication: what is public reaches its channels.

One step upstream of test_outbox_crash.py of the channels: the process that publishes is forked
from the test, on a database that really commits, with the queue that the worker reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from wagtail.models import Revision

from zona.bakohumas.agenda.tests.desk import make_event, make_kind, take_part
from zona.bakohumas.channels.delivery import outbox
from zona.bakohumas.channels.models import Post
from zona.bakohumas.channels.tasks import deliver
from zona.bakohumas.channels.tests.conftest import connect, office  # noqa: F401  # fixtures
from zona.bakohumas.channels.tests.fakes import FAKES
from zona.bakohumas.channels.tests.fakes.server import Fake
from zona.bakohumas.channels.tests.test_outbox_crash import after, before, die_in, killed_in
from zona.bakohumas.newsroom import steps
from zona.bakohumas.newsroom.actions import publishing, writing
from zona.bakohumas.newsroom.models import ItemPlan
from zona.bakohumas.newsroom.tests.test_writing import FIELDS
from zona.offices.models import Office, Role, User
from zona.testing import make_person
from zona.website.site.models import ArticlePage

pytestmark = pytest.mark.django_db(transaction=True)

# Where the process dies, and whether what it did stands.
POINTS: dict[str, tuple[Any, str, Callable[..., Any], bool]] = {
    "before anything": (publishing, "put_public", before, False),
    "before what follows": (steps, "tell_planned_channels", before, False),
    "marked as queued": (publishing, "tell_channels", before, False),
    "posts made": (publishing, "tell_channels", after, False),
    "all written, not committed": (publishing, "record", after, False),
    "committed, nothing called": (connection, "run_and_clear_commit_hooks", before, True),
    "answered": (publishing, "publish_item", after, True),
}


@pytest.fixture
def mastodon(settings: Any) -> Iterator[Fake]:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "outward"]}
    }
    with FAKES["mastodon"]() as fake:
        yield fake


@pytest.fixture
def editor(office: Office) -> User:  # noqa: F811
    return make_person("sri@kpu.test", Role.EDITOR, office=office)


@pytest.fixture
def draft(office: Office, editor: User) -> ArticlePage:  # noqa: F811
    part = take_part(make_event(office, kind=make_kind(duties=[])))
    return writing.begin(actor=editor, office=office, participations=[part], fields=FIELDS)


def jobs() -> int:
    return DBTaskResult.objects.filter(task_path=deliver.module_path, status="READY").count()


def work_off(fake: Fake) -> None:
    """The worker, twice: whatever waits is sent, and nothing again."""
    outbox.run()
    outbox.run()
    assert len(fake.posts) == 1
    assert Post.objects.get().state == Post.State.SENT


@pytest.mark.parametrize("name", POINTS)
def test_what_is_public_reaches_its_channels_once(
    name: str,
    draft: ArticlePage,
    editor: User,
    mastodon: Fake,
    connect: Any,  # noqa: F811
) -> None:
    place, function, when, stands = POINTS[name]
    channel = connect(mastodon)
    DBTaskResult.objects.all().delete()

    def publish() -> None:
        publishing.publish_item(actor=editor, page=draft, channels=[channel])

    assert killed_in(publish, die_in(place, function, when))
    draft.refresh_from_db()
    assert draft.live is stands
    assert (Post.objects.count(), jobs()) == ((1, 1) if stands else (0, 0))
    assert [plan.queued for plan in ItemPlan.objects.filter(page=draft)] in (
        [[[channel.pk]]] if stands else [[], [[]]]
    )
    if not stands:
        publish()
    assert jobs() == 1
    work_off(mastodon)


@pytest.mark.parametrize("name", ["before what follows", "marked as queued", "posts made"])
def test_an_item_that_comes_out_another_way_is_no_exception(
    name: str,
    draft: ArticlePage,
    editor: User,
    mastodon: Fake,
    connect: Any,  # noqa: F811
) -> None:
    """By Wagtail's editor or the clock: the page and its posts are committed together."""
    place, function, when, _stands = POINTS[name]
    channel = connect(mastodon)
    ItemPlan.objects.update_or_create(
        page_id=draft.pk, defaults={"by": editor, "channels": [channel.pk]}
    )
    revision = draft.get_latest_revision()

    def publish() -> None:
        Revision.objects.get(pk=revision.pk).publish(user=editor, skip_permission_checks=True)

    assert killed_in(publish, die_in(place, function, when))
    draft.refresh_from_db()
    assert (draft.live, Post.objects.count()) == (False, 0)
    publish()
    work_off(mastodon)
