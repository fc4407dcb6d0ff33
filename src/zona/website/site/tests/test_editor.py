"""The editor's daily screens: forms of all kinds, rubrics of the own office, branding."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.forms import choosers

from zona.ground.journal.models import Entry
from zona.offices.models import Role
from zona.testing import give, make_office, make_person, open_home
from zona.website.site.actions.tree import ensure_rubric
from zona.website.site.models import ArticlePage, HomePage, IndexPage, Rubric

ITEM_KINDS = ["articlepage", "photostorypage", "infographicpage", "announcementpage", "videopage"]
STANDING_KINDS = ["standardpage", "profilepage", "podcastshowpage"]


@pytest.fixture
def home(db: None) -> HomePage:
    return open_home(make_office("33.08", "Kabupaten Magelang"))


@pytest.fixture
def other(db: None) -> HomePage:
    return open_home(make_office("33.74", "Kota Semarang"))


@pytest.fixture
def editor(home: HomePage, client: Client) -> Any:
    person = make_person("sri@kpu.test", Role.EDITOR, office=home.office)
    client.force_login(person)
    return person


def index_of(home: HomePage) -> IndexPage:
    return IndexPage.objects.child_of(home).get()


def article(**fields: Any) -> dict[str, Any]:
    data = {
        "title": "Rapat pleno terbuka",
        "slug": "rapat-pleno-terbuka",
        "lead": "KPU menggelar rapat pleno.",
        "body-count": "0",
    }
    for prefix in ("corrections", "comments"):
        for name in ("TOTAL", "INITIAL", "MIN_NUM"):
            data[f"{prefix}-{name}_FORMS"] = "0"
        data[f"{prefix}-MAX_NUM_FORMS"] = "1000"
    return data | fields


def app_of(kind: str) -> str:
    return "podcast" if kind.startswith("podcast") else "site"


@pytest.mark.parametrize("kind", ITEM_KINDS + STANDING_KINDS)
def test_every_kind_has_a_form(client: Client, home: HomePage, editor: Any, kind: str) -> None:
    parent = index_of(home) if kind in ITEM_KINDS else home
    response = client.get(reverse("wagtailadmin_pages:add", args=[app_of(kind), kind, parent.pk]))
    assert response.status_code == 200


def test_an_article_is_written_published_and_seen(
    client: Client, home: HomePage, editor: Any
) -> None:
    url = reverse("wagtailadmin_pages:add", args=["site", "articlepage", index_of(home).pk])
    response = client.post(url, article(**{"action-publish": "1"}))
    assert response.status_code == 302, response.context["form"].errors
    page = ArticlePage.objects.get(slug="rapat-pleno-terbuka")
    assert (page.live, page.office, page.kind) == (True, home.office, "article")
    assert client.get(page.get_url()).status_code == 200


def test_a_reporters_article_stays_a_draft(client: Client, home: HomePage) -> None:
    client.force_login(make_person("budi@kpu.test", Role.REPORTER, office=home.office))
    url = reverse("wagtailadmin_pages:add", args=["site", "articlepage", index_of(home).pk])
    client.post(url, article(**{"action-publish": "1"}))
    assert not ArticlePage.objects.get(slug="rapat-pleno-terbuka").live


def test_an_editor_finds_the_own_rubrics_only(
    client: Client, home: HomePage, other: HomePage, editor: Any
) -> None:
    own, foreign = ensure_rubric(home.office, "Berita"), ensure_rubric(other.office, "Asing")
    html = client.get(reverse("rubrics:index")).content.decode()
    assert own.title in html
    assert foreign.title not in html
    for name in ("edit", "delete", "history", "usage"):
        assert client.get(reverse(f"rubrics:{name}", args=[own.pk])).status_code == 200
        assert client.get(reverse(f"rubrics:{name}", args=[foreign.pk])).status_code in (403, 404)
    assert client.post(reverse("rubrics:delete", args=[foreign.pk])).status_code in (403, 404)
    assert Rubric.objects.filter(pk=foreign.pk).exists()


def test_a_new_rubric_goes_into_the_own_office(
    client: Client, home: HomePage, other: HomePage, editor: Any
) -> None:
    data = {"title": "Rumah Pintar Pemilu", "purpose": "Kunjungan", "order": "50"}
    # another office's number does not help
    client.post(reverse("rubrics:add"), data | {"office": other.office.pk})
    assert not other.office.rubrics.filter(title=data["title"]).exists()
    client.post(reverse("rubrics:add"), data | {"office": home.office.pk})
    made = home.office.rubrics.get(title=data["title"])
    assert made.slug == "rumah-pintar-pemilu"
    assert Entry.objects.filter(verb="site.rubric_added", office_code="33.08").exists()
    # the same name again is refused at the field, not by the database
    again = client.post(reverse("rubrics:add"), data | {"office": home.office.pk})
    assert again.context["form"].errors.keys() == {"title"}


def test_a_renamed_rubric_keeps_its_address_and_office(
    client: Client, home: HomePage, other: HomePage, editor: Any
) -> None:
    rubric = ensure_rubric(home.office, "Berita")
    data = {"title": "Kabar", "order": "10", "office": other.office.pk}
    client.post(reverse("rubrics:edit", args=[rubric.pk]), data)
    rubric.refresh_from_db()
    assert (rubric.title, rubric.slug, rubric.office) == ("Kabar", "berita", home.office)


def test_with_several_offices_the_rubrics_of_each_are_listed(
    client: Client, home: HomePage, other: HomePage, editor: Any
) -> None:
    give(editor, Role.EDITOR, other.office)
    ensure_rubric(home.office, "Satu")
    ensure_rubric(other.office, "Dua")
    html = client.get(reverse("rubrics:index")).content.decode()
    assert "Satu" in html
    assert "Dua" in html


@pytest.mark.parametrize("role", [Role.REPORTER, Role.DIRECTOR])
def test_those_who_do_not_publish_keep_off_rubrics(
    client: Client, home: HomePage, role: Role
) -> None:
    client.force_login(make_person("x@kpu.test", role, office=home.office))
    for url in (reverse("rubrics:index"), reverse("rubrics:add")):
        assert client.get(url).status_code in (302, 403)


def test_a_new_page_shows_the_class_it_will_have(
    client: Client, home: HomePage, editor: Any
) -> None:
    url = reverse("wagtailadmin_pages:add", args=["site", "standardpage", home.pk])
    form = client.get(url).context["form"]
    assert (form["freshness"].value(), form["review_days"].value()) == ("R", 180)
    assert form["title"].value() in ("", None)


def test_no_chooser_field_is_named_as_in_the_code() -> None:
    for form in (
        choosers.ExternalLinkChooserForm,
        choosers.EmailLinkChooserForm,
        choosers.PhoneLinkChooserForm,
    ):
        assert all(field.label for field in form.base_fields.values()), form


def test_pages_that_are_not_there_carry_our_name(client: Client, editor: Any) -> None:
    html = client.get("/kantor/tidak-ada/").content.decode()
    title = re.search(r"<title>([^<]+)</title>", html)
    assert title
    assert title[1].endswith("- Zona")


def test_the_dialog_for_links_opens_although_its_script_names_another_model(
    client: Client, home: HomePage, editor: Any
) -> None:
    for name, args in (
        ("wagtailadmin_choose_page", []),
        ("wagtailadmin_choose_page_child", [home.pk]),
        ("wagtailadmin_choose_page_search", []),
    ):
        url = reverse(name, args=args) + "?page_type=wagtailcore.page&allow_external_link=true"
        response = client.get(url, follow=True)
        assert response.status_code == 200, name
        assert not response.context or not response.context.get("page_types_restricted")


def test_a_new_text_can_be_written_at_once(client: Client, home: HomePage, editor: Any) -> None:
    url = reverse("wagtailadmin_pages:add", args=["site", "articlepage", index_of(home).pk])
    form = client.get(url).context["form"]
    assert [block.block_type for block in form["body"].value()] == ["paragraph"]
