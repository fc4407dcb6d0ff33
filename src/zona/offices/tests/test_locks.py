"""Locks hold whatever a cache forgets, and stay open for the one whom they protect."""

from __future__ import annotations

import datetime as dt
import threading
import time

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import close_old_connections, connection
from django.test import Client, RequestFactory

from zona.ground.guard.limits import Store, spend
from zona.ground.guard.models import Spent, Tries
from zona.offices.models import Role, User
from zona.offices.sign_in import locks
from zona.testing import PASSWORD, make_person

pytestmark = pytest.mark.django_db
LOGIN, SECRET = "/akun/login/", "JBSWY3DPEHPK3PXP"


def try_password(client: Client, email: str, password: str = PASSWORD, **options):
    return client.post(LOGIN, {"login": email, "password": password}, **options)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def code_of(step: int) -> str:
    return format_hotp_value(hotp_value(SECRET, step))


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    now = [1_900_000_000.0]
    monkeypatch.setattr("zona.offices.sign_in.locks.time.time", lambda: now[0])
    return now


@pytest.fixture
def factor(editor: User) -> TOTP:
    return TOTP.activate(editor, SECRET)


# --- what is counted is not forgotten -------------------------------------------------------


def test_an_emptied_cache_and_other_browsers_give_no_more_tries(editor):
    for number in range(5):
        try_password(Client(), editor.email, "salah", headers={"user-agent": f"peramban {number}"})
        cache.clear()
    client = Client()
    assert "Terlalu banyak" in try_password(client, editor.email).content.decode()
    assert not is_in(client)
    assert Tries.objects.exists()


def test_what_is_counted_names_neither_people_nor_networks(editor):
    try_password(Client(), editor.email, "salah")
    kept = " ".join(str(row) for row in Tries.objects.values())
    assert editor.email not in kept
    assert "127.0.0.1" not in kept


def test_allauth_counts_here():
    assert isinstance(ratelimit.cache, Store)
    assert ratelimit.get_cache_key is locks.name_tries
    assert TOTP.validate_code is locks.accept_code


# --- a known browser ------------------------------------------------------------------------


def test_strangers_do_not_lock_the_owner_out(editor):
    own, strange = Client(), Client()
    try_password(own, editor.email)
    assert own.cookies[locks.COOKIE]["httponly"]
    own.post("/akun/logout/")
    for _ in range(25):
        try_password(strange, editor.email, "salah")
    assert not is_in(strange)
    assert "Terlalu banyak" in try_password(Client(), editor.email).content.decode()
    try_password(own, editor.email)
    assert is_in(own)


def test_a_known_browser_has_limits_of_its_own(editor):
    own = Client()
    try_password(own, editor.email)
    own.post("/akun/logout/")
    for _ in range(5):
        try_password(own, editor.email, "salah")
    assert "Terlalu banyak" in try_password(own, editor.email).content.decode()
    assert not is_in(own)
    try_password(Client(), editor.email)  # and strange ones are not locked by it


def test_a_browser_is_known_for_its_own_people_only(editor, office):
    other = make_person("lain@kpu.test", Role.EDITOR, office=office)
    own = Client()
    try_password(own, editor.email)
    own.post("/akun/logout/")
    for _ in range(5):
        try_password(Client(), other.email, "salah")
    assert "Terlalu banyak" in try_password(own, other.email).content.decode()


def test_signing_in_anew_makes_no_new_identity_for_guessing(editor, office):
    """By network a person's known browsers count together, however many there are."""
    keys = set()
    for _ in range(2):
        client = Client()
        try_password(client, editor.email)
        request = RequestFactory().post(LOGIN)
        request.COOKIES[locks.COOKIE] = client.cookies[locks.COOKIE].value
        rate = ratelimit.parse_rate("20/5m/ip")
        keys.add(locks.name_tries(request, app="a", action="b", rate=rate))
    assert keys == {f"a:b:{rate}:person:{editor.pk}"}


def test_a_forged_cookie_is_a_strange_browser():
    request = RequestFactory().get("/")
    for value in ("", "x", "x:y:z", locks.KNOWN.sign(["a", [1]]) + "x"):
        request.COOKIES[locks.COOKIE] = value
        assert locks.read_browser(request) == ("", [])


# --- codes ------------------------------------------------------------------------------------


def test_the_code_of_the_step_before_holds_once(factor, clock):
    step = int(clock[0]) // 30
    assert not factor.validate_code(code_of(step - 2))
    assert not factor.validate_code(code_of(step + 1))
    assert factor.validate_code(code_of(step - 1))
    assert not factor.validate_code(code_of(step - 1))
    assert factor.validate_code(code_of(step))
    cache.clear()
    assert not factor.validate_code(code_of(step))
    clock[0] += 30  # the same code, now of the step before
    assert not factor.validate_code(code_of(step))


def test_the_code_of_the_set_up_is_used(factor, clock):
    locks.spend_first_codes(None, factor.instance)
    step = int(clock[0]) // 30
    assert not factor.validate_code(code_of(step))
    assert not factor.validate_code(code_of(step - 1))
    clock[0] += 30
    assert factor.validate_code(code_of(step + 1))


def test_a_used_code_does_not_sign_in_again(editor, factor):
    code = code_of(int(time.time()) // 30)
    first, second = Client(), Client()
    for client in (first, second):
        try_password(client, editor.email)
        client.post("/akun/2fa/authenticate/", {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


# --- at the same time ---------------------------------------------------------------------------


def at_once(count: int, work) -> list:
    results, start = [], threading.Barrier(count)

    def run() -> None:
        close_old_connections()
        start.wait()
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_at_once_exactly_one_counts():
    assert sorted(at_once(6, lambda: spend("x", lasts=dt.timedelta(hours=1)))) == [False] * 5 + [
        True
    ]
    assert Spent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_no_more_than_the_limit_pass():
    request = RequestFactory().post(LOGIN)
    config = {"x": "3/5m/ip"}

    def work() -> bool:
        return bool(ratelimit.consume(request, app="a", action="x", config=config))

    assert sum(at_once(8, work)) == 3
