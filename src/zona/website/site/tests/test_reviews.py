import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st

from zona.ground.journal.models import Entry
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home
from zona.website.site.actions.pages import REVIEW_BOXES
from zona.website.site.actions.years import confirm_years
from zona.website.site.models import ArticlePage, BasePage, HomePage, IndexPage, StandardPage
from zona.website.site.rules.reading import find_signs
from zona.website.site.staff.reviews import ReviewForm

LONG_AGO = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
TEXT = (
    "<p>Pleno 5 Maret 2026 dihadiri 1.250 orang, 37,5% perempuan. Tulis ke "
    '<a href="mailto:a@kpu.go.id">a@kpu.go.id</a> atau telepon (0293) 788-123. '
    '<a href="https://kpu.go.id/x?a=1&amp;b=2">Aturan</a></p>'
)


@pytest.fixture
def home(db: None) -> HomePage:
    return open_home(make_office("33.08", "Kabupaten Magelang"))


@pytest.fixture
def page(home: HomePage) -> StandardPage:
    return add(home, "Maklumat", body=[("paragraph", TEXT)])


@pytest.fixture
def editor(home: HomePage) -> Any:
    return make_person("sri@kpu.test", Role.EDITOR, office=home.office)


def add(home: HomePage, title: str, **fields: Any) -> StandardPage:
    page = StandardPage(title=title, slug=slugify(title), first_published_at=LONG_AGO, **fields)
    HomePage.objects.get(pk=home.pk).add_child(instance=page)
    return page


def address(page: BasePage) -> str:
    return reverse("site_staff:review", args=[page.pk])


def ticks(*left_out: str) -> dict[str, str]:
    return {name: "on" for name in REVIEW_BOXES if name not in left_out}


def test_the_boxes_are_those_of_the_action() -> None:
    assert tuple(ReviewForm.base_fields) == REVIEW_BOXES


def test_five_ticks_count_as_a_review(client: Client, page: StandardPage, editor: Any) -> None:
    client.force_login(editor)
    response = client.post(address(page), ticks())
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_home")
    page.refresh_from_db()
    assert timezone.now() - page.reviewed_at < dt.timedelta(minutes=1)
    entry = Entry.objects.filter(verb="site.page_reviewed").get()
    assert (entry.target_id, entry.actor_id) == (str(page.pk), str(editor.pk))


@pytest.mark.parametrize("left_out", REVIEW_BOXES)
def test_four_ticks_do_not_and_what_was_ticked_stays(
    client: Client, page: StandardPage, editor: Any, left_out: str
) -> None:
    client.force_login(editor)
    response = client.post(address(page), ticks(left_out))
    html = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{left_out}"' in html  # the list at the top leads to the box
    assert html.count(" checked") == 4
    page.refresh_from_db()
    assert page.reviewed_at is None


def test_the_screen_shows_text_signs_and_history(
    client: Client, page: StandardPage, editor: Any
) -> None:
    client.force_login(editor)
    client.post(address(page), ticks())
    html = client.get(address(page)).content.decode()
    assert "37,5% perempuan" in html
    assert "5 Maret 2026" in html.split("backoffice-review__form")[1]
    assert "journal-event" in html


def test_the_words_of_a_page_cannot_run(client: Client, home: HomePage, editor: Any) -> None:
    page = add(home, "Aneh", lead="<script>alert(1)</script>")
    client.force_login(editor)
    assert "<script>alert(1)" not in client.get(address(page)).content.decode()


def test_strangers_readers_and_reporters_do_not_review(
    client: Client, page: StandardPage, home: HomePage
) -> None:
    other = make_office("33.74", "Kota Semarang")
    open_home(other)
    people = [
        make_person("lain@kpu.test", Role.EDITOR, office=other),
        make_person("d@kpu.test", Role.DIRECTOR, office=home.office),
        make_person("b@kpu.test", Role.REPORTER, office=home.office),
    ]
    for person in people:
        client.force_login(person)
        for response in (client.get(address(page)), client.post(address(page), ticks())):
            assert response.status_code in (302, 403, 404), person
            assert b"37,5%" not in response.content
    page.refresh_from_db()
    assert page.reviewed_at is None
    client.logout()
    assert client.get(address(page)).status_code == 302


def test_news_and_drafts_are_not_reviewed(client: Client, home: HomePage, editor: Any) -> None:
    client.force_login(editor)
    draft = add(home, "Draf", live=False)
    index = IndexPage.objects.child_of(home).get()
    article = ArticlePage(title="Kabar", slug="kabar-1", first_published_at=LONG_AGO)
    index.add_child(instance=article)
    for page in (draft, article):
        assert client.get(address(page)).status_code == 404


def test_the_action_stands_in_the_header_of_the_editor(
    client: Client, page: StandardPage, editor: Any
) -> None:
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert address(page) in html


def test_signs_are_sorted_by_what_they_are() -> None:
    signs = find_signs(TEXT)
    assert signs.dates == ("5 Maret 2026",)
    assert signs.figures == ("1.250", "37,5%")
    assert signs.links == ("mailto:a@kpu.go.id", "https://kpu.go.id/x?a=1&b=2")
    assert signs.contacts == ("a@kpu.go.id", "(0293) 788-123")


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    signs = find_signs(text)
    assert all(len(found) <= 12 for found in (signs.dates, signs.figures, signs.contacts))


# --- years that an import concluded -------------------------------------------------------------


@pytest.fixture
def imported(home: HomePage) -> list[ArticlePage]:
    index = IndexPage.objects.child_of(home).get()
    rows = []
    for number in (1, 2):
        row = ArticlePage(
            title=f"Lama {number}",
            slug=f"lama-{number}",
            source_id=f"x:{number}",
            activity_date=dt.date(2025, 3, number),
            activity_date_inferred=True,
        )
        IndexPage.objects.get(pk=index.pk).add_child(instance=row)
        rows.append(row)
    return rows


def test_confirmed_years_stay_confirmed_after_publishing_again(
    client: Client, home: HomePage, editor: Any, imported: list[ArticlePage]
) -> None:
    imported[0].save_revision()
    client.force_login(editor)
    url = reverse("site_staff:years", args=["33.08"])
    assert client.get(url).content.decode().count('name="page"') == 2
    client.post(url, {"page": [imported[0].pk]})
    imported[0].refresh_from_db()
    assert not imported[0].activity_date_inferred
    imported[0].latest_revision.publish()
    assert not ArticlePage.objects.get(pk=imported[0].pk).activity_date_inferred
    assert client.get(url).content.decode().count('name="page"') == 1
    assert Entry.objects.filter(verb="site.years_confirmed").count() == 1


def test_years_of_another_office_cannot_be_confirmed(
    client: Client, home: HomePage, imported: list[ArticlePage]
) -> None:
    other = make_office("33.74", "Kota Semarang")
    open_home(other)
    stranger = make_person("lain@kpu.test", Role.EDITOR, office=other)
    client.force_login(stranger)
    assert client.get(reverse("site_staff:years", args=["33.08"])).status_code == 404
    # through the own office, naming the other's pages
    client.post(reverse("site_staff:years", args=["33.74"]), {"page": [imported[0].pk]})
    imported[0].refresh_from_db()
    assert imported[0].activity_date_inferred
    with pytest.raises(PermissionDenied):
        confirm_years(actor=stranger, office=home.office, page_ids=[imported[0].pk])


def test_what_no_person_writes_is_passed_over() -> None:
    """Such stretches are what patterns choke on; how long they take, `zona bench` measures."""
    assert find_signs("1" * 100_000 + " 12 orang").figures == ("12",)
    assert find_signs("a." * 50_000 + "@b.id a@b.id").contacts == ("a@b.id",)
    assert find_signs("<script>1 tahun</script> 2 orang <style>3</style>").figures == ("2",)
