"""What may be kept, codings, writes, numbers that come late."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.serving import rules


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("GZip", "gzip"),
        ("x-gzip", "gzip"),
        ("deflate", "identity"),
        ("*", "br"),
        ("br;q=0, *", "zstd"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("br; q=0.5 , zstd;q=0.5", "br"),
        ("identity, gzip;q=0.5", "identity"),
        ("gzip;q=0", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("br;q=nonsense, gzip;q=0.1", "gzip"),
        (",;q=1,,gzip", "gzip"),
    ],
)
def test_the_coding_follows_the_weights(accept: str, coding: str) -> None:
    assert rules.choose_coding(accept) == coding


GOOD = {"content-type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    ("status", "headers", "size", "touched"),
    [
        (200, GOOD, 1, "session"),
        (404, GOOD, 1, ""),
        (500, GOOD, 1, ""),
        (206, GOOD, 1, ""),
        (200, GOOD, rules.LARGEST + 1, ""),
        (200, GOOD | {"set-cookie": "a=1"}, 1, ""),
        (200, GOOD | {"cache-control": "max-age=0, Private"}, 1, ""),
        (200, GOOD | {"cache-control": "no-store"}, 1, ""),
        (200, GOOD | {"vary": "Accept-Encoding, Cookie"}, 1, ""),
        (200, GOOD | {"vary": "*"}, 1, ""),
        (200, GOOD | {"content-encoding": "gzip"}, 1, ""),
        (200, GOOD | {"content-security-policy": "script-src 'nonce-abc'"}, 1, ""),
        (200, {"content-type": "application/pdf"}, 1, ""),
        (200, {}, 1, ""),
    ],
)
def test_what_must_not_be_kept(
    status: int, headers: dict[str, str], size: int, touched: str
) -> None:
    assert rules.why_not_kept(status, headers, size, touched)


def test_what_may_be_kept() -> None:
    assert not rules.why_not_kept(200, GOOD | {"vary": "Accept-Encoding"}, 1, "")
    assert not rules.why_not_kept(302, {"location": "/x/"}, 0, "")


@pytest.mark.parametrize(
    ("path", "personal"),
    [
        ("/kantor/", True),
        ("/en/kantor/pages/", True),
        ("/akun/login/", True),
        ("/-/sehat/", True),
        ("/enkantor/", False),
        ("/jawa/kantor/", False),
        ("/", False),
    ],
)
def test_personal_addresses(path: str, personal: bool) -> None:
    assert rules.is_personal(path) is personal


HIDDEN = {"secret": set(), "page": {"draft_title", "numchild"}}


@pytest.mark.parametrize(
    ("sql", "seen"),
    [
        ('SELECT "page"."id" FROM "page"', False),
        ('UPDATE "page" SET "title" = %s WHERE "page"."id" = %s', True),
        ('UPDATE "page" SET "draft_title" = %s WHERE "page"."id" = %s', False),
        ('UPDATE "page" SET "draft_title" = %s, "title" = %s WHERE "id" = %s', True),
        ('UPDATE "page" SET "numchild" = ("page"."numchild" + 1) WHERE "page"."id" IN (1)', False),
        ('UPDATE "page" SET "title" = (SELECT 1 WHERE "a" = 1)', True),
        ("update page set title = 'x'", True),
        ('INSERT INTO "page" ("draft_title") VALUES (%s)', True),
        ('INSERT OR IGNORE INTO "page" ("id") VALUES (1)', True),
        ('DELETE FROM "page" WHERE 1', True),
        ('DELETE FROM "secret"', False),
        ('INSERT INTO "secret" ("title") VALUES (1)', False),
        ('UPDATE "unheard_of" SET "a" = 1', True),
        ('WITH x AS (SELECT 1) DELETE FROM "page"', True),
        ('SAVEPOINT "s1"', False),
        ('CREATE TABLE "page" ("id" integer)', False),
    ],
)
def test_writes_are_seen_unless_they_are_named_hidden(sql: str, seen: bool) -> None:
    assert rules.shows(sql, HIDDEN) is seen


@given(st.permutations(range(1, 25)), st.lists(st.integers(0, 24), max_size=12), st.integers(0, 24))
def test_no_number_is_missed_however_late_it_is_committed(
    order: list[int], polls: list[int], first: int
) -> None:
    """Transactions draw 1..24 and commit in any order; somebody asks between the commits."""
    sequence = rules.Sequence(last=max(order[:first], default=0))
    # Those drawn before the first question and committed after it stand below `last` as gaps.
    sequence.gaps = dict.fromkeys(set(range(1, sequence.last)) - set(order[:first]), 0.0)
    seen: set[int] = set()
    for committed in [*(first + poll for poll in sorted(polls)), 24]:
        visible = set(order[:committed])
        asked = {n for n in visible if n > sequence.last} | (visible & sequence.gaps.keys())
        assert sequence.learn(asked, now=1.0)
        assert not asked & seen  # counted once
        seen |= asked
    assert seen == set(order[first:])


def test_gaps_are_given_up_in_the_end() -> None:
    sequence = rules.Sequence(last=1, patience=10)
    sequence.learn([3], now=0)
    assert sequence.gaps == {2: 0}
    sequence.learn([], now=11)
    assert sequence.gaps == {}
    assert not sequence.learn([10**9], now=12)
    assert sequence.gaps == {}


@pytest.mark.parametrize(
    ("said", "host", "target"),
    [
        ("http", "zit.test", "https://zit.test/a%20b/?q=1"),
        ("http", "zit.test:80", "https://zit.test/a%20b/?q=1"),
        ("http", "kota.zit.test", "https://kota.zit.test/a%20b/?q=1"),
        ("http, https", "zit.test", "https://zit.test/a%20b/?q=1"),
        ("https", "zit.test", ""),
        (None, "zit.test", ""),  # this machine itself, past the proxy
    ],
)
def test_who_comes_without_encryption_is_led_to_the_same_address_with_it(
    said: str | None, host: str, target: str
) -> None:
    found = rules.https_address(
        said=said, host=host, path="/a b/", query="q=1", base_url="https://zit.test", is_served=True
    )
    assert found == target


def test_health_and_foreign_hosts_are_led_nowhere() -> None:
    asked = {"said": "http", "query": "", "base_url": "https://zit.test:8443"}
    assert not rules.https_address(host="zit.test", path="/-/sehat/", is_served=True, **asked)
    assert not rules.https_address(host="jahat.test", path="/", is_served=False, **asked)
    found = rules.https_address(host="zit.test", path="/", is_served=True, **asked)
    assert found == "https://zit.test:8443/"
