"""Files go with the rows that named them, whatever dies in between."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from zona.ground.outbox.letting_go import let_go, remove_file
from zona.offices.models import Office
from zona.testing import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Any, tmp_path: Any) -> Office:
    settings.MEDIA_ROOT = tmp_path
    office = make_office("33.08")
    office.logo.save("lama.png", ContentFile(b"x"))
    return office


def test_a_file_goes_once_its_row_has_let_go(
    office: Office, django_capture_on_commit_callbacks: Any
) -> None:
    storage, name = office.logo.storage, office.logo.name
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        Office.objects.update(logo="")
        let_go(Office, "logo", name)
    assert not storage.exists(name)


def test_a_file_that_a_row_names_stays(office: Office) -> None:
    assert not remove_file("offices.Office", "logo", office.logo.name)
    assert office.logo.storage.exists(office.logo.name)


def test_nothing_is_let_go_of_in_vain(office: Office) -> None:
    let_go(Office, "logo", "")
    assert office.logo.storage.exists(office.logo.name)
