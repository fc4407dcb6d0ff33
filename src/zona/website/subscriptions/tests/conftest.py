"""An office that publishes, and mail that leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache

from zona.offices.models import Office, Role
from zona.testing import make_office, make_person, open_home
from zona.website.site.models import ArticlePage, IndexPage

Publish = Callable[..., ArticlePage]


@pytest.fixture
def office(db: None) -> Office:
    cache.clear()
    office = make_office("33.08", email="kantor@kpu.test", is_open=True)
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def publish(office: Office) -> Publish:
    editor = make_person("siti@kpu.test", Role.EDITOR, office=office)

    def do(title: str, slug: str, **fields: object) -> ArticlePage:
        item = ArticlePage(title=title, slug=slug, lead=f"Teras {title}.", **fields)
        index = IndexPage.objects.get(office=office)
        index.add_child(instance=item)
        item.save_revision(user=editor).publish(user=editor)
        item.refresh_from_db()
        return item

    return do
