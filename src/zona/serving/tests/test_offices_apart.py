"""A page of an office is kept until its office changes, so it may show no other office's rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import Model
from django.db.models.signals import post_init
from django.test import Client

from zona.serving.changes import hidden_tables, office_of
from zona.testing import make_office, open_home
from zona.website.site.models import ArticlePage, BasePage, IndexPage, Rubric

pytestmark = pytest.mark.django_db


@contextmanager
def offices_read() -> Iterator[dict[int, set[str]]]:
    """Office -> tables of which a row of its own was read."""
    hidden, found = hidden_tables(), dict[int, set[str]]()

    def look(sender: type[Model], instance: Model, **_: Any) -> None:
        table = sender._meta.db_table
        if instance.pk is None or table in hidden:
            return
        office = instance.pk if table == "offices_office" else None
        if "office_id" in instance.__dict__:
            office = office_of(instance)
        if office is not None:
            found.setdefault(office, set()).add(table)

    post_init.connect(look)
    try:
        yield found
    finally:
        post_init.disconnect(look)


def fill(code: str) -> list[BasePage]:
    """An office with an article, a rubric and a topic that others have too."""
    office = make_office(code)
    home = open_home(office)
    index = IndexPage.objects.child_of(home).get()
    rubric = Rubric.objects.create(office=office, title="Berita", slug="berita")
    article = ArticlePage(title=f"Pleno {code}", slug="pleno", rubric=rubric)
    index.add_child(instance=article)
    article.tags.add("pleno")
    article.save()
    article.save_revision().publish()
    return list(BasePage.objects.live().filter(office=office).specific())


def test_pages_of_an_office_show_rows_of_their_own_office_only(client: Client) -> None:
    fill("33.74")
    pages = fill("33.08")
    office = pages[0].office
    index = next(page for page in pages if page.kind == "index")
    base = index.get_url_parts()[2]
    paths = [page.get_url_parts()[2] for page in pages]
    paths += [f"{base}{part}" for part in ("rubrik/berita/", "topik/pleno/", "rss/", "json/")]
    for path in paths:
        with offices_read() as read:
            response = client.get(path)
        assert response.status_code == 200
        slot = response._zona_slot  # type: ignore[attr-defined]
        assert (slot.refusal, slot.office) == ("", office.pk), path
        assert read.keys() <= {office.pk}, (path, read)
