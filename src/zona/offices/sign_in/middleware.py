"""Who stands at the door of the back office: people with a role, administrators with two keys."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .. import policies
from .locks import keep_browser

SEEN_EVERY = 300  # seconds
LOGIN_LINK = "login_link"  # how a session that began with a one-time link calls itself
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]

# Screens of the back office that an administrator may use before the second factor is set up:
# the first steps of a new office, and the way out.
OPEN_BEFORE = {
    "offices:setup",
    "offices:setup_step",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}


class RequireSecondFactor:
    """Lets nobody into the back office without a role, and no administrator with one key only.

    The administrator of a demo office who came by a one-time link may postpone: whoever can print
    such a link runs the machine, and the office holds sample data only. Nobody else may.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with policies.remember_roles():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or not match.route.startswith("kantor/"):
            return None
        if not request.user.is_authenticated or match.view_name in OPEN_BEFORE:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return render(request, "account/no_role.html", status=403)
        if self._must_set_up(request):
            messages.warning(
                request,
                _("Administrators sign in with two keys. Set up the second one to go on."),
            )
            return redirect("mfa_index")
        return None

    def _must_set_up(self, request: HttpRequest) -> bool:
        user = request.user
        if not policies.is_administrator(user) or is_mfa_enabled(user, SECOND_FACTORS):
            return False
        return not (came_by_link(request) and policies.runs_demo_only(user))


class KnowBrowsers:
    """Gives a browser the cookie by which it is known after a sign-in (`locks`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        keep_browser(request, response)
        return response


class NoteSessions:
    """Notes where and when a session was last used, for the person's list of them.

    allauth's own does so on every request, which makes a write of every page; here it is every
    five minutes, and at once when the address or the browser is another.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.session_key and request.user.is_authenticated and _is_news(request):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


def _is_news(request: HttpRequest) -> bool:
    parts = (
        request.session.session_key,
        get_adapter().get_client_ip(request),
        request.headers.get("User-Agent", ""),
    )
    name = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
    return bool(cache.add(f"session-seen:{name}", True, SEEN_EVERY))


def came_by_link(request: HttpRequest) -> bool:
    """Whether this session began with a one-time link."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == LOGIN_LINK for record in records)
