"""The same results whichever database searches: this file runs on SQLite and on PostgreSQL."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zona.backstage.search import queries
from zona.backstage.search.actions import follow
from zona.backstage.search.index.vocabulary import count_words, learn_words
from zona.backstage.search.models import Entry, Word
from zona.backstage.search.queries import Narrow, guess_meant, search, suggest
from zona.testing import make_office

from .shelf import TODAY, Shelf, find, titles

pytestmark = pytest.mark.django_db


def test_other_forms_are_found_and_the_form_typed_comes_first(shelf: Shelf) -> None:
    shelf.put("1", "Penetapan", "Rapat menetapkan jumlah pemilih.")
    shelf.put("2", "Kabar", "Penetapan jumlah pemilih.")
    shelf.put("3", "Lain", "Tetangga datang.")
    assert find("penetapan") == ["Penetapan", "Kabar"]
    assert find("menetapkan")[0] == "Penetapan"
    assert set(find("ditetapkan")) == {"Penetapan", "Kabar"}


def test_a_title_counts_more_than_a_text(shelf: Shelf) -> None:
    shelf.put("1", "Kabar satu", "Tentang arsip. " + "Kata lain. " * 20)
    shelf.put("2", "Arsip pemilu", "Kata lain. " * 20)
    assert find("arsip") == ["Arsip pemilu", "Kabar satu"]


def test_synonyms_are_found_both_ways(shelf: Shelf) -> None:
    shelf.put("1", "Rakor PDPB")
    shelf.put("2", "Rapat koordinasi pemutakhiran data pemilih berkelanjutan")
    for typed in ("rakor pdpb", "rapat koordinasi pdpb", "pemutakhiran data pemilih berkelanjutan"):
        assert len(find(typed)) == 2, typed


def test_a_number_is_found_as_a_whole(shelf: Shelf) -> None:
    shelf.put("1", "Sosialisasi PKPU 3/2025")
    shelf.put("2", "PKPU Nomor 3 Tahun 2025 berlaku")
    shelf.put("3", "Tiga kabar", "Ada 3 kursi. Pada 2025 ada PKPU.")
    shelf.put("4", "Putusan", "Nomor 135/PUU-XXII/2024, jumlah 1.090.578")
    for typed in ("pkpu 3/2025", "PKPU No. 3 Tahun 2025", "pkpu3/2025"):
        assert set(find(typed)) == {"Sosialisasi PKPU 3/2025", "PKPU Nomor 3 Tahun 2025 berlaku"}
    assert find("135/PUU-XXII/2024") == find("1090578") == find("1.090.578") == ["Putusan"]


def test_quotation_marks_ask_for_the_very_words(shelf: Shelf) -> None:
    shelf.put("1", "Satu", "rapat pleno terbuka")
    shelf.put("2", "Dua", "pleno rapat; merapatkan")
    assert find('"rapat pleno"') == ["Satu"]
    assert find('"rapatkan"') == []
    assert set(find("rapat pleno")) == {"Satu", "Dua"}


def test_what_has_only_some_of_the_words_follows(shelf: Shelf) -> None:
    shelf.put("1", "Pelantikan PPS Banyumas")
    shelf.put("2", "Pelantikan PPK")
    shelf.put("3", "Upacara")
    results = search("pelantikan banyumas", today=TODAY)
    assert titles(results) == ["Pelantikan PPS Banyumas", "Pelantikan PPK"]
    assert results.whole == 1


def test_what_is_past_its_day_is_found_last_and_this_year_first(shelf: Shelf) -> None:
    shelf.put("1", "Pengumuman lelang", valid_until=TODAY - dt.timedelta(days=1))
    shelf.put("2", "Pengumuman lelang", date=dt.date(2015, 1, 1))
    shelf.put("3", "Pengumuman lelang", valid_until=TODAY, date=TODAY)
    keys = dict(Entry.objects.values_list("pk", "object_id"))
    hits = search("lelang", today=TODAY).hits
    assert [keys[hit.id] for hit in hits] == ["3", "2", "1"]
    hits = search("lelang", today=TODAY, newest=True).hits
    assert [keys[hit.id] for hit in hits] == ["3", "2", "1"]


@pytest.fixture
def divided(shelf: Shelf) -> None:
    """Kebumen 2024, Kota Semarang 2025, KPU Provinsi 2025."""
    offices = {code: make_office(code) for code in ("33.05", "33.74", "33", "34.71")}
    for number, (code, year, kind, rubric) in enumerate(
        [
            ("33.05", 2024, "article", "Berita"),
            ("33.74", 2025, "article", "Berita Terkini"),
            ("33", 2025, "announcement", ""),
            ("34.71", 2025, "article", "Berita"),
        ]
    ):
        shelf.put(
            str(number), f"Pleno {code}", office=offices[code], kind=kind, rubric=rubric,
            date=dt.date(year, 5, 1),
        )  # fmt: skip


CASES = [
    (Narrow(), {"33.05", "33.74", "33", "34.71"}),
    (Narrow(office="33"), {"33.05", "33.74", "33"}),
    (Narrow(office="33.74"), {"33.74"}),
    (Narrow(year=2025), {"33.74", "33", "34.71"}),
    (Narrow(kind="article", year=2025), {"33.74", "34.71"}),
    (Narrow(rubric="berita"), {"33.05", "34.71"}),
    (Narrow(rubric="x", year=1), set()),
]


@pytest.mark.parametrize("cap", [500, 2])
def test_filters_leave_the_same_among_few_and_among_many(
    divided: None, monkeypatch: Any, cap: int
) -> None:
    monkeypatch.setattr(queries, "CAP", cap)
    for narrow, left in CASES:
        results = search("pleno", today=TODAY, narrow=narrow)
        found = {title.removeprefix("Pleno ") for title in titles(results)}
        assert found <= left, narrow
        assert len(found) == min(len(left), cap), narrow
        assert results.is_capped == (len(left) > cap), narrow


def test_counts_say_what_a_choice_would_leave(divided: None) -> None:
    results = search("pleno", today=TODAY, narrow=Narrow(kind="article", office="33"))
    assert results.counts is not None
    assert dict(results.counts["kind"]) == {"article": 2, "announcement": 1}
    assert dict(results.counts["office"]) == {"33.05": 1, "33.74": 1, "34.71": 1}
    assert dict(results.counts["year"]) == {2024: 1, 2025: 1}


def test_one_office_finds_its_own_alone(divided: None) -> None:
    assert find("pleno", home="33.74") == ["Pleno 33.74"]
    assert find("pleno", home="33") == ["Pleno 33"]  # not those below it


def test_many_are_counted_up_to_the_cap_and_ranked_by_title(shelf: Shelf, monkeypatch: Any) -> None:
    from zona.backstage.search.engines import database

    monkeypatch.setattr(queries, "CAP", 3)
    monkeypatch.setattr(database, "WIDE", 5)
    for number in range(5):
        shelf.put(f"a{number}", f"Pleno {number}")
        shelf.put(f"b{number}", f"Kabar {number}", "Hasil pleno.")
    results = search("pleno", today=TODAY)
    assert results.is_capped
    assert [title[:5] for title in titles(results)] == ["Pleno"] * 3


def test_a_change_is_found_at_once_and_a_rolled_back_one_never_was(shelf: Shelf) -> None:
    assert shelf.put("1", "Kabar lama").written == 1
    assert shelf.put("1", "Kabar lama").written == 0  # nothing to do, nothing written
    assert shelf.put("1", "Kabar baru").written == 1
    assert find("lama") == []
    assert find("baru") == ["Kabar baru"]
    with transaction.atomic():
        shelf.put("1", "Kabar batal")
        assert find("batal") == ["Kabar batal"]
        transaction.set_rollback(True)
    assert find("batal") == []
    assert find("baru") == ["Kabar baru"]
    assert shelf.take("1").removed == 1
    assert find("baru") == []


def test_an_office_that_goes_takes_its_entries_along(shelf: Shelf) -> None:
    office = make_office("33.05")
    shelf.put("1", "Kabar kebumen", office=office)
    office.delete()
    assert find("kebumen") == []


def test_a_mistyped_word_is_guessed_from_words_that_are_there(shelf: Shelf) -> None:
    shelf.put("1", "Pemutakhiran data pemilih", "Coklit di sekolah")
    shelf.put("2", "Sekretariat")
    count_words()

    def guess(text: str) -> str:
        return guess_meant(search(text, today=TODAY), today=TODAY)

    assert guess("pemutahkiran") == "pemutakhiran"
    assert guess("Data pemilh") == "Data pemilih"
    assert guess("pemutakhiran") == guess("data") == guess("zzzzqqqq") == ""
    shelf.take("2")
    assert Word.objects.filter(word="sekretariat").exists()  # until the night
    assert guess("sekretariatt") == ""  # but nothing is there any more


def test_words_of_the_day_are_learned_and_those_of_the_removed_forgotten(shelf: Shelf) -> None:
    shelf.put("1", "Rekapitulasi")
    assert learn_words(dt.timedelta(minutes=5)) == 1
    assert learn_words(dt.timedelta(minutes=5)) == 0
    shelf.take("1")
    count_words()
    assert not Word.objects.exists()


def test_titles_are_suggested_while_the_word_is_only_begun(shelf: Shelf) -> None:
    shelf.put("1", "Pemutakhiran data pemilih")
    shelf.put("2", "Kabar", "pemutakhiran")
    assert [e.title for e in suggest("data pemut", today=TODAY)] == ["Pemutakhiran data pemilih"]
    assert suggest("p", today=TODAY) == []
    assert find("pemuta") != []  # sent before it was whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.from_regex(r"[a-z0-9\"'\\():*&|!<>^{}%_ -]{0,40}", fullmatch=True))
def test_nothing_typed_is_an_error(text: str) -> None:
    with transaction.atomic():
        results = search(text, today=TODAY, narrow=Narrow(kind=text, rubric=text))
        guess_meant(results, today=TODAY)
        suggest(text, today=TODAY)


def test_texts_of_any_kind_go_in(shelf: Shelf) -> None:
    shelf.put(
        "1", "Kata\x00 \u200dtersem\u00adbunyi \ud800", "é" * 300_000 + " 22/2023 http://x.id/a"
    )
    assert find("tersembunyi") == find("kata") != []
    follow(source="shelf", keys=[])
