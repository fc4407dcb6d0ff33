"""OpenSearch answers the same, and nothing stops when it does not answer at all."""

import dataclasses
import datetime as dt
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from zona.backstage.search.engines import opensearch
from zona.backstage.search.index import sending
from zona.backstage.search.index.rebuilding import rebuild_all
from zona.backstage.search.models import Unsent
from zona.backstage.search.queries import Narrow, search, suggest
from zona.testing import make_office

from .fake_opensearch import FakeOpensearch
from .shelf import TODAY, Shelf, find, titles

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


@pytest.fixture
def fake(monkeypatch: Any) -> Iterator[FakeOpensearch]:
    fake = FakeOpensearch()
    environment = dataclasses.replace(settings.ENV, search_url=fake.url)
    monkeypatch.setattr(settings, "ENV", environment)
    yield fake
    opensearch.get_engine().backend.es.close()
    opensearch._engine_for.cache_clear()
    fake.close()


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Commit:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def searches(fake: FakeOpensearch) -> int:
    return sum(call.endswith("/_search") for call in fake.calls)


def test_it_is_filled_and_follows(fake: FakeOpensearch, shelf: Shelf, commit: Commit) -> None:
    office = make_office("33.74")
    with commit():  # nothing is there yet: the changes wait
        shelf.put("1", "Penetapan pemilih", "Rakor PDPB, PKPU 3/2025", office=office, boost=1.5)
    assert Unsent.objects.count() == 1
    rebuild_all()
    mapping = next(iter(fake.indices.values()))["mappings"]["properties"]
    assert mapping["scopes_filter"]["type"] == "keyword"
    assert mapping["year_filter"]["type"] == "integer"
    for typed in ("menetapkan", "rapat koordinasi", "pkpu nomor 3 tahun 2025", '"rakor pdpb"'):
        assert find(typed) == ["Penetapan pemilih"], typed
    assert searches(fake) > 0
    with commit():
        shelf.put("2", "Pelantikan", date=dt.date(2026, 1, 1), valid_until=dt.date(2026, 2, 1))
    assert find("dilantik") == ["Pelantikan"]
    assert not Unsent.objects.exists()
    with commit():
        shelf.take("1")
    assert find("penetapan") == []
    assert len(fake.indices) == 1


def test_filters_order_and_suggestions(fake: FakeOpensearch, shelf: Shelf, commit: Commit) -> None:
    rebuild_all()
    with commit():
        for number, year in enumerate((2024, 2026, 2025)):
            office = make_office(f"33.0{number + 1}")
            shelf.put(str(number), f"Pleno {year}", office=office, date=dt.date(year, 1, 1))
    everything = search("pleno", today=TODAY)
    assert everything.counts is not None
    assert dict(everything.counts["year"]) == {2024: 1, 2025: 1, 2026: 1}
    assert titles(search("pleno", today=TODAY, newest=True))[0] == "Pleno 2026"
    assert titles(search("pleno", today=TODAY, narrow=Narrow(office="33.02"))) == ["Pleno 2026"]
    assert find("pleno", home="33.03") == ["Pleno 2025"]
    assert len(suggest("ple", today=TODAY)) == 3


def test_a_rebuild_exchanges_the_whole_and_keeps_answering(
    fake: FakeOpensearch, shelf: Shelf, commit: Commit
) -> None:
    with commit():
        shelf.put("1", "Arsip")
        shelf.put("2", "Berkas arsip")
    rebuild_all()
    old = set(fake.indices)
    seen: list[int] = []

    def look(count: int) -> None:
        seen.append(len(find("arsip")))
        with commit():
            shelf.take("2")

    sending.copy_all(look)
    assert seen == [2]
    assert find("arsip") == ["Arsip"]
    assert not old & set(fake.indices)


@pytest.mark.parametrize("status", [404, 429, 503])
def test_the_database_answers_when_it_fails_and_the_change_is_sent_later(
    fake: FakeOpensearch, shelf: Shelf, commit: Commit, status: int, caplog: Any, monkeypatch: Any
) -> None:
    rebuild_all()
    fake.fail_with = status
    with caplog.at_level(logging.WARNING, "zona.backstage.search"), commit():
        shelf.put("1", "Pengumuman lelang")
    assert find("lelang") == ["Pengumuman lelang"]
    assert "the database answers" in caplog.text
    assert "lelang" not in caplog.text  # what people look for is written nowhere
    before = len(fake.calls)
    find("lelang")
    assert len(fake.calls) == before  # it is left alone for a while
    fake.fail_with = 0
    monkeypatch.setattr(opensearch.get_engine(), "closed_until", 0.0)
    assert sending.catch_up() == 1
    asked = searches(fake)
    assert find("lelang") == ["Pengumuman lelang"]
    assert searches(fake) > asked


def test_it_may_be_gone_altogether(fake: FakeOpensearch, shelf: Shelf, commit: Commit) -> None:
    fake.server.server_close()
    with commit():
        shelf.put("1", "Pengumuman lelang")
    assert find("lelang") == ["Pengumuman lelang"]
    assert Unsent.objects.count() == 1
