"""Locks of the sign-in: counted in the database, and never closed to the one they protect.

allauth counts tries by network and by account. Whoever knows an address could thus lock its owner
out. A browser in which a person once signed in whole is known by a signed cookie and counts for
itself: strangers use up their own tries only.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from typing import Any

from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zona.ground.guard.limits import Store, spend
from zona.ground.sealing.links import Ticket

from ..models import User

COOKIE = "zona_peramban"
PATH = "/akun/"
LASTS = dt.timedelta(days=365)
KNOWN = Ticket("offices.known_browsers", LASTS)
MOST_PEOPLE = 10  # who share one browser
CODE_LASTS = dt.timedelta(minutes=10)  # far longer than a code of a second factor holds

_network_key = ratelimit.get_cache_key


def read_browser(request: HttpRequest) -> tuple[str, list[int]]:
    """Name of the browser and who signed in there, the last one first; ("", []) for a strange."""
    found = KNOWN.read(request.COOKIES.get(COOKIE, ""))
    return (str(found[0]), [int(pk) for pk in found[1]]) if found else ("", [])


def note_browser(request: HttpRequest, user: User) -> None:
    """Know the browser from now on; the cookie leaves with the answer (`keep_browser`)."""
    name, people = read_browser(request)
    others = [pk for pk in people if pk != user.pk]
    request.known_browser = [  # type: ignore[attr-defined]
        name or secrets.token_urlsafe(12),
        [user.pk, *others][:MOST_PEOPLE],
    ]


def keep_browser(request: HttpRequest, response: HttpResponseBase) -> None:
    noted = getattr(request, "known_browser", None)
    if noted:
        response.set_cookie(
            COOKIE,
            KNOWN.sign(noted),
            max_age=LASTS,
            path=PATH,
            secure=settings.IS_HTTPS,
            httponly=True,
            samesite="Lax",
        )


def name_tries(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    rate: ratelimit.Rate,
    key: str | None = None,
    user: Any = None,
) -> str:
    """Under which name a try is counted; takes the place of allauth's `get_cache_key`.

    In a known browser what goes by network goes by the person instead, so that another identity
    cannot be had by signing in again; what goes by account is counted for that browser alone.
    """
    name, people = read_browser(request)
    if people and rate.per == "ip":
        return f"{app}:{action}:{rate}:person:{people[-1]}"
    if people and rate.per == "key" and key and _owner(key) in people:
        return f"{app}:{action}:{rate}:{key}:browser:{name}"
    return _network_key(request, app=app, action=action, rate=rate, key=key, user=user)


def _owner(key: str) -> int | None:
    """Whose account a key of allauth's names: an address, or the one of second factors."""
    number = key.removeprefix("mfa-auth-user-")
    if number != key:
        return int(number)
    return User.objects.filter(email=key.strip().lower()).values_list("pk", flat=True).first()


def accept_code(factor: totp.TOTP, code: str) -> bool:
    """Whether a code holds: that of this step or of the one before, each once.

    Takes the place of allauth's `TOTP.validate_code`, which keeps used codes in a cache.
    """
    secret = totp.decrypt(factor.instance.data["secret"])
    for step in steps_now():
        expected = totp.format_hotp_value(totp.hotp_value(secret, step))
        if compare_user_code(actual=code, expected=expected):
            return _spend(factor.instance, step)
    return False


def steps_now() -> tuple[int, int]:
    """This step of 30 seconds and the one before."""
    step = int(time.time()) // totp.app_settings.TOTP_PERIOD
    return step, step - 1


def _spend(authenticator: Authenticator, step: int) -> bool:
    return spend("totp", str(authenticator.pk), str(step), lasts=CODE_LASTS)


def spend_first_codes(sender: object, authenticator: Authenticator, **_kwargs: Any) -> None:
    """The code with which a second factor was set up has been used by that."""
    if authenticator.type == Authenticator.Type.TOTP:
        for step in steps_now():
            _spend(authenticator, step)


def _note_sign_in(sender: object, request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    if request is not None and isinstance(user, User):
        note_browser(request, user)


def install() -> None:
    """Let allauth count and remember here. Its own ways would be a cache that may forget."""
    store = Store()
    ratelimit.cache, ratelimit.cache_lock = store, store.lock
    ratelimit.get_cache_key = name_tries
    totp.TOTP.validate_code = accept_code
    authenticator_added.connect(spend_first_codes, dispatch_uid="offices.first_codes")
    user_logged_in.connect(_note_sign_in, dispatch_uid="offices.known_browser")
