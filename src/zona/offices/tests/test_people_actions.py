import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from zona.ground.journal.models import Entry
from zona.offices.actions.people import (
    accept_invitation,
    end_role,
    give_role,
    invite,
    withdraw_invitation,
)
from zona.offices.models import Invitation, Role, RoleAssignment, User
from zona.offices.policies import roles_of, today
from zona.offices.signals import roles_changed
from zona.testing import PASSWORD, give, make_office, make_person, make_superuser

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def office():
    return make_office("33.08")


@pytest.fixture
def admin(office):
    return make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)


def invite_budi(actor, office, **fields):
    given = {
        "email": "Budi@KPU.test ",
        "name": "Budi",
        "role": Role.EDITOR,
        "decree": "12/2026",
        "starts_on": today(),
    }
    return invite(actor=actor, office=office, **(given | fields))


def test_an_invitation_becomes_an_account_with_the_role(
    office, admin, django_capture_on_commit_callbacks
):
    _invitation, token = invite_budi(admin, office)
    told = []
    roles_changed.connect(lambda office, **_: told.append(office), weak=False, dispatch_uid="t")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            given = accept_invitation(actor=None, token=token, password=PASSWORD, name="Budi S.")
    finally:
        roles_changed.disconnect(dispatch_uid="t")
    budi = User.objects.get(email="budi@kpu.test")
    assert given.decree == "12/2026"
    assert roles_of(budi, office) == {Role.EDITOR}
    assert budi.check_password(PASSWORD)
    assert not budi.is_superuser
    assert told == [office]
    assert list(Entry.objects.values_list("verb", flat=True)) == [
        "offices.person_invited",
        "offices.role_given",
        "offices.invitation_accepted",
    ]


def test_the_token_is_kept_as_a_hash_only(office, admin):
    invitation, token = invite_budi(admin, office)
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert token not in str(row)


def test_an_invitation_is_accepted_once(office, admin):
    _invitation, token = invite_budi(admin, office)
    accept_invitation(actor=None, token=token, password=PASSWORD)
    with pytest.raises(ValidationError):
        accept_invitation(actor=None, token=token, password=PASSWORD)


@pytest.mark.parametrize("end", ["withdrawn", "old", "replaced"])
def test_a_closed_invitation_opens_nothing(office, admin, end):
    invitation, token = invite_budi(admin, office)
    if end == "withdrawn":
        withdraw_invitation(actor=admin, invitation=invitation)
    elif end == "old":
        Invitation.objects.update(expires_at=timezone.now())
    else:
        invite_budi(admin, office)
    with pytest.raises(ValidationError):
        accept_invitation(actor=None, token=token, password=PASSWORD)
    assert not User.objects.filter(email="budi@kpu.test").exists()


def test_only_the_invited_person_accepts_for_an_existing_account(office, admin):
    budi = make_person("budi@kpu.test", Role.EDITOR, office=make_office("33.74"))
    _invitation, token = invite_budi(admin, office)
    for stranger in (None, admin):
        with pytest.raises(PermissionDenied):
            accept_invitation(actor=stranger, token=token, password="sesuatu-yang-baru")
    assert User.objects.get(pk=budi.pk).check_password(PASSWORD)
    accept_invitation(actor=budi, token=token)
    assert roles_of(budi, office) == {Role.EDITOR}


def test_nobody_acts_in_another_office(office, admin):
    other = make_office("33.74")
    colleague = make_person("c@kpu.test", Role.EDITOR, office=other)
    with pytest.raises(PermissionDenied):
        invite_budi(admin, other)
    with pytest.raises(PermissionDenied):
        give_role(
            actor=admin, person=admin, office=other, role=Role.EDITOR, decree="1", starts_on=today()
        )
    with pytest.raises(PermissionDenied):
        end_role(actor=admin, assignment=colleague.roles.get(), last_day=today())
    with pytest.raises(PermissionDenied):  # nor takes in people of another one without asking
        give_role(
            actor=admin, person=colleague, office=office, role=Role.EDITOR, decree="1",
            starts_on=today(),
        )  # fmt: skip


@pytest.mark.parametrize("role", [r for r in Role if r != Role.OFFICE_ADMIN])
def test_no_other_role_administers_people(office, role):
    person = make_person("x@kpu.test", role, office=office)
    with pytest.raises(PermissionDenied):
        invite_budi(person, office)


def test_the_level_above_administers_only_by_a_covering_role(office):
    province = make_office("33")
    reader = make_person("r@kpu.test", Role.OFFICE_ADMIN, office=province)
    cover = make_person("c@kpu.test", Role.OFFICE_ADMIN, office=province, covers_below=True)
    with pytest.raises(PermissionDenied):
        invite_budi(reader, office)
    assert invite_budi(cover, office)


def test_covering_is_given_by_the_national_level_only():
    province, ri = make_office("33"), make_office("00")
    own = make_person("p@kpu.test", Role.OFFICE_ADMIN, office=province)
    fields = {"person": own, "office": province, "role": Role.EDITOR, "decree": "1"}
    with pytest.raises(PermissionDenied):
        give_role(actor=own, starts_on=today(), covers_below=True, **fields)
    national = make_person("n@kpu.test", Role.OFFICE_ADMIN, office=ri, covers_below=True)
    given = give_role(actor=national, starts_on=today(), covers_below=True, **fields)
    assert given.covers_below


def test_the_same_role_is_not_held_twice_at_a_time(office, admin):
    with pytest.raises(ValidationError) as caught:
        give_role(
            actor=admin, person=admin, office=office, role=Role.OFFICE_ADMIN, decree="2",
            starts_on=today() + DAY,
        )  # fmt: skip
    assert "role" in caught.value.error_dict


@pytest.mark.parametrize(
    ("field", "change"),
    [("decree", {"decree": "  "}), ("ends_on", {"ends_on": today() - DAY})],
)
def test_what_is_missing_is_named(office, admin, field, change):
    with pytest.raises(ValidationError) as caught:
        invite_budi(admin, office, **change)
    assert field in caught.value.error_dict


def test_the_last_administrator_needs_a_successor(office, admin):
    own = admin.roles.get()
    with pytest.raises(ValidationError, match="administrator"):
        end_role(actor=admin, assignment=own, last_day=today())
    successor = make_person("s@kpu.test", Role.OFFICE_ADMIN, office=office)
    end_role(actor=admin, assignment=own, last_day=today(), reason="Mutasi 5/2026")
    own.refresh_from_db()
    assert own.ends_on == today()
    with pytest.raises(ValidationError):
        end_role(actor=successor, assignment=successor.roles.get(), last_day=today())


def test_a_successor_who_leaves_earlier_does_not_count(office, admin):
    successor = make_person("s@kpu.test")
    give(successor, Role.OFFICE_ADMIN, office, ends_on=today())
    with pytest.raises(ValidationError):
        end_role(actor=admin, assignment=admin.roles.get(), last_day=today())


def test_a_superuser_may_end_the_last_one(office, admin):
    end_role(actor=make_superuser(), assignment=admin.roles.get(), last_day=today())


def test_a_role_that_has_not_begun_is_taken_back(office, admin):
    person = make_person("n@kpu.test")
    role = give(person, Role.EDITOR, office, starts_on=today() + 5 * DAY)
    assert end_role(actor=admin, assignment=role, last_day=today()) is None
    assert not RoleAssignment.objects.filter(user=person).exists()
    assert Entry.objects.get().verb == "offices.role_cancelled"


def test_an_end_before_the_beginning_is_refused(office, admin):
    person = make_person("n@kpu.test")
    role = give(person, Role.EDITOR, office, starts_on=today())
    with pytest.raises(ValidationError):
        end_role(actor=admin, assignment=role, last_day=today() - DAY)
