"""What each role lets a person do with pages and files, as groups with their rows.

The table of capabilities stands at the top; below it the rows that the roles in force ask for
(`wanted_grants`) and those that Wagtail has (`actual_grants`), in the same form. Only reads.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.models import Collection

from zona.offices.models import Level, Office, Role, RoleAssignment
from zona.offices.policies import today

from .places import directory_of, home_of, page_model

PUBLISHER, CONTRIBUTOR, READER = "redaksi", "kontributor", "pembaca"

# What each role may do with pages and files. The rest of its duty lives in its own room.
CAPABILITY: dict[Role, str] = {
    Role.CHAIR: PUBLISHER,
    Role.COORDINATOR: PUBLISHER,
    Role.EDITOR: PUBLISHER,
    Role.PPID: PUBLISHER,
    Role.JDIH_MANAGER: PUBLISHER,
    Role.OFFICE_ADMIN: PUBLISHER,
    Role.REPORTER: CONTRIBUTOR,
    Role.CHANNEL_ADMIN: CONTRIBUTOR,
    Role.SERVICE_DESK: CONTRIBUTOR,
    Role.DIRECTOR: READER,
}

# "add" lets a person edit what is their own; bulk_delete, lock and unlock stay with nobody.
PAGE_RIGHTS: dict[str, tuple[str, ...]] = {
    PUBLISHER: ("add", "change", "publish"),
    CONTRIBUTOR: ("add",),
    READER: (),
}
FILE_RIGHTS: dict[str, tuple[str, ...]] = {
    PUBLISHER: ("add", "change", "choose"),
    CONTRIBUTOR: ("add", "choose"),
    READER: (),
}
FILE_MODELS = ("image", "document")  # Wagtail asks for the rights of its own models
BELOW = "wilayah"
GROUP_NAME = re.compile(
    rf"^(?P<code>\d\d(?:\.\d\d)?) ({PUBLISHER}|{CONTRIBUTOR}|{READER})( {BELOW})?$"
)

PageRow = tuple[int, str]  # page, codename of the permission
FileRow = tuple[int, str]  # collection, codename of the permission


@dataclass(frozen=True)
class Grant:
    """One group: who is in it, and its rows on pages and collections."""

    members: frozenset[int] = frozenset()
    pages: frozenset[PageRow] = frozenset()
    files: frozenset[FileRow] = frozenset()
    may_enter: bool = True


def wanted_grants(office: Office) -> dict[str, Grant]:
    """The groups the office should have by the roles in force today; no group without people."""
    members: dict[tuple[str, bool], set[int]] = defaultdict(set)
    roles = RoleAssignment.objects.in_force(today()).filter(office=office, user__is_active=True)
    for user_id, role, covers_below in roles.values_list("user_id", "role", "covers_below"):
        members[CAPABILITY[Role(role)], covers_below].add(user_id)
    return {
        _group_name(office, capability, covers_below): Grant(
            frozenset(people),
            frozenset(_page_rows(office, capability, covers_below)),
            frozenset(_file_rows(office, capability, covers_below)),
        )
        for (capability, covers_below), people in members.items()
    }


def actual_grants(office: Office) -> dict[str, Grant]:
    """The groups the office has, in the same form."""
    groups: Any = Group.objects.filter(name__startswith=f"{office.code} ").prefetch_related(
        "user_set",
        "permissions",
        "page_permissions__permission",
        "collection_permissions__permission",
    )
    return {
        group.name: Grant(
            frozenset(user.pk for user in group.user_set.all()),
            frozenset(
                (row.page_id, row.permission.codename) for row in group.page_permissions.all()
            ),
            frozenset(
                (row.collection_id, row.permission.codename)
                for row in group.collection_permissions.all()
            ),
            [permission.codename for permission in group.permissions.all()] == ["access_admin"],
        )
        for group in groups
        if GROUP_NAME.match(group.name)
    }


def collections_of(office: Office) -> QuerySet[Collection]:
    """The folder for the office's pictures and files, as a queryset."""
    return _folders(office.code, depth=2 if office.level == Level.NATIONAL else 3)


def collection_of(office: Office) -> Collection | None:
    """The folder for the office's pictures and files."""
    return collections_of(office).first()


def _folder_below(office: Office) -> Collection | None:
    """The folder that holds the folders of all offices below this one."""
    if office.level == Level.NATIONAL:
        return Collection.get_first_root_node()
    return find_collection(office.code, depth=2) if office.level == Level.PROVINCE else None


def find_collection(code: str, depth: int) -> Collection | None:
    return _folders(code, depth).first()


def _folders(code: str, depth: int) -> QuerySet[Collection]:
    return Collection.objects.filter(depth=depth, name__startswith=f"{code} ")


def _page_rows(office: Office, capability: str, covers_below: bool) -> Iterator[PageRow]:
    page = directory_of(office) if covers_below else home_of(office)
    if page is None and covers_below:
        page = home_of(office)
    if page is not None:
        model_name = page_model()._meta.model_name
        yield from ((page.pk, f"{action}_{model_name}") for action in PAGE_RIGHTS[capability])


def _file_rows(office: Office, capability: str, covers_below: bool) -> Iterator[FileRow]:
    folder = _folder_below(office) if covers_below else None
    folder = folder or collection_of(office)
    if folder is not None:
        for model_name in FILE_MODELS:
            for action in FILE_RIGHTS[capability]:
                yield folder.pk, f"{action}_{model_name}"


def _group_name(office: Office, capability: str, covers_below: bool) -> str:
    return f"{office.code} {capability}{f' {BELOW}' if covers_below else ''}"
