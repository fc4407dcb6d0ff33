from __future__ import annotations

import pytest
from django.urls import reverse

from zona.bakohumas.checker.models import CheckerSettings
from zona.bakohumas.newsroom.models import NewsroomSettings
from zona.ground.journal.models import Entry
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home, sign_in

pytestmark = pytest.mark.django_db


def test_the_administrator_settles_how_the_newsroom_works(client):
    office = make_office("33.08")
    open_home(office)
    editor = make_person("sri@kpu.test", Role.EDITOR, office=office)
    admin = make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
    url = reverse("newsroom_staff:settings", args=[office.code])
    sign_in(client, editor)
    assert client.get(url).status_code == 404
    sign_in(client, admin)
    given = {
        "approval_low": "editor", "approval_medium": "editor", "approval_high": "leader",
        "dateline": "Kota Mungkid", "title_length": 80, "weekly_target": 3,
        "blocking_rules": ["weekday_wrong", "privacy_nik"],
    }  # fmt: skip
    assert client.post(url, given | {"title_length": 5}).status_code == 422
    assert client.post(url, given).status_code == 302
    row = NewsroomSettings.objects.get(office=office)
    checks = CheckerSettings.objects.get(office=office)
    assert (row.approval_low, checks.blocking_rules) == ("editor", ["weekday_wrong", "privacy_nik"])
    assert Entry.objects.filter(verb="newsroom.settings_changed").count() == 1
