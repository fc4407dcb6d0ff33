"""The checker on its way to people: the address it answers at, the gate, what it caught."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from zona.bakohumas.agenda.models import Coverage, Event, EventKind, Participation
from zona.bakohumas.checker.checking import check_page
from zona.bakohumas.checker.drafting import draft_of_page, texts_of_html
from zona.bakohumas.checker.gate import BLOCKABLE, ask_gate
from zona.bakohumas.checker.models import CheckerCatch, CheckerSettings
from zona.ground.journal.models import Entry
from zona.offices.models import Office, Role
from zona.testing import give, make_office, make_person, open_home, sign_in
from zona.website.site.models import ArticlePage, IndexPage

pytestmark = pytest.mark.django_db
WRONG = "KPU rapat di aula, Rabu (21/8/2025)."
RIGHT = "KPU rapat di aula, Kamis (21/8/2025)."


@pytest.fixture
def office() -> Office:
    office = make_office()
    open_home(office)
    return office


@pytest.fixture
def index(office: Office) -> IndexPage:
    found: IndexPage = IndexPage.objects.get(office=office)
    return found


def make_article(index: IndexPage, **fields: Any) -> ArticlePage:
    page = ArticlePage(**({"title": "Rapat", "lead": WRONG, "live": False} | fields))
    index.add_child(instance=page)
    page.save_revision()
    return page


def ask(client: Client, office: Office, accept: str = "application/json", **data: str) -> Any:
    url = reverse("checker:check", args=[office.code])
    return client.post(url, data, headers={"accept": accept})


def test_findings_on_what_is_typed(client: Client, office: Office) -> None:
    sign_in(client, make_person("a@kpu.test", Role.REPORTER, office=office))
    text = "Isi pertama.\r\n\r\nRapat Rabu (21/8/2025) di aula."
    answer = ask(client, office, title="Rapat", lead="KPU rapat.", text=text)
    (found,) = (row for row in answer.json()["findings"] if row["code"] == "weekday_wrong")
    plain = text.replace("\r\n", "\n")
    assert plain[found["start"] : found["end"]] == found["excerpt"] == "Rabu (21/8/2025)"
    assert found["suggestion"] == "Kamis (21/8/2025)"
    assert "Kamis" in found["what"]
    part = ask(client, office, "text/html", lead=WRONG)
    assert "Kamis (21/8/2025)" in part.content.decode()
    assert not ArticlePage.objects.exists()
    assert "no-store" in answer.headers["Cache-Control"]


def test_only_for_those_who_write_there(client: Client, office: Office) -> None:
    other = make_office("33.74")
    open_home(other)
    assert ask(client, office, lead=WRONG).status_code == 302
    sign_in(client, make_person("b@kpu.test", Role.EDITOR, office=other))
    assert ask(client, office, lead=WRONG).status_code == 404
    assert ask(client, other, lead=WRONG).status_code == 200
    client.logout()
    sign_in(client, make_person("c@kpu.test", Role.DIRECTOR, office=office))
    assert ask(client, office, lead=WRONG).status_code == 404


def test_a_page_of_another_office_is_none(client: Client, office: Office, index: IndexPage) -> None:
    page = make_article(index)
    other = make_office("33.74")
    open_home(other)
    both = make_person("b@kpu.test", Role.EDITOR, office=other)
    sign_in(client, both)
    assert ask(client, other, lead=WRONG, page=str(page.pk)).status_code == 404
    give(both, Role.EDITOR, office)
    assert ask(client, other, lead=WRONG, page=str(page.pk)).status_code == 404
    assert ask(client, office, lead=WRONG, page=str(page.pk)).status_code == 200


def test_a_page_as_a_draft(index: IndexPage) -> None:
    body = [
        ("paragraph", "<p>Satu <b>dua</b>.</p><ul><li>Poin</li></ul>"),
        ("heading", "Judul bagian"),
        ("quote", {"text": "Kutipan", "speaker": "Ketua"}),
    ]
    page = make_article(index, body=body, place="Aula", activity_date=dt.date(2025, 8, 21))
    draft = draft_of_page(page)
    assert draft.paragraphs == ("Satu dua.", "Poin", "Judul bagian", "Kutipan")
    assert (draft.kind, draft.place) == ("article", "Aula")
    assert texts_of_html("<p>a<br/>b</p>") == ["a\nb"]


def test_second_items_on_one_event(office: Office, index: IndexPage) -> None:
    day = dt.datetime(2025, 8, 21, 9, tzinfo=office.tz)
    kind = EventKind.objects.first() or EventKind.objects.create(
        code="rapat", name="Rapat", group="Rapat", valid_from=dt.date(2025, 1, 1)
    )
    event = Event.objects.create(
        office=office, kind=kind, title="Rakor", starts_at=day, ends_at=day + dt.timedelta(hours=2)
    )
    part, _new = Participation.objects.get_or_create(
        event=event, office=office, defaults={"is_host": True}
    )
    first, second = make_article(index, title="Satu"), make_article(index, title="Dua")
    for page in (first, second):
        Coverage.objects.create(participation=part, page=page)
    draft = draft_of_page(second)
    assert [row.title for row in draft.siblings] == ["Satu"]
    assert draft.event
    assert draft.event.first == dt.date(2025, 8, 21)
    alone = make_article(index, title="KPU Terima Mahasiswa Magang", activity_date=day.date())
    like = make_article(
        index, title="KPU Kembali Terima Mahasiswa Magang", activity_date=day.date()
    )
    assert [row.title for row in draft_of_page(like).siblings] == [alone.title]


# --- the gate ----------------------------------------------------------------------------------


def block(office: Office, *codes: str) -> None:
    CheckerSettings.objects.create(office=office, blocking_rules=list(codes))


def form_of(page: ArticlePage, **fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "lead": page.lead,
            "body": streamfield([("paragraph", rich_text("<p>Isi berita.</p>"))]),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
            "freshness": "N",
            "action-publish": "1",
        }
        | fields
    )
    return data


def test_nothing_blocks_by_default(office: Office, index: IndexPage) -> None:
    page = make_article(index)
    assert check_page(page).grave
    assert ask_gate(page).blocked == []
    assert not Entry.objects.filter(verb="checker.check_overridden").exists()
    assert "weekday_wrong" in BLOCKABLE


def test_the_editor_holds_back_and_lets_through_with_a_reason(
    client: Client, office: Office, index: IndexPage
) -> None:
    block(office, "weekday_wrong")
    page = make_article(index)
    sign_in(client, make_person("a@kpu.test", Role.EDITOR, office=office))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    held = client.post(url, form_of(page))
    assert held.url == f"{url}#naskah"
    page.refresh_from_db()
    assert not page.live
    shown = client.get(url).content.decode()
    assert 'name="alasan-weekday_wrong"' in shown
    client.post(url, form_of(page, **{"alasan-weekday_wrong": "pendek"}))
    page.refresh_from_db()
    assert not page.live
    reason = "Tanggal undangan memang tertulis begitu."
    client.post(url, form_of(page, **{"alasan-weekday_wrong": reason}))
    page.refresh_from_db()
    assert page.live
    entry = Entry.objects.get(verb="checker.check_overridden")
    assert entry.reason == reason
    assert entry.changes == {"rules": [[], ["weekday_wrong"]]}
    assert "21/8" not in str(entry.__dict__)


def test_several_at_once_are_held_back_too(
    client: Client, office: Office, index: IndexPage
) -> None:
    block(office, "weekday_wrong")
    wrong, right = make_article(index), make_article(index, title="Lain", lead=RIGHT)
    sign_in(client, make_person("a@kpu.test", Role.EDITOR, office=office))
    url = reverse("wagtail_bulk_action", args=["site", "basepage", "publish"])
    client.post(f"{url}?id={wrong.pk}&id={right.pk}")
    assert not ArticlePage.objects.filter(live=True).exists()
    client.post(f"{url}?id={right.pk}")
    assert ArticlePage.objects.filter(live=True).count() == 1


def test_new_items_have_the_panel_and_the_gate(
    client: Client, office: Office, index: IndexPage
) -> None:
    block(office, "weekday_wrong")
    sign_in(client, make_person("a@kpu.test", Role.EDITOR, office=office))
    url = reverse("wagtailadmin_pages:add", args=["site", "articlepage", index.pk])
    assert 'data-side-panel="naskah"' in client.get(url).content.decode()
    blank = ArticlePage(title="Baru", slug="baru", lead=WRONG)
    client.post(url, form_of(blank))
    assert not ArticlePage.objects.get().live
    home = reverse("wagtailadmin_pages:edit", args=[index.get_parent().pk])
    assert 'data-side-panel="naskah"' not in client.get(home).content.decode()


def test_faults_mended_before_the_first_publication_are_counted(
    index: IndexPage, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_article(index)
    page.lead = RIGHT
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    (row,) = CheckerCatch.objects.all()
    assert (row.rule, row.count, row.office) == ("weekday_wrong", 1, page.office)
    page = ArticlePage.objects.get()
    page.lead = WRONG
    page.save_revision()
    page.lead = RIGHT
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()  # it was public before: nothing is counted again
    assert CheckerCatch.objects.get().count == 1
    with django_capture_on_commit_callbacks(execute=True):
        make_article(index, title="Lain").save_revision().publish()  # with its fault
    assert CheckerCatch.objects.get().count == 1
