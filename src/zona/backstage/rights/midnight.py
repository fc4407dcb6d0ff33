"""Rights end with the day of the role, not when somebody tidies up.

Wagtail's groups are derived from roles by the day (`provision`). A task does so after midnight;
until it has, or while no worker runs, a role that ended yesterday would still open the editor. So
the first request of a signed-in person on a new day, in each process, brings the groups up to date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zona.offices.policies import today

from .provision import provision_changed_today


class FollowDates:
    """Answers nobody with a session by the rights of yesterday."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.day: dt.date | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self.day != today() and settings.SESSION_COOKIE_NAME in request.COOKIES:
            day = today()
            provision_changed_today(day)
            self.day = day  # afterwards: whoever comes meanwhile waits for the groups too
        return self.get_response(request)
