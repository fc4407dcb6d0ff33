"""The address of a reporter lies sealed in the database."""

from __future__ import annotations

import pytest
from django.db import connection

from zona.offices.models import Office
from zona.testing import make_office
from zona.website.feedback.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office("33.08")


def test_a_copy_of_the_database_tells_no_address(office: Office) -> None:
    given = Feedback.objects.create(
        office=office, kind="report", text="Salah ketik.", email="warga@contoh.id"
    )
    Feedback.objects.create(office=office, kind="report", text="Tanpa alamat.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM feedback_feedback WHERE id = %s", [given.pk])
        kept = bytes(cursor.fetchone()[0])
    assert b"warga" not in kept
    found = Feedback.objects.exclude(email="")
    assert [row.email for row in found] == ["warga@contoh.id"]
    assert found.update(email="") == 1
    assert not Feedback.objects.exclude(email="").exists()
