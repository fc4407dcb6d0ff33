"""Every address, asked for what it cannot give: refused, never an error of ours.

Walks the back office as its administrator and the public addresses as a stranger, with each part of
the address in turn something hostile, with hostile queries, with forms that lack their fields, and
with methods that nobody takes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from zona.testing import make_superuser, sign_in
from zona.website.site.tests.test_stranger import RAISES_ON_PURPOSE, arguments, fill, patterns
from zona.website.site.tests.world import World, build_world

pytestmark = pytest.mark.django_db

HOSTILE = (
    "²", "9" * 25, "9" * 18, "9223372036854775808", "\x00", "2026-W99", "9999-99-99", "é<",
)  # fmt: skip
ASKED = (
    "p", "page", "q", "id", "ids", "pk", "tahun", "bulan", "minggu", "pekan", "hari", "tanggal",
    "kantor", "office", "code", "dari", "sampai", "sort", "ordering", "order", "sesudah", "after",
    "before", "sebelum", "jenis", "kind", "rubrik", "topik", "topic", "next", "halaman", "catat",
    "kegiatan", "participation", "photo", "channel", "kanal", "group", "offset", "limit", "year",
    "month", "weeks", "rentang", "version", "v", "collection_id", "locale", "user", "parent",
    "root", "page_type", "fields", "search", "child_of", "type", "collection",
)  # fmt: skip


@pytest.fixture
def errors() -> Iterator[list[str]]:
    """What was raised behind an answer of 500."""
    found: list[str] = []

    def note(request: Any = None, **_rest: Any) -> None:
        found.append(repr(sys.exc_info()[1])[:150])

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


@pytest.fixture
def asker(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def all_patterns(
    found: list[Any] | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern) of every address of the house."""
    for item in get_resolver().url_patterns if found is None else found:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from all_patterns(item.url_patterns, route)
        else:
            yield route, item


def public_addresses(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """(route, parameters) of what is open to strangers; pages of the tree have no pattern."""
    known = {
        "code": world.office.code, "page_id": world.things["live"].pk, "month": "2026-08",
        "token": "a:b:c", "key": "a", "uidb36": "1", "year": 2026, "name": "a.png",
    }  # fmt: skip
    for route, _pattern in all_patterns():
        if route.startswith(("kantor/", "galeri")):
            continue
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        yield route, {name: known.get(name, 1) for name in names}


def office_addresses(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    for route, name, names in patterns():
        if name in RAISES_ON_PURPOSE:
            continue
        values = [arguments(world, name, parameter) for parameter in names]
        yield route, dict(zip(names, [(row or [1])[0] for row in values], strict=True))


def twisted(routes: Iterator[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Each parameter of each address in turn something hostile, the others real."""
    for route, values in routes:
        for name in values:
            for hostile in HOSTILE:
                others = {key: quote(str(value)) for key, value in values.items()}
                yield _fill(route, others | {name: quote(hostile, safe="")})


def _fill(route: str, values: dict[str, Any]) -> str:
    for name, value in values.items():
        values[name] = str(value).replace("\\", "")
    return re.sub(r"\(\?:[^)]*\)\??|\([^)]*\)|[\^$?\\]", "", fill(route, values))


def ask(client: Client, method: str, address: str, errors: list[str], **given: Any) -> str | None:
    """What went wrong; what was changed is taken back."""
    kept = client.cookies.output()
    with transaction.atomic():
        answer = getattr(client, method)(address, **given)
        for _part in answer.streaming_content if answer.streaming else ():
            break
        transaction.set_rollback(True)
    if client.cookies.output() != kept:  # a sign-out is taken back too
        client.cookies.clear()
        client.cookies.load(kept.replace("Set-Cookie: ", "").replace("\r\n", "; "))
    if answer.status_code < 500:
        errors.clear()
        return None
    said = f"{answer.status_code} {method} {address[:120]}: {errors[-1:]}"
    errors.clear()

    return said


def gather(faults: Iterator[str | None]) -> None:
    found = [fault for fault in faults if fault]
    assert not found, f"{len(found)}:\n" + "\n".join(found[:60])


@pytest.fixture(params=["public", "office"])
def side(request: pytest.FixtureRequest, asker: Client) -> list[tuple[str, dict[str, Any]]]:
    world = build_world()
    if request.param == "public":
        return list(public_addresses(world))
    sign_in(asker, make_superuser("berjalan@kpu.test"))
    return list(office_addresses(world))


def test_no_part_of_an_address_is_too_strange(
    asker: Client, side: list[tuple[str, dict[str, Any]]], errors: list[str]
) -> None:
    gather(ask(asker, "get", address, errors) for address in twisted(iter(side)))


def test_no_query_is_too_strange(
    asker: Client, side: list[tuple[str, dict[str, Any]]], errors: list[str]
) -> None:
    gather(
        ask(asker, "get", f"{_fill(route, dict(values))}?{query}", errors)
        for route, values in side
        for hostile in ("²", "9" * 25, "-1", "2026-W99", "9999-99-99")
        for query in [urlencode(dict.fromkeys(ASKED, hostile))]
    )


def test_a_form_without_its_fields_is_no_error(
    asker: Client, side: list[tuple[str, dict[str, Any]]], errors: list[str]
) -> None:
    gather(
        ask(asker, "post", _fill(route, dict(values)), errors, data=data)
        for route, values in side
        for data in ({}, *(dict.fromkeys(ASKED, hostile) for hostile in ("²", "9" * 25, "\x00")))
    )


def test_what_a_view_does_not_take_is_405_with_what_it_takes(
    asker: Client, side: list[tuple[str, dict[str, Any]]], errors: list[str]
) -> None:
    for route, values in side:
        address = _fill(route, dict(values))
        for method in ("BREW", "TRACE", "DELETE", "PUT", "PATCH", "GET", "POST"):
            answer = asker.generic(method, address)
            if method in ("BREW", "TRACE"):
                assert answer.status_code in (302, 400, 403, 404, 405), (method, address)
            if answer.status_code == 405:
                allowed = answer.headers["Allow"].split(", ")
                assert allowed
                assert method not in allowed, address
    assert not errors
