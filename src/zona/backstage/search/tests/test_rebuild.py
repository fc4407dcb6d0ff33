"""Rebuilding: nothing is missing meanwhile, and a stopped run goes on where it was."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from zona.backstage.search import actions
from zona.backstage.search.actions import is_stale, rebuild
from zona.backstage.search.index.rebuilding import order_rebuild_when_stale
from zona.backstage.search.models import Entry, Rebuild, Word
from zona.backstage.search.registry import list_sources

from .shelf import Shelf, find

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(shelf: Shelf, monkeypatch: Any) -> Shelf:
    """Five notes on the shelf, and batches of two."""
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in range(5):
        shelf.put(str(number), f"Catatan {number}")
    return shelf


class Killed(Exception):
    pass


def test_a_stopped_run_goes_on_and_nothing_is_ever_missing(full: Shelf) -> None:
    # Written by other rules, and one that no source knows any more.
    Entry.objects.update(digest="old")
    Entry.objects.create(
        source="shelf", object_id="gone", kind="note", title="Catatan lama", url="/",
        digest="x", updated_at=Entry.objects.latest("pk").updated_at,
        seen_at=Entry.objects.latest("pk").seen_at,
    )  # fmt: skip
    seen: list[int] = []

    def stop(name: str, count: int) -> None:
        seen.append(len(find("catatan")))
        if name == "shelf":
            raise Killed

    with pytest.raises(Killed):
        rebuild(progress=stop)
    assert is_stale()
    assert Entry.objects.filter(digest="old").count() == 3  # the first batch is through
    looked: list[tuple[str, int]] = []
    rebuild(progress=lambda name, count: looked.append((name, count)))
    assert [count for name, count in looked if name == "shelf"] == [2, 1]
    assert not Entry.objects.filter(digest="old").exists()
    assert not Entry.objects.filter(object_id="gone").exists()
    assert len(find("catatan")) == 5
    assert not is_stale()
    assert Rebuild.objects.count() == 1


def test_an_entry_published_while_it_runs_stays(full: Shelf) -> None:
    def publish(name: str, count: int) -> None:
        if name == "shelf" and "00" not in full.drafts:
            full.put("00", "Catatan baru")  # before the place where the run is

    rebuild(progress=publish)
    assert "Catatan baru" in find("catatan")


def test_it_is_ordered_once_when_the_rules_change(full: Shelf, monkeypatch: Any) -> None:
    assert order_rebuild_when_stale()  # an upgraded installation has pages and no index
    assert len(find("catatan")) == 5
    assert not order_rebuild_when_stale()
    monkeypatch.setattr(actions, "scheme", lambda: "other")
    assert is_stale()


def test_the_command_says_what_it_did(full: Shelf, capsys: Any) -> None:
    call_command("rebuild_search")
    assert "5 isi dapat dicari" in capsys.readouterr().out
    assert Word.objects.filter(word="catatan", documents=5).exists()
    assert not is_stale()


def test_the_website_is_a_source() -> None:
    assert "pages" in [source.name for source in list_sources()]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL generates its column")
def test_the_full_text_table_is_in_step(full: Shelf) -> None:
    full.put("0", "Catatan lain", "isi")
    full.take("1")
    Entry.objects.filter(object_id="2").update(title="Dari samping")
    with connection.cursor() as cursor:  # an error when table and rows differ
        cursor.execute("INSERT INTO search_words(search_words, rank) VALUES('integrity-check', 1)")
    assert find("samping") == ["Dari samping"]
