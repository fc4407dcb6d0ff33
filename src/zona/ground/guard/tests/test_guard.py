"""What lets a form in, what turns it away, and what is forgotten."""

from __future__ import annotations

import base64
import datetime as dt
import json
from ipaddress import IPv6Address
from typing import Any

import altcha
import pytest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from zona.ground.guard import actions, proof, rules
from zona.ground.guard.models import DailySalt, Spent, Trace


@given(st.ip_addresses(v=6))
def test_an_ipv6_network_is_its_first_half(address):
    other = IPv6Address(int(address) ^ 1)
    if not address.ipv4_mapped:
        assert rules.name_network(str(address)) == rules.name_network(str(other))
        assert rules.name_network(str(address)).endswith("/64")


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        (" [2001:db8::1] ", "2001:db8::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("bukan", ""),
        ("", ""),
    ],
)
def test_networks(text, network):
    assert rules.name_network(text) == network


@given(st.lists(st.sampled_from(["1.1.1.1", "2.2.2.2", "3.3.3.3"]), max_size=4), st.integers(0, 3))
def test_only_as_many_proxies_are_believed_as_there_are(entries, proxies):
    found = rules.pick_address("9.9.9.9", ", ".join(entries), proxies)
    if proxies == 0 or not entries:
        assert found == "9.9.9.9"
    else:
        assert found == entries[-min(proxies, len(entries))]
        forged = rules.pick_address("9.9.9.9", ", ".join(["6.6.6.6", *entries]), proxies)
        assert forged == found or len(entries) < proxies


@given(st.binary(min_size=1, max_size=64), st.lists(st.text(max_size=8), min_size=2, max_size=2))
def test_parts_of_a_key_do_not_run_together(salt, parts):
    one, two = (part.replace("\0", "") for part in parts)
    if one and two:
        assert rules.hash_key(salt, one, two) != rules.hash_key(salt, one + two)


def post(data: dict[str, Any] | None = None, **headers: str) -> Any:
    return RequestFactory(headers=headers).post("/", data or {})


LIMIT = rules.Limit(proven=3, unproven=1)


def solve(challenge: dict[str, Any]) -> str:
    parsed = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(parsed)
    assert solution
    return altcha.Payload(parsed, solution).to_base64()


@pytest.mark.django_db
def test_a_proof_is_worth_more_and_counts_once():
    text = solve(proof.make_challenge())
    assert actions.examine(post({"bukti": text}), "uji", LIMIT).is_proven
    assert actions.examine(post({"bukti": text}), "uji", LIMIT).refusal is actions.Refusal.REPLAYED
    assert actions.examine(post(), "uji", LIMIT).refusal is None
    assert actions.examine(post(), "uji", LIMIT).refusal is actions.Refusal.TOO_MANY
    assert actions.examine(post(), "lain", LIMIT).refusal is None


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["prefix", "expiry", "counter", "junk"])
def test_a_proof_that_was_bent_is_none(change):
    data = json.loads(base64.b64decode(solve(proof.make_challenge())))
    if change == "prefix":
        data["challenge"]["parameters"]["keyPrefix"] = ""
    elif change == "expiry":
        data["challenge"]["parameters"]["expiresAt"] += 9_999
    elif change == "counter":
        data["solution"]["counter"] += 1
    text = "%%%" if change == "junk" else base64.b64encode(json.dumps(data).encode()).decode()
    assert not actions.examine(post({"bukti": text}), "uji", LIMIT).is_proven
    assert not Spent.objects.exists()


@pytest.mark.django_db
def test_an_old_proof_is_none(monkeypatch):
    text = solve(proof.make_challenge())
    later = timezone.now() + proof.LIFETIME + dt.timedelta(seconds=1)
    monkeypatch.setattr("time.time", later.timestamp)
    assert not proof.accept_proof(text)


@pytest.mark.django_db
def test_the_day_is_forgotten_with_its_salt(monkeypatch):
    actions.examine(post(), "uji", LIMIT)
    key = Trace.objects.get().key
    tomorrow = actions.today() + dt.timedelta(days=1)
    monkeypatch.setattr(actions, "today", lambda: tomorrow)
    assert actions.forget() == 2
    assert not Trace.objects.exists()
    assert not DailySalt.objects.exists()
    assert actions.examine(post(), "uji", LIMIT).refusal is None
    assert Trace.objects.get().key != key
