"""The office and the two people whom most tests of this room are about."""

import pytest

from zona.offices.models import Role
from zona.testing import make_office, make_person


@pytest.fixture
def office():
    return make_office("33.08", region="Kabupaten Magelang")


@pytest.fixture
def editor(office):
    return make_person("editor@kpu.test", Role.EDITOR, office=office)


@pytest.fixture
def admin(office):
    return make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
