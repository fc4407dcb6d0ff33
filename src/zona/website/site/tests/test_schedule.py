import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from zona.testing import make_office, open_home
from zona.website.site.actions import pages
from zona.website.site.models import ArticlePage, HomePage, IndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> IndexPage:
    home: HomePage = open_home(make_office("33.08"))
    return IndexPage.objects.child_of(home).get()


def plan(index: IndexPage, slug: str, minutes_ago: int) -> ArticlePage:
    """A draft whose hour has come."""
    page = ArticlePage(title=slug, slug=slug, live=False)
    IndexPage.objects.get(pk=index.pk).add_child(instance=page)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    past = timezone.now() - dt.timedelta(minutes=minutes_ago)
    content = revision.content | {"go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    return page


def test_one_broken_item_does_not_hold_up_the_others(
    index: IndexPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, good = plan(index, "rusak", 30), plan(index, "baik", 10)
    publish = pages._publish

    def fail_for_one(revision_id: int) -> None:
        if broken.get_latest_revision().pk == revision_id:
            raise RuntimeError("broken content")
        publish(revision_id)

    monkeypatch.setattr(pages, "_publish", fail_for_one)
    done = pages.run_schedule()
    assert (done.published, len(done.failed)) == (1, 1)
    good.refresh_from_db()
    broken.refresh_from_db()
    assert (good.live, broken.live) == (True, False)
    assert client.get(good.get_url()).status_code == 200


def test_what_expires_is_taken_down(index: IndexPage, client: Client) -> None:
    page = ArticlePage(title="Sementara", slug="sementara")
    IndexPage.objects.get(pk=index.pk).add_child(instance=page)
    page.expire_at = timezone.now() - dt.timedelta(minutes=1)
    page.save()
    assert pages.run_schedule().expired == 1
    assert client.get(f"{index.get_url()}sementara/").status_code == 404
    assert pages.run_schedule().expired == 0


def test_what_is_planned_for_later_waits(index: IndexPage) -> None:
    page = ArticlePage(title="Besok", slug="besok", live=False)
    IndexPage.objects.get(pk=index.pk).add_child(instance=page)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    assert pages.run_schedule().published == 0
