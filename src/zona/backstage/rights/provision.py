"""Wagtail's groups, rights, folders and sites, derived from the roles in force.

Nobody edits these by hand. `provision` may run at any time and leaves what is right as it is;
`find_drift` says in plain words what it would change. An office has at most three groups of its
own; a role that covers the offices below adds a group whose rights are one row on the directory
page, for Wagtail's queries slow down with every row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Site,
)

from zona.offices.models import Level, Office, RoleAssignment
from zona.offices.policies import today

from .grants import (
    FILE_MODELS,
    GROUP_NAME,
    Grant,
    actual_grants,
    collection_of,
    find_collection,
    wanted_grants,
)
from .places import home_of, page_model


@transaction.atomic
def provision(office: Office) -> bool:
    """Bring the office's groups, rights, collection and site in line; whether anything changed."""
    changed = _ensure_site(office)
    if office.is_open:
        changed |= _ensure_collection(office)
    wanted, actual = wanted_grants(office), actual_grants(office)
    for name in sorted(wanted.keys() | actual.keys()):
        if wanted.get(name) == actual.get(name):
            continue
        changed = True
        if name in wanted:
            _write(name, wanted[name])
        else:
            Group.objects.filter(name=name).delete()
    return changed


def provision_all() -> int:
    """Provision every office that is open here or has roles; the number that changed."""
    return sum(provision(office) for office in _offices_of_concern())


def provision_changed_today(day: dt.date | None = None) -> int:
    """Provision the offices in which a role starts today or ended yesterday; how many changed.

    Runs once a day after midnight. It looks back a week, so that days on which the machine was off
    are made up for.
    """
    day = day or today()
    since = day - dt.timedelta(days=7)
    moved = RoleAssignment.objects.filter(
        Q(starts_on__gt=since, starts_on__lte=day) | Q(ends_on__gte=since, ends_on__lt=day)
    )
    offices = Office.objects.filter(pk__in=moved.values("office_id"))
    return sum(provision(office) for office in offices)


def find_drift(office: Office) -> list[str]:
    """What differs from what the roles say, each in one Indonesian sentence."""
    found = []
    if office.is_open and collection_of(office) is None:
        found.append(f"{office.code}: folder berkas belum ada.")
    wanted_host = office.host.lower() if home_of(office) else ""
    if set(_sites(office).values_list("hostname", flat=True)) != ({wanted_host} - {""}):
        found.append(
            f"{office.code}: situs untuk host “{office.host or 'tanpa host'}” tidak cocok."
        )
    wanted, actual = wanted_grants(office), actual_grants(office)
    for name in sorted(wanted.keys() | actual.keys()):
        found += _describe(name, wanted.get(name), actual.get(name))
    return found


def find_all_drift() -> list[str]:
    """Drift of all offices, and of groups whose office is gone."""
    found = [line for office in _offices_of_concern() for line in find_drift(office)]
    codes = set(Office.objects.values_list("code", flat=True))
    for name in Group.objects.values_list("name", flat=True):
        match = GROUP_NAME.match(name)
        if match and match["code"] not in codes:
            found.append(f"Kelompok “{name}” tidak punya kantor.")
    return found


def _ensure_collection(office: Office) -> bool:
    """Folders lie as the pages do: a province's holds its own and its regencies' side by side."""
    name, found = f"{office.code} {office.short_name}", collection_of(office)
    if found:
        if found.name != name:
            found.name = name
            found.save(update_fields=["name"])
            return True
        return False
    above = Collection.get_first_root_node()
    if office.level != Level.NATIONAL:
        province = office.parent if office.parent and "." in office.code else office
        above = find_collection(province.code, depth=2) or above.add_child(
            name=f"{province.code} {province.region}"
        )
    Collection.objects.get(pk=above.pk).add_child(name=name)
    return True


def _sites(office: Office) -> QuerySet[Site]:
    home = home_of(office)
    sites = Site.objects.filter(root_page=home.pk if home else None)
    return sites.exclude(is_default_site=True)


def _ensure_site(office: Office) -> bool:
    """One site row at the home of an office with a host of its own, none otherwise."""
    home, host = home_of(office), office.host.lower()
    port = 443 if settings.IS_HTTPS else 80
    if not (home and host):
        return bool(_sites(office).delete()[0])
    stale = _sites(office).exclude(hostname=host).delete()[0]
    Site.objects.filter(hostname=host).exclude(root_page=home.pk).delete()
    site, made = Site.objects.get_or_create(
        hostname=host,
        defaults={"port": port, "root_page_id": home.pk, "site_name": office.short_name},
    )
    if (site.port, site.site_name) != (port, office.short_name):
        site.port, site.site_name = port, office.short_name
        site.save()
        return True
    return bool(stale or made)


def _offices_of_concern() -> QuerySet[Office]:
    with_groups = {
        match["code"]
        for name in Group.objects.values_list("name", flat=True)
        if (match := GROUP_NAME.match(name))
    }
    return Office.objects.filter(
        Q(is_open=True)
        | Q(pk__in=RoleAssignment.objects.values("office_id"))
        | Q(code__in=with_groups)
    ).select_related("parent")


def _write(name: str, grant: Grant) -> None:
    group: Any = Group.objects.get_or_create(name=name)[0]
    group.user_set.set(grant.members)
    group.permissions.set(
        Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    page = page_model()
    rights = {
        permission.codename: permission
        for permission in Permission.objects.filter(
            content_type__app_label__in=[page._meta.app_label, "wagtailimages", "wagtaildocs"],
            content_type__model__in=[page._meta.model_name, *FILE_MODELS],
        )
    }
    _replace(
        group.page_permissions.select_related("permission"),
        lambda row: (row.page_id, row.permission.codename),
        grant.pages,
        lambda page_id, right: GroupPagePermission(
            group=group, page_id=page_id, permission=rights[right]
        ),
    )
    _replace(
        group.collection_permissions.select_related("permission"),
        lambda row: (row.collection_id, row.permission.codename),
        grant.files,
        lambda folder_id, right: GroupCollectionPermission(
            group=group, collection_id=folder_id, permission=rights[right]
        ),
    )


def _replace(rows, key, wanted, make) -> None:  # type: ignore[no-untyped-def]
    """Make the rows of a group the wanted ones, leaving alone what is right."""
    there = {key(row): row for row in rows}
    rows.model.objects.filter(pk__in=[there[k].pk for k in there.keys() - wanted]).delete()
    rows.model.objects.bulk_create([make(*k) for k in sorted(wanted - there.keys())])


def _describe(name: str, wanted: Grant | None, actual: Grant | None) -> Iterator[str]:
    if actual is None:
        yield f"Kelompok “{name}” belum ada."
        return
    if wanted is None:
        yield f"Kelompok “{name}” tidak punya peran yang berlaku."
        return
    if missing := len(wanted.members - actual.members):
        yield f"Kelompok “{name}” kekurangan {missing} orang."
    if extra := len(actual.members - wanted.members):
        yield f"Kelompok “{name}” memuat {extra} orang tanpa peran."
    if (wanted.pages, wanted.files) != (actual.pages, actual.files):
        yield f"Kelompok “{name}” punya hak halaman atau berkas yang tidak sesuai."
    if not actual.may_enter:
        yield f"Kelompok “{name}” punya izin lain daripada masuk ke ruang kerja."
