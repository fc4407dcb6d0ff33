import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from zona.offices import policies
from zona.offices.models import Office, Role, User
from zona.offices.policies import today
from zona.testing import give, make_office, make_person, make_superuser

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def tree():
    return [make_office(code) for code in ("00", "33", "33.08", "33.74", "34", "34.01")]


def codes(offices):
    return sorted(offices.values_list("code", flat=True))


def test_a_role_holds_in_its_own_office_only(tree):
    person = make_person("x@kpu.test", Role.OFFICE_ADMIN, office=make_office("33"))
    assert codes(policies.administered_offices(person)) == ["33"]
    assert policies.may_administer(person, make_office("33"))
    assert not policies.may_administer(person, make_office("33.08"))


def test_a_covering_role_holds_below_and_not_beside(tree):
    person = make_person(
        "x@kpu.test", Role.OFFICE_ADMIN, office=make_office("33"), covers_below=True
    )
    assert codes(policies.administered_offices(person)) == ["33", "33.08", "33.74"]
    assert policies.roles_of(person, make_office("33.08")) == {Role.OFFICE_ADMIN}
    assert not policies.may_administer(person, make_office("34.01"))
    assert not policies.may_administer(person, make_office("00"))


def test_the_national_level_covers_everything(tree):
    person = make_person("x@kpu.test", Role.EDITOR, office=make_office("00"), covers_below=True)
    assert codes(policies.offices_where(person, Role.EDITOR)) == sorted(o.code for o in tree)
    assert codes(policies.offices_where(person, Role.PPID)) == []


def test_the_level_above_sees_what_lies_below(tree):
    province = make_person("p@kpu.test", Role.DIRECTOR, office=make_office("33"))
    assert codes(policies.visible_offices(province)) == ["33", "33.08", "33.74"]
    regency = make_person("k@kpu.test", Role.OFFICE_ADMIN, office=make_office("33.08"))
    assert codes(policies.visible_offices(regency)) == ["33.08"]


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(-1, None, True), (0, 0, True), (-2, -1, False), (1, None, False), (-5, 5, True)],
)
def test_a_role_holds_from_its_first_to_its_last_day(tree, starts, ends, holds):
    person, office = make_person("x@kpu.test"), make_office("33.08")
    give(
        person, Role.OFFICE_ADMIN, office, starts_on=today() + starts * DAY,
        ends_on=None if ends is None else today() + ends * DAY,
    )  # fmt: skip
    assert policies.may_administer(person, office) is holds
    assert policies.administered_offices(person).exists() is holds
    assert policies.is_administrator(person) is holds


def test_a_closed_account_and_a_visitor_may_nothing(tree):
    person = make_person("x@kpu.test", Role.OFFICE_ADMIN, office=make_office("33.08"))
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.refresh_from_db()
    closed_superuser = make_superuser(is_active=False)
    for actor in (person, closed_superuser, AnonymousUser()):
        assert not policies.may_administer(actor, make_office("33.08"))
        assert not policies.visible_offices(actor).exists()
        assert not policies.may_edit_national(actor)
        assert not policies.has_place(actor)


def test_a_superuser_may_everything(tree):
    actor = make_superuser()
    assert policies.administered_offices(actor).count() == Office.objects.count()
    assert policies.may_administer(actor, make_office("34.01"))
    assert policies.may_edit_national(actor)


def test_the_question_and_the_queryset_agree(tree):
    people = [
        make_person(f"{role}@kpu.test", role, office=office, covers_below=covers)
        for role, office, covers in (
            (Role.OFFICE_ADMIN, tree[0], True),
            (Role.EDITOR, tree[0], False),
            (Role.PPID, tree[1], True),
            (Role.CHAIR, tree[2], False),
        )
    ]
    for person in people:
        for office in tree:
            listed = policies.administered_offices(person).filter(pk=office.pk).exists()
            assert policies.may_administer(person, office) is listed


def test_national_things_are_edited_by_the_national_administrator_only(tree):
    national = make_person("n@kpu.test", Role.OFFICE_ADMIN, office=make_office("00"))
    editor = make_person("e@kpu.test", Role.EDITOR, office=make_office("00"))
    regional = make_person(
        "r@kpu.test", Role.OFFICE_ADMIN, office=make_office("33"), covers_below=True
    )
    assert policies.may_edit_national(national)
    assert not policies.may_edit_national(editor)
    assert not policies.may_edit_national(regional)
