"""An invitation opened: the person sets a password, or signs in, and holds the role."""

import datetime as dt

import pytest
from django.urls import reverse

from zona.offices.actions.people import invite
from zona.offices.models import Role, User
from zona.offices.policies import today
from zona.offices.tests.test_sign_in import HOME, LOGIN
from zona.testing import PASSWORD

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=365)


def test_an_invited_person_sets_a_password_and_is_in(client, admin, office):
    _invitation, token = invite(
        actor=admin, office=office, email="budi@kpu.test", name="Budi", role=Role.EDITOR,
        decree="1/2026", starts_on=today(),
    )  # fmt: skip
    address = reverse("invitation", args=[token])
    assert "Budi" in client.get(address).content.decode()
    weak = client.post(address, {"name": "Budi", "password": "budi2026", "again": "budi2026"})
    assert weak.status_code == 200
    answer = client.post(address, {"name": "Budi S.", "password": PASSWORD, "again": PASSWORD})
    assert answer.url == HOME
    assert User.objects.get(email="budi@kpu.test").name == "Budi S."
    assert client.get(address).status_code == 410


def test_an_invited_person_with_an_account_signs_in_first(client, admin, editor, office):
    _invitation, token = invite(
        actor=admin, office=office, email=editor.email, name="E", role=Role.PPID,
        decree="1/2026", starts_on=today(),
    )  # fmt: skip
    address = reverse("invitation", args=[token])
    client.force_login(admin)
    client.post(address)
    assert not editor.roles.filter(role=Role.PPID).exists()
    client.logout()
    assert f"{LOGIN}?next={address}" in client.get(address).content.decode()
    client.force_login(editor)
    assert client.post(address).url == HOME
    assert editor.roles.filter(role=Role.PPID).exists()


def test_an_invitation_ends_with_the_rights_of_the_one_who_sent_it(client, admin, office):
    _invitation, token = invite(
        actor=admin, office=office, email="budi@kpu.test", name="Budi", role=Role.OFFICE_ADMIN,
        decree="1/2026", starts_on=today(),
    )  # fmt: skip
    admin.roles.update(ends_on=today() - dt.timedelta(days=1), starts_on=today() - YEAR)
    address = reverse("invitation", args=[token])
    assert client.get(address).status_code == 410
    client.post(address, {"name": "Budi", "password": PASSWORD, "again": PASSWORD})
    assert not User.objects.filter(email="budi@kpu.test").exists()
