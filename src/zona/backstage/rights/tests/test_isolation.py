"""The leaks between offices that Wagtail has by itself, each closed (see also test_stranger)."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.search.index import insert_or_update_object
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from zona.backstage.rights.isolation import is_open
from zona.testing import sign_in
from zona.website.site.models import StandardPage
from zona.website.site.tests.test_stranger import patterns
from zona.website.site.tests.world import MARK, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build_world()


@pytest.fixture
def theirs(world):
    """Signed in as an officer of another office."""
    return sign_in(Client(), world.officer_elsewhere)


@pytest.fixture
def ours(world):
    return sign_in(Client(), world.officer_here)


def text(answer):
    return answer.content.decode()


def test_the_page_chooser_opens_at_the_own_office(world, ours, theirs):
    address = reverse("wagtailadmin_choose_page")
    assert MARK in text(ours.get(address, follow=True))
    answer = theirs.get(address, follow=True)
    assert "Tetangga" in text(answer)
    assert MARK not in text(answer)


def test_the_page_chooser_finds_drafts_of_the_own_office_only(world, ours, theirs):
    address = reverse("wagtailadmin_choose_page_search")
    insert_or_update_object(world.things["draft"])  # by a job, once its transaction has ended
    assert f"{MARK}konsep" in text(ours.get(address, {"q": MARK}))
    assert f"{MARK}konsep" not in text(theirs.get(address, {"q": MARK}))


def test_a_foreign_place_in_the_chooser_is_refused(world, ours, theirs):
    address = reverse("wagtailadmin_choose_page_child", args=[world.things["index"].pk])
    assert f"{MARK}konsep" in text(ours.get(address))
    assert theirs.get(address).status_code == 302
    assert theirs.get(address, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_the_filters_of_the_explorer_name_own_people_and_no_sites(world, ours, theirs):
    here = reverse("wagtailadmin_explore", args=[world.things["index"].pk])
    own = text(ours.get(here))
    assert f"{MARK}surel@kpu.test" in own or f"{MARK}nama" in own
    assert 'name="owner"' in own
    assert 'name="site"' not in own
    there = reverse("wagtailadmin_explore", args=[world.other.pages.get(kind="home").pk])
    assert MARK not in text(theirs.get(there))


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:page_types_usage",
        "wagtailadmin_reports:aging_pages",
        "wagtailadmin_reports:locked_pages",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:workflow_tasks",
        "wagtailusers_users:index",
        "wagtailusers_users:add",
        "wagtailusers_groups:index",
        "wagtailadmin_workflows:index",
        "wagtailadmin_workflows:task_index",
        "wagtailadmin_collections:index",
        "wagtailsites:index",
        "wagtailadmin_api:images:listing",
        "wagtailadmin_api:documents:listing",
    ],
)
def test_nationwide_screens_are_closed_to_every_office(world, ours, name):
    answer = ours.get(reverse(name))
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")
    assert sign_in(Client(), world.superuser).get(reverse(name)).status_code == 200


def test_menus_offer_only_what_is_open(world, ours):
    page = text(ours.get(reverse("offices:people", args=[world.office.code])))
    for closed in ("/kantor/reports/", "/kantor/users/", "/kantor/groups/", "/kantor/sites/"):
        assert closed not in page


def test_pictures_and_documents_of_others_are_not_offered(world, ours, theirs):
    for name, thing in (
        ("wagtailimages_chooser:choose", f"{MARK}foto"),
        ("wagtaildocs_chooser:choose", f"{MARK}berkas"),
    ):
        assert thing in text(ours.get(reverse(name)))
        assert thing not in text(theirs.get(reverse(name)))


def test_bulk_actions_do_not_name_what_they_refuse(world, ours, theirs):
    address = reverse("wagtail_bulk_action", args=["site", "basepage", "delete"])
    query = {"id": world.things["draft"].pk}
    assert f"{MARK}konsep" in text(ours.get(address, query))
    assert theirs.get(address, query).status_code == 302
    assert ours.get(address, {"id": "all"}).status_code == 302


def test_a_page_is_not_copied_into_another_office(world, theirs):
    own = world.other.pages.get(kind="contact")
    address = reverse("wagtailadmin_pages:copy", args=[own.pk])
    form = {
        "new_title": "Salinan",
        "new_slug": "salinan",
        "new_parent_page": world.things["home"].pk,
    }
    assert theirs.post(address, form).status_code == 302
    assert not world.office.pages.filter(slug="salinan").exists()


def test_an_address_typed_as_a_link_is_not_looked_up(world, theirs):
    answer = theirs.post(
        reverse("wagtailadmin_choose_page_external_link"),
        {
            "external-link-chooser-url": world.things["live"].full_url,
            "external-link-chooser-link_text": "x",
        },
    )
    assert answer.json()["result"]["url"] == world.things["live"].full_url
    assert "id" not in answer.json()["result"]


def test_a_covering_role_sees_the_offices_below(world):
    from zona.offices.models import Role
    from zona.testing import make_office, make_person

    cover = make_person("p@kpu.test", Role.EDITOR, office=make_office("33"), covers_below=True)
    client = sign_in(Client(), cover)
    assert f"{MARK}konsep" in text(
        client.get(reverse("wagtailadmin_explore", args=[world.things["index"].pk]))
    )


def test_the_editor_offers_the_rubrics_of_the_own_office_only(world, ours, theirs):
    for office, client, is_offered in ((world.office, ours, True), (world.other, theirs, False)):
        index = office.pages.get(kind="index")
        page = client.get(reverse("wagtailadmin_pages:add", args=["site", "articlepage", index.pk]))
        assert page.status_code == 200
        assert (f"{MARK}rubrik" in text(page)) is is_offered


def form_of(page, *blocks):
    """What the editor would send for this page."""
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "lead": "Teras",
            "freshness": page.freshness,
            "body": streamfield(list(blocks)),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
        }
    )


@pytest.mark.parametrize("thing", ["photo", "document", "draft", "live"])
def test_a_form_sent_by_hand_names_nothing_of_another_office(world, theirs, ours, thing):
    number = world.things[thing].pk
    block = {
        "photo": ("photo", {"image": number, "caption": ""}),
        "document": ("file", {"document": number, "title": ""}),
    }.get(thing)
    if block is None:
        link = f'<p><a linktype="page" id="{number}">x</a></p>'
        block = ("paragraph", rich_text(link, features=["link"]))
    for office, client, is_taken in ((world.other, theirs, False), (world.office, ours, True)):
        page = StandardPage(title="Halaman", slug="halaman", lead="Teras")
        office.pages.get(kind="home").specific.add_child(instance=page)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        answer = client.post(address, form_of(page, block))
        assert (answer.url == reverse("wagtailadmin_home")) is not is_taken
        assert page.revisions.exists() is is_taken
        assert client.post(address, form_of(page)).status_code == 302


@pytest.mark.parametrize("kind", ["home", "index"])
def test_the_frame_of_the_office_stays(world, ours, kind):
    page = world.office.pages.get(kind=kind)
    for action in ("unpublish", "delete"):
        ours.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))
        bulk = reverse("wagtail_bulk_action", args=["site", "basepage", action])
        ours.post(f"{bulk}?id={page.pk}", {"include_descendants": "on"})
    page.refresh_from_db()
    assert page.live


def test_every_open_name_still_exists():
    """A new Wagtail that renames a screen closes it; this says which."""
    names = {name for _route, name, _parameters in patterns()}
    assert {name for name in names if is_open(name)} >= {
        "wagtailadmin_home",
        "wagtailadmin_explore",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_pages:edit",
        "wagtailadmin_api:pages:listing",
        "wagtail_bulk_action",
        "wagtailimages:add_multiple",
        "wagtailimages_chooser:chosen",
        "wagtaildocs:edit",
    }
