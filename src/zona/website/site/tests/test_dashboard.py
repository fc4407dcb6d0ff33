import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from zona.backstage.backoffice import todos
from zona.backstage.backoffice.todos import Todo, Urgency, list_todos, register_todo
from zona.backstage.rights.grants import collection_of
from zona.offices.models import Office, Role, ServiceHours
from zona.testing import make_office, make_person, make_superuser, open_home, sign_in
from zona.website.site.actions.duties import ensure_duties
from zona.website.site.models import (
    AnnouncementPage,
    ArticlePage,
    BasePage,
    HomePage,
    IndexPage,
    Photo,
    StandardPage,
)
from zona.website.site.staff import queries
from zona.website.site.staff.dashboard import AT_MOST
from zona.website.site.staff.desk import desk_of
from zona.website.site.staff.queries import survey

pytestmark = pytest.mark.django_db
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def office() -> Office:
    return make_office("33.08", "Kabupaten Magelang")


@pytest.fixture
def home(office: Office) -> HomePage:
    return open_home(office)


@pytest.fixture
def editor(home: HomePage) -> Any:
    return make_person("sri@kpu.test", Role.EDITOR, office=home.office)


def add(parent: BasePage, kind: type[BasePage], title: str, **fields: Any) -> Any:
    now = timezone.now()
    moments = {"first_published_at": now, "last_published_at": now} | fields
    page = kind(title=title, slug=slugify(title), **moments)
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    return page


def index_of(home: HomePage) -> IndexPage:
    return IndexPage.objects.child_of(home).get()


def urls(user: Any, office: Office, now: dt.datetime | None = None) -> list[str]:
    return [todo.url for todo in list_todos(user, office, now or timezone.now())]


def edit(page: BasePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def dashboard(client: Any, user: Any, query: str = "") -> Any:
    client.force_login(user)
    response = client.get(reverse("wagtailadmin_home") + query)
    assert response.status_code == 200
    return response


def test_what_is_late_comes_first_and_among_equals_the_oldest(
    editor: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(todos, "_sources", {})

    @register_todo()
    def source(user: Any, office: Office, now: dt.datetime) -> list[Todo]:
        day = dt.date(2026, 3, 1)
        return [
            Todo("calm", "", "/4", Urgency.CALM, day),
            Todo("late, undated", "", "/3", Urgency.LATE),
            Todo("late", "", "/2", Urgency.LATE, day),
            Todo("later", "", "/1", Urgency.LATE, day - dt.timedelta(days=1)),
        ]

    register_todo()(source)  # twice counts once
    assert urls(editor, office) == ["/1", "/2", "/3", "/4"]


def test_at_most_seven_stand_there_and_the_rest_one_link_away(
    client: Any, editor: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [Todo(f"Tugas {number}", "", f"/t{number}", Urgency.CALM) for number in range(9)]
    monkeypatch.setattr(todos, "_sources", {"x": lambda *_: rows})
    html = dashboard(client, editor).content.decode()
    assert html.count('href="/t') == AT_MOST == 7
    assert "semua=ya" in html
    assert dashboard(client, editor, "?semua=ya").content.decode().count('href="/t') == 9


def test_a_page_past_its_interval_is_to_be_reviewed(home: HomePage, editor: Any) -> None:
    long_ago = timezone.now() - dt.timedelta(days=200)
    late = add(home, StandardPage, "Maklumat", first_published_at=long_ago)
    soon = add(
        home,
        StandardPage,
        "Prosedur",
        first_published_at=long_ago,
        reviewed_at=timezone.now() - dt.timedelta(days=170),
    )
    add(home, StandardPage, "Baru")
    found = {todo.url: todo.urgency for todo in list_todos(editor, home.office, timezone.now())}
    review = "site_staff:review"
    assert found[reverse(review, args=[late.pk])] is Urgency.LATE
    assert found[reverse(review, args=[soon.pk])] is Urgency.SOON
    assert sum("/tinjau/" in url for url in found) == 2


def test_an_expired_announcement_asks_for_a_decision_for_a_month(
    home: HomePage, editor: Any
) -> None:
    index, today = index_of(home), timezone.localdate()
    fresh = add(index, AnnouncementPage, "Berlaku", valid_until=today)
    expired = add(index, AnnouncementPage, "Lewat", valid_until=today - dt.timedelta(days=1))
    old = add(index, AnnouncementPage, "Lama", valid_until=today - dt.timedelta(days=31))
    found = urls(editor, home.office)
    assert edit(expired) in found
    assert edit(fresh) not in found
    assert edit(old) not in found


def test_an_expired_headline_is_late(home: HomePage, editor: Any) -> None:
    day = timezone.localdate() - dt.timedelta(days=1)
    expired = add(index_of(home), AnnouncementPage, "Lewat", valid_until=day)
    HomePage.objects.filter(pk=home.pk).update(headline=expired)
    first = list_todos(editor, home.office, timezone.now())[0]
    assert (first.url, first.urgency) == (edit(home), Urgency.LATE)


def test_own_drafts_wait_for_their_writer_and_for_who_may_publish(
    home: HomePage, editor: Any
) -> None:
    reporter = make_person("budi@kpu.test", Role.REPORTER, office=home.office)
    other = make_person("ani@kpu.test", Role.EDITOR, office=home.office)
    draft = add(index_of(home), ArticlePage, "Draf", live=False, owner=reporter)
    draft.save_revision(user=reporter)
    own = add(index_of(home), ArticlePage, "Punya Ani", live=False, owner=other)
    own.save_revision(user=other)
    assert edit(draft) in urls(reporter, home.office)
    assert edit(own) not in urls(reporter, home.office)
    assert edit(draft) in urls(editor, home.office)
    assert edit(own) not in urls(editor, home.office)  # Ani can publish it herself
    assert edit(own) in urls(other, home.office)


def test_what_waits_elsewhere_is_no_unfinished_draft(
    home: HomePage, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_holders", {})
    reporter = make_person("budi@kpu.test", Role.REPORTER, office=home.office)
    page = add(index_of(home), ArticlePage, "Siap", live=False, owner=reporter)
    page.save_revision(user=reporter)
    assert edit(page) in urls(reporter, home.office)
    queries.register_holder(
        lambda office: BasePage.objects.filter(office=office, title="Siap").values("pk")
    )
    assert edit(page) not in urls(reporter, home.office)
    assert edit(page) not in urls(editor, home.office)


def test_a_schedule_that_failed_is_late_and_one_ahead_is_this_week(
    client: Any, home: HomePage, editor: Any
) -> None:
    now, index = timezone.now(), index_of(home)
    failed = add(index, ArticlePage, "Gagal", live=False)
    ahead = add(index, ArticlePage, "Nanti", live=False)
    for page, at in ((failed, now - dt.timedelta(hours=1)), (ahead, now + dt.timedelta(hours=1))):
        page.go_live_at = at
        revision = page.save_revision()
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=at)
    found = {todo.url: todo.urgency for todo in list_todos(editor, home.office, now)}
    assert found[edit(failed)] is Urgency.LATE
    assert edit(ahead) not in found
    assert f'<a href="{edit(ahead)}">Nanti</a>' in dashboard(client, editor).content.decode()


def test_a_photo_without_alternative_text_leads_to_its_form(home: HomePage, editor: Any) -> None:
    photo = Photo.objects.create(
        title="Rapat",
        file=SimpleUploadedFile("a.png", PIXEL, "image/png"),
        collection=collection_of(home.office),
    )
    form = reverse("wagtailimages:edit", args=[photo.pk])
    assert any(url.startswith(form) for url in urls(editor, home.office))
    Photo.objects.filter(pk=photo.pk).update(description="Orang duduk di meja")
    assert not any(url.startswith(form) for url in urls(editor, home.office))


def test_what_only_an_administrator_can_enter_is_told_to_administrators(
    home: HomePage, editor: Any
) -> None:
    admin = make_person("adm@kpu.test", Role.OFFICE_ADMIN, office=home.office)
    hours = reverse("offices:hours", args=["33.08"])
    assert hours in urls(admin, home.office)
    assert hours not in urls(editor, home.office)
    ServiceHours.objects.create(office=home.office, weekday=0, opens="08:00", closes="16:00")
    assert hours not in urls(admin, home.office)


def test_next_years_holidays_are_asked_of_the_nation_in_autumn(home: HomePage) -> None:
    admin = make_superuser()
    autumn = dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC)
    wanted = f"{reverse('offices:holidays')}?tahun=2027"
    assert wanted in urls(admin, home.office, autumn)
    assert wanted not in urls(admin, home.office, autumn - dt.timedelta(days=60))


def test_quick_buttons_open_the_forms_of_the_own_list(
    client: Any, home: HomePage, editor: Any
) -> None:
    html = dashboard(client, editor).content.decode()
    for kind in ("articlepage", "announcementpage"):
        url = reverse("wagtailadmin_pages:add", args=["site", kind, index_of(home).pk])
        assert f'href="{url}"' in html
        assert client.get(url).status_code == 200


def test_a_director_reads_and_finds_no_button(client: Any, home: HomePage) -> None:
    ensure_duties()
    director = make_person("d@kpu.test", Role.DIRECTOR, office=home.office)
    response = dashboard(client, director)
    html = response.content.decode()
    assert "backoffice-row__text" in html  # what is to do is shown
    assert "/pages/add/" not in html
    assert reverse("site_staff:create_duty", args=["33.08", "profil"]) not in html


def test_a_new_office_is_shown_its_first_steps_until_something_is_written(
    client: Any, home: HomePage
) -> None:
    admin = make_person("adm@kpu.test", Role.OFFICE_ADMIN, office=home.office)
    client = sign_in(client, admin)
    page = reverse("wagtailadmin_home")
    assert client.get(page).content.decode().count("backoffice-row__mark") == 3
    add(index_of(home), ArticlePage, "Kabar pertama")
    assert "backoffice-row__mark" not in client.get(page).content.decode()


def test_several_offices_are_a_switch_and_a_strange_one_is_not_shown(
    client: Any, home: HomePage, editor: Any
) -> None:
    second, third = make_office("33.74", "Kota Semarang"), make_office("33.09", "Boyolali")
    open_home(second)
    open_home(third)
    from zona.testing import give

    give(editor, Role.EDITOR, second)
    html = dashboard(client, editor, "?kantor=33.74").content.decode()
    assert '?kantor=33.74" aria-current="page"' in html
    assert "Boyolali" not in html
    html = dashboard(client, editor, "?kantor=33.09").content.decode()
    assert '?kantor=33.08" aria-current="page"' in html
    assert "Boyolali" not in html


def test_the_province_sees_below_who_needs_help_first(client: Any, home: HomePage) -> None:
    ensure_duties()
    province, silent = make_office("33"), make_office("33.74", "Kota Semarang")
    open_home(province)
    open_home(silent)
    add(index_of(home), ArticlePage, "Kabar")
    person = make_person("p@kpu.test", Role.EDITOR, office=province)
    html = dashboard(client, person).content.decode()
    assert html.index("Kota Semarang") < html.index("Kabupaten Magelang")
    # read, not changed: the office below is shown without a button
    html = dashboard(client, person, "?kantor=33.08").content.decode()
    assert "Kabupaten Magelang" in html
    assert "/pages/add/" not in html


def test_the_survey_counts_what_is_there(home: HomePage) -> None:
    ensure_duties()
    office, now = home.office, timezone.now()
    add(index_of(home), ArticlePage, "Kabar")
    add(index_of(home), ArticlePage, "Impor", source_id="x:1")  # not of the office's own
    add(home, StandardPage, "Basi", first_published_at=now - dt.timedelta(days=400))
    (row,) = survey([office], now).rows
    assert (row.recent, row.overdue, row.duties) == (1, 1, 1)  # the contact page fulfils one duty
    ServiceHours.objects.create(office=office, weekday=0, opens="08:00", closes="16:00")
    assert survey([office], now).rows[0].duties == 2  # and a second, with hours


def test_the_number_of_queries_does_not_grow_with_offices_and_items(
    client: Any, home: HomePage, django_assert_max_num_queries: Any
) -> None:
    ensure_duties()
    province = make_office("33")
    open_home(province)
    for number in (1, 2, 3, 4, 71, 72, 73):
        other = open_home(make_office(f"33.{number:02d}"))
        for title in ("Satu", "Dua", "Tiga"):
            add(index_of(other), ArticlePage, title)
            add(other, StandardPage, title)
    person = make_person("p@kpu.test", Role.EDITOR, office=province)
    client.force_login(person)
    client.get(reverse("wagtailadmin_home"))
    with django_assert_max_num_queries(29):
        client.get(reverse("wagtailadmin_home"))


def test_wagtails_panels_totals_and_foreign_help_are_gone(client: Any, editor: Any) -> None:
    html = dashboard(client, editor).content.decode()
    assert "- Zona</title>" in html
    assert "w-summary" not in html
    assert "guide.wagtail.org" not in html


def test_somebody_without_an_open_office_is_told_so(client: Any, home: HomePage) -> None:
    closed = make_office("33.05", "Kebumen")
    person = make_person("k@kpu.test", Role.EDITOR, office=closed)
    response = dashboard(client, person)
    assert "backoffice-empty" in response.content.decode()
    assert not list(get_messages(response.wsgi_request))


def test_the_desk_knows_what_each_role_may(home: HomePage, editor: Any) -> None:
    reporter = make_person("b@kpu.test", Role.REPORTER, office=home.office)
    director = make_person("d@kpu.test", Role.DIRECTOR, office=home.office)
    desks = [desk_of(person, home.office) for person in (editor, reporter, director)]
    assert [(d.may_add, d.may_publish, d.sees_all) for d in desks] == [
        (True, True, True),
        (True, False, False),
        (False, False, True),
    ]
