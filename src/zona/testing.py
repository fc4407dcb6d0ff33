"""What the tests of all rooms build their small world from: offices, people, homes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from zona.offices.models import Level, Office, Role, RoleAssignment, User, Zone

PASSWORD = "empat-kuda-minum-kopi-hangat"  # noqa: S105  the password of everyone in the tests
DECREE = "117.3/2025"
SINCE = dt.date(2020, 1, 1)


def make_office(code: str = "33.08", region: str = "", **fields: Any) -> Office:
    """An office with those above it; the same code gives the same row."""
    found = Office.objects.filter(code=code).first()
    if found:
        return found
    level, parent = Level.REGENCY, None
    if code == "00":
        level, region = Level.NATIONAL, "Indonesia"
    elif "." in code:
        parent = make_office(code.partition(".")[0])
        level = Level.CITY if code[3] == "7" else Level.REGENCY
    else:
        level, parent = Level.PROVINCE, make_office("00")
    region = region or f"Wilayah {code}"
    kind = {Level.NATIONAL: "RI", Level.PROVINCE: f"Provinsi {region}"}.get(level, region)
    defaults = {
        "level": level,
        "parent": parent,
        "region": region,
        "long_name": f"Komisi Pemilihan Umum {kind}",
        "short_name": f"KPU {kind}",
        "slug": f"wilayah-{code.replace('.', '-')}",
        "zone": Zone.WIB,
        "is_ready": True,
    }
    return Office.objects.create(code=code, **(defaults | fields))


def make_person(
    email: str = "siti@kpu.test",
    *roles: Role,
    office: Office | None = None,
    covers_below: bool = False,
    **fields: Any,
) -> User:
    """A person who holds the roles in the office since long; provisioned where there are any."""
    fields.setdefault("name", email.partition("@")[0].replace(".", " ").title())
    person = User.objects.create_user(email, fields.pop("password", PASSWORD), **fields)
    for role in roles:
        give(person, role, office or make_office(), covers_below=covers_below)
    return person


def give(person: User, role: Role, office: Office, **fields: Any) -> RoleAssignment:
    """One role, with the Wagtail rights that follow from it."""
    from zona.backstage.rights.provision import provision

    given = RoleAssignment.objects.create(
        user=person, office=office, role=role, **({"decree": DECREE, "starts_on": SINCE} | fields)
    )
    provision(office)
    return given


def make_superuser(email: str = "utama@kpu.test", **fields: Any) -> User:
    return User.objects.create_superuser(email, PASSWORD, **({"name": "Utama"} | fields))


def plant_roots() -> None:
    """What Wagtail's migrations leave behind, for test databases made without them."""
    from wagtail.models import Collection, Locale

    from zona.website.site.models import BasePage

    Locale.objects.get_or_create(language_code="id")
    if not BasePage.objects.filter(depth=1).exists():
        BasePage.add_root(title="Root", slug="root")
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")


def open_home(office: Office) -> Any:
    """The office's home in the tree, with its list and the rights of those who hold roles."""
    from zona.backstage.rights.provision import provision
    from zona.website.site.actions.tree import open_office

    plant_roots()
    home = open_office(actor=None, office=office)
    above: Office | None = office
    while above is not None:
        provision(above)
        above = above.parent
    return home


def sign_in(client: Any, person: User) -> Any:
    """Sign the person in as after a complete sign-in, second factor included where one is due."""
    from allauth.mfa.models import Authenticator

    from zona.offices.policies import is_administrator

    if is_administrator(person):
        Authenticator.objects.get_or_create(
            user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}}
        )
    client.force_login(person)
    return client
