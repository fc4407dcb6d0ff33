import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zona.ground.journal.models import Entry
from zona.offices.models import Role, ServiceHours
from zona.testing import make_office, make_person, make_superuser, open_home, sign_in
from zona.website.site.actions.duties import CATALOGUE, ensure_duties, read_catalogue
from zona.website.site.models import ContactPage, HomePage, MandatoryPage, ProfilePage, StandardPage
from zona.website.site.staff.queries import State, check_duties

REQUIRED = {
    "profil", "struktur", "visi_misi", "pejabat", "sekretariat", "kontak", "jam_layanan",
    "maklumat", "prosedur_permohonan", "prosedur_keberatan", "biaya", "dip", "berkala",
    "serta_merta", "setiap_saat", "laporan_layanan", "sop", "faq", "aksesibilitas",
}  # fmt: skip


@pytest.fixture
def home(db: None) -> HomePage:
    home = open_home(make_office("33.08", "Kabupaten Magelang"))
    ensure_duties()
    return home


@pytest.fixture
def editor(home: HomePage) -> Any:
    return make_person("sri@kpu.test", Role.EDITOR, office=home.office)


def states(home: HomePage) -> dict[str, State]:
    return {row.duty.code: row.state for row in check_duties(home.office, timezone.now())}


def add(home: HomePage, kind: type[Any], title: str, **fields: Any) -> Any:
    page = kind(title=title, slug=title.lower(), first_published_at=timezone.now(), **fields)
    HomePage.objects.get(pk=home.pk).add_child(instance=page)
    return page


def test_every_delivered_row_is_complete_and_fits_its_column() -> None:
    rows = read_catalogue()
    assert {row["code"] for row in rows} >= REQUIRED
    assert len({row["code"] for row in rows}) == len(rows)
    assert json.loads(CATALOGUE.read_text("utf-8")) == list(rows)
    for row in rows:
        assert row["source"], row["code"]
        assert row["kind"] in {"standard", "profile", "contact"}
        for name in ("title", "purpose", "legal_base"):
            limit = MandatoryPage._meta.get_field(name).max_length
            assert 0 < len(row[name]) <= limit, (row["code"], name)


@pytest.mark.django_db
def test_a_second_load_adds_nothing_and_leaves_what_was_edited() -> None:
    assert ensure_duties(actor="zona serve") == len(read_catalogue())
    MandatoryPage.objects.filter(code="maklumat").update(review_days=30)
    MandatoryPage.objects.filter(code="faq").delete()
    assert ensure_duties() == 1
    assert ensure_duties() == 0
    assert MandatoryPage.objects.get(code="maklumat").review_days == 30
    assert Entry.objects.filter(verb="site.duties_added").count() == 2


@pytest.mark.django_db
def test_pages_that_were_there_before_the_list_are_counted() -> None:
    home = open_home(make_office("33.08"))
    ensure_duties()
    assert states(home)["kontak"] is State.THERE


def test_a_profile_page_fulfils_the_duty_of_its_part(home: HomePage) -> None:
    assert states(home)["struktur"] is State.MISSING
    page = add(home, ProfilePage, "Struktur", part="structure")
    assert states(home)["struktur"] is State.THERE
    # an editor's own choice is not overruled
    page.mandatory = MandatoryPage.objects.get(code="profil")
    page.save()
    assert states(home)["profil"] is State.THERE
    assert states(home)["struktur"] is State.MISSING


def test_the_contact_page_shows_the_hours_once_they_are_entered(home: HomePage) -> None:
    assert states(home)["jam_layanan"] is State.MISSING
    ServiceHours.objects.create(office=home.office, weekday=0, opens="08:00", closes="16:00")
    assert states(home)["jam_layanan"] is State.THERE


def test_a_draft_is_no_page_yet_and_an_old_one_asks_for_review(home: HomePage) -> None:
    duty = MandatoryPage.objects.get(code="maklumat")
    page = add(home, StandardPage, "Maklumat", mandatory=duty, live=False)
    assert states(home)["maklumat"] is State.MISSING
    long_ago = timezone.now() - dt.timedelta(days=400)
    StandardPage.objects.filter(pk=page.pk).update(live=True, first_published_at=long_ago)
    assert states(home)["maklumat"] is State.REVIEW


def test_a_duty_that_has_ended_or_not_begun_is_not_asked(home: HomePage) -> None:
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    MandatoryPage.objects.filter(code="faq").update(valid_until=today - day)
    MandatoryPage.objects.filter(code="sop").update(valid_from=today + day)
    assert not {"faq", "sop"} & states(home).keys()


def test_the_way_to_a_missing_page_is_a_form_already_filled(
    client: Client, home: HomePage, editor: Any
) -> None:
    client.force_login(editor)
    response = client.get(
        reverse("site_staff:create_duty", args=["33.08", "struktur"]), follow=True
    )
    form = response.context["form"]
    duty = MandatoryPage.objects.get(code="struktur")
    assert form["title"].value() == duty.title
    assert form["mandatory"].value() == duty.pk
    assert form["part"].value() == "structure"
    assert form["freshness"].value() == "R"
    assert form["review_days"].value() == duty.review_days


def test_the_way_to_a_page_with_a_draft_is_the_draft(
    client: Client, home: HomePage, editor: Any
) -> None:
    duty = MandatoryPage.objects.get(code="maklumat")
    draft = add(home, StandardPage, "Maklumat", mandatory=duty, live=False)
    client.force_login(editor)
    response = client.get(reverse("site_staff:create_duty", args=["33.08", "maklumat"]))
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = client.get(reverse("site_staff:create_duty", args=["33.08", "kontak"]))
    contact = ContactPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[contact.pk])


def test_the_screen_counts_honestly(client: Client, home: HomePage, editor: Any) -> None:
    client.force_login(editor)
    response = client.get(reverse("site_staff:duties", args=["33.08"]))
    html, total = response.content.decode(), len(read_catalogue())
    assert f'max="{total}" value="1"' in html
    assert html.count("/buat/") == total - 1
    assert html.count('<li class="backoffice-row') == total


def test_the_export_opens_in_a_spreadsheet(client: Client, home: HomePage, editor: Any) -> None:
    MandatoryPage.objects.filter(code="faq").update(title="=1+1")
    client.force_login(editor)
    response = client.get(reverse("site_staff:export_duties", args=["33.08"]))
    assert "halaman-wajib-33.08.csv" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + len(read_catalogue())
    by_title = {row[0]: row for row in rows}
    assert by_title["Kontak dan alamat"][1] == "ada"
    assert by_title["Kontak dan alamat"][4].startswith("http")
    assert by_title["Maklumat pelayanan"][1] == "belum ada"
    assert "'=1+1" in by_title  # a title is never a formula


def test_who_sees_and_who_creates(client: Client, home: HomePage) -> None:
    province, other = make_office("33"), make_office("33.74", "Kota Semarang")
    open_home(other)
    open_home(province)
    screen = reverse("site_staff:duties", args=["33.08"])
    export = reverse("site_staff:export_duties", args=["33.08"])
    create = reverse("site_staff:create_duty", args=["33.08", "maklumat"])
    may = [
        (make_person("d@kpu.test", Role.DIRECTOR, office=home.office), 200),
        (make_person("p@kpu.test", Role.EDITOR, office=province), 200),
        (make_person("l@kpu.test", Role.EDITOR, office=other), 404),
    ]
    for person, status in may:
        client.force_login(person)
        assert client.get(screen).status_code == status
        assert client.get(export).status_code == status
        assert client.get(create).status_code in (302, 403, 404)
        assert "/pages/add/" not in client.get(create).get("Location", "")
    client.logout()
    assert client.get(screen).status_code == 302


def test_only_the_nation_edits_the_list_and_nobody_deletes(client: Client, home: HomePage) -> None:
    duty = MandatoryPage.objects.get(code="faq")
    index = reverse("mandatory_pages:index")
    edit = reverse("mandatory_pages:edit", args=[duty.pk])
    delete = reverse("mandatory_pages:delete", args=[duty.pk])
    local = make_person("adm@kpu.test", Role.OFFICE_ADMIN, office=home.office)
    sign_in(client, local)
    for url in (index, edit, delete):
        assert client.get(url).status_code in (302, 403)
    national = make_person("ri@kpu.test", Role.OFFICE_ADMIN, office=make_office("00"))
    client = sign_in(Client(), national)
    assert client.get(index).status_code == 200
    fields = {
        name: getattr(duty, name) or ""
        for name in ("code", "title", "purpose", "legal_base", "review_days", "valid_from", "order")
    }
    assert client.post(edit, fields | {"title": "Tanya jawab"}).status_code == 302
    assert client.post(delete).status_code in (302, 403)
    duty.refresh_from_db()
    assert duty.title == "Tanya jawab"
    assert Entry.objects.filter(verb="site.duty_changed", target_id=str(duty.pk)).exists()
    assert sign_in(Client(), make_superuser()).get(index).status_code == 200
