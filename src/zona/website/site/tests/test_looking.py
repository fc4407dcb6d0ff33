"""To look changes nothing: every staff address is opened while the database refuses to be written.

What may be written on the way: the session, and notes that somebody was there, named here.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from zona.testing import sign_in
from zona.website.site.tests.test_stranger import addresses, with_ids
from zona.website.site.tests.world import World, build_world

pytestmark = pytest.mark.django_db
WRITES = re.compile(r'^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.I)
# Table -> why a look may write into it.
NOTES = {
    "django_session": "the session itself",
    "usersessions_usersession": "when this browser was last here",
    "site_photorendition": "a size of a picture, drawn when first asked for: a cache",
    "wagtailadmin_editingsession": "Wagtail's editor: who has the page open",
    "wagtailcore_pagesubscription": "Wagtail's editor: whether this person is told of comments",
}


class Written(Exception):
    """A look wrote something."""


def look(client: Client, address: str) -> list[str]:
    """The tables that a look at an address would write."""
    written: list[str] = []

    def refuse(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        found = WRITES.match(sql)
        if found and found[1] not in NOTES:
            written.append(found[1])
            raise Written
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(refuse):
        client.get(address)
    return written


@pytest.fixture
def world() -> World:
    return build_world()


def test_the_guard_sees_writes(world: World) -> None:
    class Careless:
        def get(self, _address: str) -> None:
            with contextlib.suppress(Written):
                world.office.save()

    assert look(Careless(), "/") == ["offices_office"]  # type: ignore[arg-type]


def test_no_staff_address_writes_when_it_is_looked_at(world: World) -> None:
    client = Client(raise_request_exception=False)
    sign_in(client, world.superuser)
    every = [address for _route, _name, address in addresses(world)] + list(with_ids(world))
    found = {address: tables for address in every if (tables := look(client, address))}
    assert not found, "\n".join(f"{tables}: {address}" for address, tables in found.items())
