"""Press releases: numbers, what of an item reaches the paper, the paper itself."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from zona.bakohumas.channels.content import release
from zona.bakohumas.channels.content.numbering import first_number, next_number
from zona.bakohumas.channels.content.pieces import from_html
from zona.bakohumas.channels.models import PressRelease
from zona.offices.models import Role, User
from zona.testing import make_office, make_person, open_home
from zona.website.site.models import ArticlePage, IndexPage

DAY = dt.date(2026, 11, 24)


# --- numbers ---


@pytest.mark.parametrize(
    ("last", "year", "following"),
    [
        ("12/HM.02-SP/3308/2026", 2026, "13/HM.02-SP/3308/2026"),
        ("009/SP/2026", 2026, "010/SP/2026"),
        ("12/HM.02-SP/3308/2026", 2027, "1/HM.02-SP/3308/2027"),
        ("2026-14", 2026, ""),  # its first figures are the year: nobody knows what to count
        ("tanpa nomor", 2026, ""),
        ("7/SP/2025/KPU", 2026, "1/SP/2026/KPU"),
    ],
)
def test_the_next_number_follows_the_offices_pattern(last: str, year: int, following: str) -> None:
    assert next_number(last, year) == following


@given(st.integers(1, 999), st.integers(2020, 2098))
def test_numbers_count_up_within_a_year_and_begin_again(count: int, year: int) -> None:
    number = first_number("33.08", year).replace("1/", f"{count}/", 1)
    assert next_number(number, year) == number.replace(f"{count}/", f"{count + 1}/", 1)
    assert next_number(number, year + 1) == first_number("33.08", year + 1)


# --- the text ---


def test_rich_text_becomes_plain_pieces() -> None:
    html = (
        "<p>Satu <b>tebal</b><br/>dua</p><ul><li>a <i>b</i><ol><li>dalam</li></ol></li></ul>"
        "<h3>Judul</h3><p> </p>sisa"
    )
    assert from_html(html) == [
        {"kind": "paragraph", "text": "Satu tebal dua"},
        {"kind": "list", "ordered": False, "items": ["a b", "dalam"]},
        {"kind": "heading", "text": "Judul"},
        {"kind": "paragraph", "text": "sisa"},
    ]


# --- the paper ---

NASTY = '#import "/etc/passwd"; = Judul @rujukan $x$ *tebal* `kode` \\ <b> //komentar {"'


@pytest.fixture
def item(db: None) -> Any:
    office = make_office(address="Jalan Merdeka 1\nKota Mungkid", phone="0293 788")
    index = IndexPage.objects.child_of(open_home(office)).get()
    page = ArticlePage(title=f"Pleno {NASTY}", slug="pleno", lead=NASTY, dateline="KOTA MUNGKID")
    page.body = [
        ("paragraph", f"<p>{NASTY}</p><ol><li>{NASTY}</li></ol>"),
        ("heading", NASTY),
        ("quote", {"text": NASTY, "speaker": NASTY}),
    ]
    return index.add_child(instance=page)


def issue(item: Any, **given: Any) -> PressRelease:
    editor = User.objects.filter(email="editor@kpu.test").first() or make_person(
        "editor@kpu.test", Role.EDITOR, office=item.office
    )
    fields = {
        "number": "1/SP/3308/2026",
        "issued_on": DAY,
        "contact_name": "Siti",
        "contact_phone": "0812",
    }
    return release.issue(actor=editor, page=item, **(fields | given))


def test_a_release_is_a_tagged_pdf_whatever_the_words(item: Any) -> None:
    issue(item)
    pdf = release.make_pdf(item)
    assert pdf.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/DisplayDocTitle true", b"pdfuaid:part"):
        assert mark in pdf, mark
    assert re.search(rb"/Lang\s*\(id\)", pdf)
    assert f"/s/{item.short_links.get().code})".encode() in pdf  # a link one can follow
    # Words are data: nothing of them ran, and the same release is the same file.
    assert pdf == release.make_pdf(item)


def test_without_a_number_there_is_no_paper(item: Any) -> None:
    with pytest.raises(PressRelease.DoesNotExist):
        release.make_pdf(item)


def test_a_number_is_given_once_and_the_next_is_proposed(item: Any) -> None:
    assert release.proposal(item)["number"].startswith("1/SP/3308/")
    issue(item)
    following = release.proposal(item)
    assert (following["contact_name"], following["contact_phone"]) == ("Siti", "0812")
    other = item.get_parent().specific.add_child(instance=ArticlePage(title="Dua", slug="dua"))
    with pytest.raises(ValidationError) as caught:
        issue(other)
    assert "number" in caught.value.error_dict
    issue(item, number="1A/SP/3308/2026")
    assert PressRelease.objects.get().number == "1A/SP/3308/2026"


def test_only_those_who_share_give_numbers(item: Any) -> None:
    reporter = make_person("peliput@kpu.test", Role.REPORTER, office=item.office)
    stranger = make_person("lain@kpu.test", Role.EDITOR, office=make_office("33.74"))
    for actor in (reporter, stranger):
        with pytest.raises(PermissionDenied):
            release.issue(
                actor=actor, page=item, number="2", issued_on=DAY, contact_name="", contact_phone=""
            )
