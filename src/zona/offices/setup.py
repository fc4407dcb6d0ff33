"""Leads the administrator of an empty office from the dashboard into its first set-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from . import policies
from .models import Office, User

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SetupMiddleware:
    """Until the set-up is finished, the dashboard has nothing to say to that person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.url_name != "wagtailadmin_home":
            return None
        office = office_to_set_up(request.user) if isinstance(request.user, User) else None
        return redirect("offices:setup", code=office.code) if office else None


def office_to_set_up(actor: User) -> Office | None:
    """The one office a person administers here, if its first set-up is not finished.

    Who administers several, as RI or a province may, is not held up by one of them.
    """
    if not policies.is_administrator(actor):
        return None
    mine = policies.administered_offices(actor).filter(is_open=True, abolished_on=None)
    offices = list(mine.order_by("code")[:2])
    if len(offices) == 1 and not offices[0].is_ready:
        return offices[0]
    return None
