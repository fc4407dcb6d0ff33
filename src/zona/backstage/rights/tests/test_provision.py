import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Collection, GroupPagePermission, Site

from zona.backstage.rights.grants import collection_of, directory_of
from zona.backstage.rights.provision import (
    find_drift,
    provision,
    provision_all,
    provision_changed_today,
)
from zona.offices.models import Role
from zona.offices.policies import today
from zona.testing import give, make_office, make_person, open_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office("33.08")


@pytest.fixture
def home(office):
    return open_home(office)


def rights(person, page):
    return page.permissions_for_user(type(person).objects.get(pk=person.pk))


def test_an_editor_publishes_in_the_own_office_only(office, home):
    other = open_home(make_office("33.74"))
    editor = make_person("e@kpu.test", Role.EDITOR, office=office)
    assert rights(editor, home).can_publish()
    assert not rights(editor, other).can_edit()
    assert not rights(editor, home.get_parent()).can_edit()


def test_a_reporter_adds_but_does_not_publish(office, home):
    reporter = make_person("r@kpu.test", Role.REPORTER, office=office)
    assert rights(reporter, home).can_add_subpage()
    assert not rights(reporter, home).can_publish()
    assert not rights(reporter, home).can_edit()


def test_a_director_enters_and_changes_nothing(office, home):
    director = make_person("d@kpu.test", Role.DIRECTOR, office=office)
    assert director.has_perm("wagtailadmin.access_admin")
    assert not rights(director, home).can_edit()
    assert not rights(director, home).can_add_subpage()


def test_nobody_gets_wagtails_own_administration(office, home):
    admin = make_person("a@kpu.test", Role.OFFICE_ADMIN, office=office)
    assert admin.get_all_permissions() == {"wagtailadmin.access_admin"}


def test_a_province_does_not_change_what_lies_below(home):
    province = make_office("33")
    open_home(province)
    admin = make_person("p@kpu.test", Role.OFFICE_ADMIN, office=province)
    assert not rights(admin, home).can_edit()


def test_covering_roles_are_one_row_on_the_directory(home):
    province = make_office("33")
    admin = make_person("p@kpu.test", Role.OFFICE_ADMIN, office=province, covers_below=True)
    assert rights(admin, home).can_publish()
    rows = GroupPagePermission.objects.filter(
        group__user=admin, permission__codename__startswith="add"
    )
    assert [row.page_id for row in rows] == [directory_of(province).pk]


def test_a_covering_role_given_before_the_first_home_reaches_it():
    province = make_office("33")
    admin = make_person("p@kpu.test", Role.EDITOR, office=province, covers_below=True)
    home = open_home(make_office("33.08"))
    assert rights(admin, home).can_publish()


def test_a_second_run_changes_nothing(office, home):
    make_person("e@kpu.test", Role.EDITOR, Role.REPORTER, office=office)
    before = Group.objects.count(), Collection.objects.count(), Site.objects.count()
    assert provision(office) is False
    assert provision_all() == 0
    assert (Group.objects.count(), Collection.objects.count(), Site.objects.count()) == before


def test_an_ended_role_takes_its_rights_away(office, home):
    editor = make_person("e@kpu.test", Role.EDITOR, office=office)
    editor.roles.update(ends_on=today() - dt.timedelta(days=1))
    assert find_drift(office)
    assert provision_changed_today() == 1
    assert not rights(editor, home).can_edit()
    assert not Group.objects.filter(name__startswith="33.08 ").exists()


def test_a_role_that_starts_today_is_provisioned_by_the_daily_run(office, home):
    person = make_person("n@kpu.test")
    given = give(person, Role.EDITOR, office, starts_on=today() + dt.timedelta(days=1))
    assert not rights(person, home).can_edit()
    given.starts_on = today()
    given.save()
    assert provision_changed_today() == 1
    assert rights(person, home).can_edit()


def test_drift_is_named_and_mended(office, home, capsys):
    editor = make_person("e@kpu.test", Role.EDITOR, office=office)
    stranger = make_person("s@kpu.test")
    group = Group.objects.get(user=editor)
    assert find_drift(office) == []
    group.user_set.add(stranger)
    group.permissions.add(
        Permission.objects.get(codename="add_user", content_type__app_label="offices")
    )
    group.page_permissions.first().delete()
    assert len(find_drift(office)) == 3
    call_command("provision", "33.08")
    assert "disesuaikan" in capsys.readouterr().out
    assert find_drift(office) == []
    assert not stranger.groups.exists()


def test_folders_lie_side_by_side_below_the_province(office, home):
    province = make_office("33")
    open_home(province)
    own, provincial = collection_of(office), collection_of(province)
    assert own.get_parent() == provincial.get_parent()
    assert not own.is_descendant_of(provincial)


def test_pictures_of_another_office_are_not_offered(office, home):
    from wagtail.permissions import policy_registry

    from zona.website.site.models import Photo

    open_home(make_office("33.74"))
    editor = make_person("e@kpu.test", Role.EDITOR, office=office)
    policy = policy_registry.get_by_type(Photo)
    folders = policy.collections_user_has_permission_for(editor, "choose")
    assert list(folders) == [collection_of(office)]


def test_a_host_of_its_own_makes_a_site_and_its_end_takes_it_away(office, home):
    office.host = "kab.kpu.test"
    office.save()
    assert provision(office)
    site = Site.objects.get(hostname="kab.kpu.test")
    assert site.root_page_id == home.pk
    office.host = ""
    office.save()
    assert find_drift(office)
    provision(office)
    assert not Site.objects.filter(hostname="kab.kpu.test").exists()
    assert Site.objects.filter(is_default_site=True).exists()


@pytest.mark.parametrize("worker_runs", [False, True])
def test_rights_end_at_midnight_also_in_an_open_session(
    client, office, home, monkeypatch, worker_runs
):
    """The minute before and the minute after, by the clock of the installation."""
    editor = make_person("e@kpu.test", Role.EDITOR, office=office)
    make_person("lain@kpu.test", Role.EDITOR, office=office)
    last = today()
    editor.roles.update(ends_on=last)
    address = f"/kantor/pages/{home.pk}/edit/"

    def at(day: dt.date, clock: dt.time) -> None:
        moment = dt.datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(last, dt.time(23, 59))
    client.force_login(editor)
    assert client.get(address).status_code == 200
    at(last + dt.timedelta(days=1), dt.time(0, 0))
    if worker_runs:
        provision_changed_today()
    for answer in (client.get(address), client.get("/kantor/"), client.post(address, {"a": "b"})):
        assert answer.status_code == 403
    assert find_drift(office) == []
