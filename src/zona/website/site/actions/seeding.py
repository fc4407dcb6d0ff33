"""The first content of an installation: one demo office, one real office, or all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone

from zona.backstage.rights.provision import provision
from zona.offices.models import Office, Role, RoleAssignment, User

from ..models import DirectoryPage
from .demo import fill_demo
from .duties import ensure_duties
from .tree import FIRST_RUBRICS, ensure_country, ensure_rubric, open_office

ACTOR = "zona serve"
DEMO_CODE = "33.08"
FIRST_DECREE = "Pemasangan awal"


class UnknownOffice(ValueError):
    """No office has this code."""


@transaction.atomic
def seed_demo() -> Office:
    """The demo office with its sample content and its administrator."""
    office = find_office(DEMO_CODE)
    _open(office, is_demo=True)
    fill_demo(actor=ACTOR, office=office)
    return office


@transaction.atomic
def seed_office(code: str) -> Office:
    """A real office, empty; its administrator is led through the set-up on first sign-in."""
    office = find_office(code)
    if not office.is_open:
        _open(office)
    return office


def seed_national(*, track: Callable[[list[Office]], Iterable[Office]] = iter) -> int:
    """Homes for every office; one transaction each, so that a stopped run goes on later.

    `track` may wrap the offices to show progress. Returns how many were opened.
    """
    ensure_duties()
    waiting = list(Office.objects.filter(abolished_on=None, is_open=False).order_by("code"))
    for office in track(waiting):
        with transaction.atomic():
            open_office(actor=ACTOR, office=office)
    national = find_office("00")
    _make_administrator(national)
    DirectoryPage.objects.filter(depth=2).update(front_office=None)
    return len(waiting)


def find_office(code: str) -> Office:
    office = Office.objects.filter(code=code, abolished_on=None).first()
    if office is None:
        raise UnknownOffice(code)
    return office


def _open(office: Office, *, is_demo: bool = False) -> None:
    ensure_duties()
    open_office(actor=ACTOR, office=office)
    Office.objects.filter(pk=office.pk).update(is_demo=is_demo, is_ready=is_demo)
    office.refresh_from_db()
    for title in FIRST_RUBRICS:
        ensure_rubric(office, title)
    country = ensure_country()
    country.front_office = office
    country.save(update_fields=["front_office"])
    _make_administrator(office)
    provision(office)


def _make_administrator(office: Office) -> None:
    """Who installs Zona administers it; the address can be changed after the first sign-in."""
    person = User.objects.filter(is_superuser=True).first()
    if person is None:
        person = User.objects.create_superuser(
            f"administrator@{office.slug}.contoh.id", None, name="Administrator"
        )
    RoleAssignment.objects.get_or_create(
        user=person,
        office=office,
        role=Role.OFFICE_ADMIN,
        ends_on=None,
        defaults={"decree": FIRST_DECREE, "starts_on": timezone.localdate()},
    )
