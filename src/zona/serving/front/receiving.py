"""Whether a large body may come in: decided by its address and its sender, before it is read."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import close_old_connections
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from zona.ground.guard.actions import count, network_of
from zona.ground.guard.bodies import ANYONE, DAILY, KIB, MIB, Cap, cap_of
from zona.offices.models import User
from zona.offices.policies import has_place

from .bridge import Refused

STAFF = 35 * MIB  # bytes: a picture of 30 MB with the rest of its form
BACK_OFFICE = "/kantor/"


def cap_at(path: str) -> Cap:
    """The largest body that an address takes."""
    path = path.removeprefix("/en") if path.startswith("/en/") else path
    try:
        cap = cap_of(resolve(path).func)
    except Resolver404:
        return Cap(ANYONE, of_anyone=True)
    if cap is None and path.startswith(BACK_OFFICE):
        return Cap(STAFF)
    return cap or Cap(ANYONE, of_anyone=True)


def admit(environ: dict[str, Any], path: str, length: int) -> None:
    """Let a body of more than ANYONE bytes in. Raises Refused: 413, or 429 for too much a day.

    Asks the database, so it runs in a thread.
    """
    cap = cap_at(path)
    if length > cap.most:
        raise Refused(413)
    if is_of_staff(environ):
        return
    if not cap.of_anyone:
        raise Refused(413)
    request = HttpRequest()
    request.META = environ
    if count("bodies.kib", network_of(request), by=-(-length // KIB)) > DAILY // KIB:
        raise Refused(429)


def is_of_staff(environ: dict[str, Any]) -> bool:
    """Whether the session cookie is that of a person who signed in and works in some office."""
    try:
        cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        return False
    if settings.SESSION_COOKIE_NAME not in cookies:
        return False
    store = import_module(settings.SESSION_ENGINE).SessionStore
    close_old_connections()  # no request of Django has begun that would do so
    number = store(cookies[settings.SESSION_COOKIE_NAME].value).load().get(SESSION_KEY)
    person = User.objects.filter(pk=number, is_active=True).first() if number else None
    return person is not None and has_place(person)
