"""Which duties stand where: one's own and the fresh ones first, those long late folded away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zona.bakohumas.agenda.models import Assignment, Form
from zona.bakohumas.agenda.tests.desk import make_event, take_part
from zona.bakohumas.newsroom.staff.todos.duties import AT_MOST, duties_of_coverage
from zona.offices.models import Office, Role
from zona.testing import make_office, make_person, open_home, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    office = make_office("33.08", "Kabupaten Magelang")
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def editor(office: Office) -> Any:
    return make_person("sri@kpu.test", Role.EDITOR, office=office)


def owe(office: Office, title: str, days: float, person: Any = None) -> Assignment:
    """One duty, due so many days from now."""
    part = take_part(make_event(office, title=title))
    part.assignments.all().delete()
    due = timezone.now() + dt.timedelta(days=days)
    return Assignment.objects.create(
        participation=part, office=office, form=Form.TEXT, person=person, due_at=due
    )


def test_late_duties_do_not_hide_those_of_today(office: Office, editor: Any) -> None:
    for day in range(1, AT_MOST + 4):
        owe(office, f"Terlambat {day}", -day)
    owe(office, "Hari ini", 0.5)
    owe(office, "Milik sendiri", -9, editor)
    owe(office, "Terlalu lama", -15)
    said = [todo.title for todo in duties_of_coverage(editor, office, timezone.now())]
    assert len(said) == AT_MOST
    assert "Milik sendiri" in said[0]
    assert "Hari ini" in said[1]
    assert not any("Terlalu lama" in title for title in said)


def test_what_is_long_late_is_folded_on_the_list(
    office: Office, editor: Any, client: Client
) -> None:
    owe(office, "Terlalu lama", -15)
    owe(office, "Baru", -1)
    mine = owe(office, "Milik sendiri", -40, editor)
    sign_in(client, editor)
    response: Any = client.get(reverse("agenda_staff:tasks", args=[office.code]))
    context = response.context_data
    assert [row.participation.event.title for row in context["free"]] == ["Baru"]
    assert [row.participation.event.title for row in context["old"]] == ["Terlalu lama"]
    assert context["mine"] == [mine]
