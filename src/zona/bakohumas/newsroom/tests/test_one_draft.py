"""One text, one draft: whatever the network does, in the writing screen and in Wagtail's editor."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from zona.bakohumas.agenda.tests.desk import make_event, take_part
from zona.bakohumas.newsroom.actions import keys, publishing, writing
from zona.bakohumas.newsroom.models import WritingKey
from zona.offices.models import Office, Role, User
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.models import ArticlePage, IndexPage

JSON = {"accept": "application/json"}
FIELDS = {
    "title": "KPU Magelang Ajak Siswa Kenali Pemilu",
    "lead": "KPU Kabupaten Magelang menemui 200 siswa, Kamis (21/8/2025).",
    "text": "Ketua KPU membuka acara.",
}


@pytest.fixture
def office(db: Any) -> Office:
    office = make_office("33.08", "Kabupaten Magelang")
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def writer(office: Office) -> User:
    return make_person("sri@kpu.test", Role.EDITOR, office=office)


def signed_in(person: User) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """What each job gave, each in a thread with a connection of its own."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        start.wait(timeout=30)
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def new_url() -> str:
    return reverse("newsroom_staff:write_new", args=["33.08"])


def form_of(client: Client, url: str) -> dict[str, Any]:
    """What stands in the hidden fields of the form that a browser was shown."""
    context = client.get(url).context
    return {name: context[name] for name in ("key", "sequence", "base")}


def text_of(page: ArticlePage) -> str:
    newest = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return str(newest.body.render_as_block())


# --- the writing screen --------------------------------------------------------------------------


def test_to_look_at_the_form_writes_nothing(office: Office, writer: User) -> None:
    client = signed_in(writer)
    first, second = form_of(client, new_url()), form_of(client, new_url())
    assert first["key"] != second["key"]
    assert not WritingKey.objects.exists()


@pytest.mark.django_db
def test_a_repeated_first_saving_goes_on_with_the_draft(office: Office, writer: User) -> None:
    client = signed_in(writer)
    form = FIELDS | form_of(client, new_url())
    for number, text in enumerate(("a", "ab", "abc")):  # the answers were lost on the way
        told = client.post(new_url(), form | {"sequence": number, "text": text}, headers=JSON)
        assert told.status_code == 200, told.content
    page = ArticlePage.objects.get()
    assert "abc" in text_of(page)


def test_an_older_writing_never_replaces_a_newer_one(office: Office, writer: User) -> None:
    client = signed_in(writer)
    form = FIELDS | form_of(client, new_url())
    client.post(new_url(), form | {"sequence": 5, "text": "baru"}, headers=JSON)
    late = client.post(new_url(), form | {"sequence": 4, "text": "lama"}, headers=JSON)
    assert late.status_code == 409
    assert "baru" in text_of(ArticlePage.objects.get())


@pytest.mark.parametrize("stage", ["live", "scheduled"])
def test_a_late_autosave_changes_nothing_that_is_out(
    office: Office, writer: User, stage: str
) -> None:
    client = signed_in(writer)
    form = FIELDS | form_of(client, new_url())
    told = client.post(new_url(), form, headers=JSON).json()
    page = ArticlePage.objects.get()
    moment = timezone.now() + timezone.timedelta(days=2) if stage == "scheduled" else None
    draft = writing.save(actor=writer, page=page, fields={"go_live_at": moment})
    publishing.publish_item(actor=writer, page=draft)
    before = keys.version_of(page)
    assert before.endswith(stage)
    for url in (new_url(), told["url"]):
        late = client.post(
            url, form | {"sequence": 9, "text": "terlambat", "base": told["base"]}, headers=JSON
        )
        assert late.status_code == 409
        word = {"live": "diterbitkan", "scheduled": "dijadwalkan"}[stage]
        assert word in str(late.json()["errors"])
    assert keys.version_of(page) == before
    assert ArticlePage.objects.count() == 1


def test_a_deleted_draft_does_not_rise_again(office: Office, writer: User) -> None:
    client = signed_in(writer)
    form = FIELDS | form_of(client, new_url())
    client.post(new_url(), form, headers=JSON)
    ArticlePage.objects.get().delete()
    late = client.post(new_url(), form | {"sequence": 2}, headers=JSON)
    assert late.status_code == 409
    assert not ArticlePage.objects.exists()


def test_another_window_of_the_same_person_is_not_written_over(
    office: Office, writer: User
) -> None:
    client = signed_in(writer)
    page = writing.begin(actor=writer, office=office, fields=FIELDS)
    url = reverse("newsroom_staff:write_item", args=[page.pk])
    phone, laptop = form_of(client, url), form_of(client, url)
    assert client.post(url, FIELDS | phone | {"text": "telepon"}, headers=JSON).status_code == 200
    refused = client.post(url, FIELDS | laptop | {"text": "laptop"}, headers=JSON)
    assert refused.status_code == 409
    again = client.post(url, FIELDS | phone | {"sequence": 1, "text": "telepon 2"}, headers=JSON)
    assert again.status_code == 200, "the same window needs no newer base"
    shown = client.post(url, FIELDS | laptop | {"text": "laptop"})
    assert shown.status_code == 409
    assert str(laptop["key"]) == shown.context["key"], "sent again it is refused again"
    assert "telepon 2" in text_of(page)


def test_two_forms_for_one_event_do_not_replace_each_other(office: Office, writer: User) -> None:
    client = signed_in(writer)
    url = reverse("newsroom_staff:write", args=[take_part(make_event(office)).pk])
    phone, laptop = form_of(client, url), form_of(client, url)
    assert client.post(url, FIELDS | phone | {"text": "satu"}, headers=JSON).status_code == 200
    page = ArticlePage.objects.get()
    assert client.post(url, FIELDS | laptop | {"text": "dua"}, headers=JSON).status_code == 409
    assert "satu" in text_of(page)
    assert ArticlePage.objects.count() == 1


def test_a_browser_asks_what_became_of_its_text(office: Office, writer: User) -> None:
    client = signed_in(writer)
    form = FIELDS | form_of(client, new_url())
    url = reverse("newsroom_staff:find_writing", args=[form["key"]])
    assert client.get(url).status_code == 404
    client.post(new_url(), form | {"sequence": 3}, headers=JSON)
    page = ArticlePage.objects.get()
    assert client.get(url).json() == {
        "url": reverse("newsroom_staff:write_item", args=[page.pk]), "page": page.pk, "sequence": 3,
    }  # fmt: skip
    other = signed_in(make_person("rina@kpu.test", Role.EDITOR, office=office))
    assert other.get(url).status_code == 404


def test_the_same_title_twice_asks(office: Office, writer: User) -> None:
    client = signed_in(writer)
    first = writing.begin(actor=writer, office=office, fields=FIELDS)
    form = FIELDS | {"title": FIELDS["title"].upper()} | form_of(client, new_url())
    told = client.post(new_url(), form, headers=JSON).json()
    assert [row["url"] for row in told["twins"]] == [
        reverse("newsroom_staff:write_item", args=[first.pk])
    ]
    asked = client.post(new_url(), form | {"sequence": 1, "tindakan": "terbitkan"})
    assert asked.status_code == 422
    assert FIELDS["title"] in asked.content.decode()
    assert not ArticlePage.objects.filter(live=True).exists()
    page = ArticlePage.objects.exclude(pk=first.pk).get()
    url = reverse("newsroom_staff:write_item", args=[page.pk])
    form = FIELDS | form_of(client, url) | {"same_title": "on", "tindakan": "terbitkan"}
    assert client.post(url, form).status_code == 302
    assert ArticlePage.objects.get(live=True).pk == page.pk


def test_another_title_after_the_question_makes_no_second_draft(
    office: Office, writer: User
) -> None:
    """The form that comes back has no script to tell it of its draft's own address."""
    client = signed_in(writer)
    first = writing.begin(actor=writer, office=office, fields=FIELDS)
    press = FIELDS | form_of(client, new_url()) | {"tindakan": "terbitkan"}
    asked = client.post(new_url(), press)
    assert asked.status_code == 422
    names = ("key", "sequence", "base")
    again = press | {"title": "Judul yang lain"} | {name: asked.context[name] for name in names}
    assert client.post(new_url(), again).status_code == 302
    page = ArticlePage.objects.exclude(pk=first.pk).get()
    assert (page.title, page.live) == ("Judul yang lain", True)


@pytest.mark.django_db(transaction=True)
def test_first_savings_at_once_meet_in_one_draft(office: Office, writer: User) -> None:
    clients = [signed_in(writer) for _ in range(4)]
    form = FIELDS | form_of(clients[0], new_url())

    def save(number: int) -> Any:
        return clients[number].post(new_url(), form | {"sequence": number}, headers=JSON)

    def send() -> Any:
        return clients[3].post(new_url(), form | {"sequence": 3, "tindakan": "terbitkan"})

    answers = together(lambda: save(0), lambda: save(1), lambda: save(2), send)
    assert {answer.status_code for answer in answers} <= {200, 302, 409}
    assert answers[3].status_code == 302
    page = ArticlePage.objects.get()
    assert (page.live, page.slug) == (True, "kpu-magelang-ajak-siswa-kenali-pemilu")


@pytest.mark.django_db(transaction=True)
def test_two_texts_with_one_title_at_once_have_two_addresses(office: Office, writer: User) -> None:
    clients = [signed_in(writer) for _ in range(3)]
    forms = [FIELDS | form_of(client, new_url()) for client in clients]
    jobs = [
        lambda client=client, form=form: client.post(new_url(), form, headers=JSON)
        for client, form in zip(clients, forms, strict=True)
    ]
    assert [answer.status_code for answer in together(*jobs)] == [200] * 3
    assert len(set(ArticlePage.objects.values_list("slug", flat=True))) == 3


# --- Wagtail's own editor ------------------------------------------------------------------------


def add_url(office: Office) -> str:
    index = IndexPage.objects.get(office=office)
    return reverse("wagtailadmin_pages:add", args=["site", "articlepage", index.pk])


def filled(**fields: Any) -> dict[str, Any]:
    """The form of an article as Wagtail's editor sends it."""
    data = {
        "title": FIELDS["title"], "slug": "kpu-magelang", "lead": FIELDS["lead"],
        "body": streamfield([("paragraph", rich_text("<p>Ketua KPU membuka acara.</p>"))]),
        "corrections": inline_formset([]), "comments": inline_formset([]), "freshness": "N",
        "zona-key": str(uuid.uuid4()),
    }  # fmt: skip
    return dict(nested_form_data(data)) | fields


def test_the_editors_form_carries_a_key(office: Office, writer: User) -> None:
    shown = signed_in(writer).get(add_url(office))
    assert f'name="zona-key" value="{shown.context["key"]}"' in shown.content.decode()


def test_saving_by_itself_and_by_hand_make_one_page(office: Office, writer: User) -> None:
    client, url, form = signed_in(writer), add_url(office), filled()
    for lead in ("satu", "dua"):
        told = client.post(url, form | {"lead": lead}, headers=JSON)
        assert told.status_code == 200, told.content
        assert "_w_hydrate_create_view" in told.json()["hydrate_url"]
    assert client.post(url, form | {"action-publish": "1"}).status_code == 302
    page = ArticlePage.objects.get()
    assert (page.live, page.lead, page.slug) == (True, FIELDS["lead"], "kpu-magelang")
    late = client.post(url, form | {"lead": "terlambat"}, headers=JSON)
    assert late.json()["error_code"] == "invalid_revision"
    page = ArticlePage.objects.get()
    assert (page.lead, page.has_unpublished_changes) == (FIELDS["lead"], False)


def test_a_form_left_open_does_not_replace_what_came_later(office: Office, writer: User) -> None:
    client, url, form = signed_in(writer), add_url(office), filled()
    client.post(url, form)
    page = ArticlePage.objects.get().get_latest_revision_as_object()
    writing.save(actor=writer, page=page, fields={"lead": "lebih baru"})
    shown = client.post(url, form | {"lead": "kembali"})
    assert shown.status_code == 200
    assert "kembali" in shown.content.decode()
    assert ArticlePage.objects.get().get_latest_revision_as_object().lead == "lebih baru"


@pytest.mark.django_db(transaction=True)
def test_the_editors_savings_at_once_meet_in_one_page(office: Office, writer: User) -> None:
    clients = [signed_in(writer) for _ in range(4)]
    url, form = add_url(office), filled()
    preview = reverse("wagtailadmin_pages:preview_on_add", args=url.strip("/").split("/")[-3:])
    answers = together(
        lambda: clients[0].post(url, form, headers=JSON),
        lambda: clients[1].post(url, form, headers=JSON),
        lambda: clients[2].post(preview, form),
        lambda: clients[3].post(url, form | {"action-publish": "1"}),
    )
    assert {answer.status_code for answer in answers} <= {200, 302, 400}
    assert answers[3].status_code == 302
    page = ArticlePage.objects.get()
    assert (page.live, page.slug) == (True, "kpu-magelang")


@pytest.mark.django_db(transaction=True)
def test_pages_of_two_people_with_one_title_at_once(office: Office, writer: User) -> None:
    people = [writer, make_person("rina@kpu.test", Role.EDITOR, office=office)]
    clients, url = [signed_in(person) for person in people], add_url(office)
    jobs = [lambda client=client: client.post(url, filled(), headers=JSON) for client in clients]
    assert [answer.status_code for answer in together(*jobs)] == [200, 200]
    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {
        "kpu-magelang", "kpu-magelang-2",
    }  # fmt: skip


def test_saving_by_itself_names_the_field_that_stands_in_the_way(
    office: Office, writer: User
) -> None:
    client, url = signed_in(writer), add_url(office)
    told = client.post(url, filled(title=""), headers=JSON)
    assert told.status_code == 400
    assert told.json()["error_code"] == "validation_error"
    assert "Judul" in told.json()["error_message"]
    assert not ArticlePage.objects.exists()
    assert not WritingKey.objects.exists()
