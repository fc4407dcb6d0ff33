"""No secret that stands in an address reaches the log or another site."""

from __future__ import annotations

import io
import logging
import logging.config
import re
import sys

import pytest
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.urls import get_resolver

from zona.config.web.hiding import LONGEST, HidingFormatter, hide
from zona.ground.sealing.addresses import has_secret, secret_prefixes, walk
from zona.ground.sealing.links import Ticket, make_token

SECRETS = ["ab-C_1", "MzE.x:1a2-sig_N", make_token(), Ticket("a.b").sign([1, "nonce"])]
LOOKS_SECRET = re.compile(
    r"(\w+_)?(token|secret|key|kunci|rahasia|sandi|nonce|signature|uidb\w+|tiket|hash)"
)
# Looks like one and is none: numbers of passkeys.
HARMLESS = {"akun/2fa/webauthn/keys/"}


def routes() -> list[str]:
    return [route for route, pattern in walk(get_resolver()) if has_secret(pattern)]


def test_the_known_secret_addresses_are_found():
    found = " ".join(secret_prefixes())
    for prefix in (
        "tinjau/", "akun/tautan/", "akun/undangan/", "akun/password/reset/key/",
        "langganan/konfirmasi/", "langganan/atur/", "langganan/berhenti/", "agenda/langganan/",
    ):  # fmt: skip
        assert prefix in found


@pytest.mark.parametrize("secret", SECRETS, ids=["plain", "dotted", "token", "ticket"])
def test_every_secret_of_every_pattern_is_hidden(secret):
    assert len(routes()) >= 8
    for route in routes():
        path = "/" + re.sub(r"<[^>]+>|\(\?P<\w+>[^)]*\)", secret, route)
        for line in (path, f"GET {path} 500", f'"/en{path}"', f"https://kpu.test{path}?x=1"):
            assert secret not in hide(line), route


def test_no_parameter_that_looks_secret_is_undeclared():
    for route, pattern in walk(get_resolver()):
        names = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
        if any(LOOKS_SECRET.fullmatch(name) for name in names) and route not in HARMLESS:
            assert has_secret(pattern), f"write <secret:…> in {route}"


def test_ordinary_addresses_stay_readable():
    for line in (
        "GET /kantor/agenda/33.08/",
        "/langganan/33.08/",
        "/agenda/33.08.ics",
        "a" * 64,
    ):
        assert hide(line) == line


def test_nothing_of_a_line_escapes_not_even_the_traceback():
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(HidingFormatter())
    logger = logging.Logger("uji")
    logger.addHandler(handler)
    try:
        raise ValueError("/tinjau/rahasia1/ tidak ada")
    except ValueError:
        logger.exception("%s: %s", "Error", {"path": "/langganan/atur/rahasia2/"})
    logger.error("%(path)s", {"path": "/akun/tautan/rahasia3/"})
    assert "rahasia" not in written.getvalue()
    assert written.getvalue().count("…") >= 3


def test_the_settings_write_through_it():
    made = settings.LOGGING["formatters"]["plain"]
    assert made["()"] == "zona.config.web.hiding.HidingFormatter"
    for handler in settings.LOGGING["handlers"].values():
        assert handler["formatter"] == "plain"
    assert settings.ROOT_URLCONF in sys.modules or get_resolver()


@pytest.mark.django_db
def test_secret_pages_are_told_to_no_other_site(client):
    for path in ("/akun/tautan/x/", "/tinjau/x/", "/langganan/atur/x/"):
        assert client.get(path)["Referrer-Policy"] in ("same-origin", "no-referrer"), path


def test_patterns_without_secrets_hide_no_address(settings) -> None:
    """Nor does what was asked first decide for other patterns."""
    settings.ROOT_URLCONF = "zona.serving.tests.views"
    assert hide("GET /kabar/rapat/") == "GET /kabar/rapat/"


def test_what_a_visitor_sets_off_fills_no_disk() -> None:
    def told(error: Exception, message: str = "refused") -> str:
        try:
            raise error
        except Exception:
            record = logging.LogRecord("x", logging.ERROR, "", 1, message, None, sys.exc_info())
        return HidingFormatter().format(record)

    assert told(DisallowedHost("evil.test")) == "refused"
    assert "Traceback" in told(ValueError("ours"))
    assert len(told(ValueError("ours"), "x" * 100_000)) < LONGEST + 10
