import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zona.offices.models import Invitation, Role, RoleAssignment
from zona.offices.policies import today
from zona.testing import give, make_office, make_person, open_home, sign_in

pytestmark = pytest.mark.django_db
LIST = "/kantor/orang/33.08/"


@pytest.fixture
def office():
    return make_office("33.08", region="Magelang", is_open=True)


@pytest.fixture
def admin(office):
    return make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office, name="Siti")


@pytest.fixture
def own(admin):
    return sign_in(Client(), admin)


def text(answer):
    return answer.content.decode()


def test_one_office_is_opened_at_once(own):
    assert own.get("/kantor/orang/").url == LIST


def test_several_offices_are_offered(own, admin):
    give(admin, Role.EDITOR, make_office("33.74", region="Semarang", is_open=True))
    page = text(own.get("/kantor/orang/"))
    assert "Magelang" in page
    assert "Semarang" in page


def test_the_list_shows_roles_with_decree_and_dates(own, office):
    budi = make_person("budi@kpu.test", Role.EDITOR, office=office, name="Budi")
    give(budi, Role.PPID, office, decree="77/2026", starts_on=today() + dt.timedelta(days=9))
    former = make_person("dulu@kpu.test", name="Dulu")
    give(former, Role.CHAIR, office, ends_on=today() - dt.timedelta(days=1))
    page = text(own.get(LIST))
    for words in ("Budi", "budi@kpu.test", "Editor", "PPID", "77/2026", "Dulu"):
        assert words in page


def test_an_invitation_is_sent_and_its_link_shown_once(own, office):
    answer = own.post(
        f"{LIST}undang/",
        {"name": "Dewi", "email": "dewi@kpu.test", "role": Role.REPORTER, "decree": "9/2026",
         "starts_on": today().isoformat()},
        follow=True,
    )  # fmt: skip
    letter = mail.outbox[0]
    assert letter.to == ["dewi@kpu.test"]
    link = next(word for word in letter.body.split() if "/akun/undangan/" in word)
    assert link in text(answer)
    page = text(own.get(LIST))
    assert link not in page
    assert "Dewi" in page
    assert Client().get(link.partition("testserver")[2]).status_code == 200


def test_an_unreachable_mail_server_does_not_lose_the_invitation(own, office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # the discard port: nobody answers
    answer = own.post(
        f"{LIST}undang/",
        {"name": "Dewi", "email": "dewi@kpu.test", "role": Role.REPORTER, "decree": "9/2026",
         "starts_on": today().isoformat()},
        follow=True,
    )  # fmt: skip
    assert Invitation.objects.get().email == "dewi@kpu.test"
    assert "/akun/undangan/" in text(answer)


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(own, office, admin):
    answer = own.post(
        f"{LIST}undang/",
        {"name": "Dewi", "email": admin.email, "role": Role.OFFICE_ADMIN, "decree": "9/2026",
         "starts_on": today().isoformat()},
    )  # fmt: skip
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"role"}
    assert 'value="Dewi"' in text(answer)


def test_an_invitation_is_withdrawn(own, office):
    own.post(
        f"{LIST}undang/",
        {"name": "Dewi", "email": "dewi@kpu.test", "role": Role.REPORTER, "decree": "9/2026",
         "starts_on": today().isoformat()},
    )  # fmt: skip
    invitation = Invitation.objects.get()
    answer = own.post(f"{LIST}undangan/{invitation.pk}/tarik/")
    assert answer.url == LIST
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    page = own.get(LIST)  # what was withdrawn is said once,
    page = own.get(LIST)  # then nothing is left of it
    assert list(page.context["invitations"]) == []


def test_a_role_is_given_and_ended_in_one_form_each(own, office):
    budi = make_person("budi@kpu.test", Role.EDITOR, office=office)
    page = own.get(f"{LIST}peran/", {"person": budi.pk})
    assert page.context["form"].initial["person"] == str(budi.pk)
    own.post(
        f"{LIST}peran/",
        {
            "person": budi.pk,
            "role": Role.PPID,
            "decree": "5/2026",
            "starts_on": today().isoformat(),
        },
    )
    role = RoleAssignment.objects.get(user=budi, role=Role.PPID)
    own.post(
        f"{LIST}peran/{role.pk}/akhiri/", {"last_day": today().isoformat(), "reason": "Mutasi"}
    )
    role.refresh_from_db()
    assert role.ends_on == today()


def test_covering_cannot_be_smuggled_in(own, office):
    budi = make_person("budi@kpu.test", Role.EDITOR, office=office)
    own.post(
        f"{LIST}peran/",
        {"person": budi.pk, "role": Role.PPID, "decree": "5/2026", "covers_below": "on",
         "is_superuser": "on", "starts_on": today().isoformat()},
    )  # fmt: skip
    role = RoleAssignment.objects.get(user=budi, role=Role.PPID)
    assert not role.covers_below
    budi.refresh_from_db()
    assert not budi.is_superuser


def test_the_last_administrator_is_told_what_to_do(own, admin):
    role = admin.roles.get()
    answer = own.post(f"{LIST}peran/{role.pk}/akhiri/", {"last_day": today().isoformat()})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize("path", ["", "undang/", "peran/", "peran/{role}/akhiri/"])
def test_people_of_other_offices_find_nothing(office, admin, path):
    stranger = make_person("b@kpu.test", Role.OFFICE_ADMIN, office=make_office("33.74"))
    answer = sign_in(Client(), stranger).get(LIST + path.format(role=admin.roles.get().pk))
    assert answer.status_code == 404


def test_colleagues_read_and_do_not_change(office, admin):
    editor = make_person("e@kpu.test", Role.EDITOR, office=office)
    client = sign_in(Client(), editor)
    page = client.get(LIST)
    assert page.status_code == 200
    assert "undang/" not in text(page)
    assert client.get(f"{LIST}undang/").status_code == 404


def test_the_level_above_reads_people_and_last_publication(office, admin):
    home = open_home(office)
    reader = make_person("p@kpu.test", Role.DIRECTOR, office=make_office("33"))
    client = sign_in(Client(), reader)
    page = text(client.get(reverse("site_staff:own_offices_below"), follow=True))
    assert "Magelang" in page
    assert LIST in page
    assert "Siti" in text(client.get(LIST))
    assert client.get(f"{LIST}undang/").status_code == 404
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 302
    below = sign_in(Client(), admin)
    assert below.get(reverse("site_staff:own_offices_below")).status_code == 302
    assert below.get(reverse("site_staff:offices_below", args=["33"])).status_code == 404


def test_the_overview_takes_as_many_queries_for_many_offices_as_for_one():
    reader = make_person("p@kpu.test", Role.DIRECTOR, office=make_office("33"))
    client = sign_in(Client(), reader)
    address, counts = reverse("site_staff:offices_below", args=["33"]), []
    for number in range(1, 9):
        office = make_office(f"33.0{number}", is_open=True)
        make_person(f"orang{number}@kpu.test", Role.EDITOR, office=office)
        if number in (1, 8):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[0] == counts[1]
