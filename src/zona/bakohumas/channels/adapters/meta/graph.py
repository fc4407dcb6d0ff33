"""Meta's Graph API: one call, and what its errors mean for Facebook, Instagram and Threads.

Codes: https://developers.facebook.com/docs/graph-api/guides/error-handling (read Nov 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from django.utils.translation import gettext as _

from .. import outcomes
from ..base import Failure, Later, Refused

VERSION = "v25.0"
CLOCKS_APART = timedelta(minutes=2)  # of the service and ours, at most
TOKEN = {102, 190, 463, 467}
RIGHTS = {3, 10, *range(200, 300)}
RATE = {4: 900, 9: 3600, 17: 900, 32: 900, 341: 3600, 613: 900}  # code: seconds to wait
BLOCKED = 368  # for a while, because of what was posted or how fast
DUPLICATE = 506
TRANSIENT = {1, 2}
# Instagram's subcodes; https://developers.facebook.com/docs/instagram-platform/
# instagram-graph-api/reference/error-codes (read Nov 2026)
SOON = {2207001, 2207003, 2207027, 2207052, 2207053}
QUOTA = {2207042}
INACTIVE = {2207050}


class Graph:
    """Calls with one token. `in_header` False: the token travels as a parameter (Threads)."""

    def __init__(
        self, base: str, version: str, token: str, *, timeout: float, in_header: bool = True
    ) -> None:
        self.base, self.version, self.token = base, version, token
        self.timeout, self.in_header = timeout, in_header

    def get(self, path: str, **params: str) -> dict[str, Any]:
        return self.call("GET", path, params=params)

    def post(
        self, path: str, *, final: bool = True, files: Any = None, **data: str
    ) -> dict[str, Any]:
        """`final`: this is the call that the public can see. Empty values are left out."""
        data = {name: value for name, value in data.items() if value}
        return self.call("POST", path, data=data, files=files, final=final)

    def delete(self, path: str) -> None:
        """Take down; what is gone already is gone."""
        try:
            self.call("DELETE", path)
        except Refused as error:
            if "does not exist" not in error.reason:
                raise

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        files: Any = None,
        final: bool = False,
    ) -> dict[str, Any]:
        """One request, answered with a JSON object. Raises a Failure."""
        params, data = dict(params or {}), dict(data or {})
        headers = {"Authorization": f"Bearer {self.token}"} if self.in_header else {}
        if not self.in_header:
            (data if method == "POST" else params)["access_token"] = self.token
        url = "/".join(part for part in (self.base, self.version, path) if part)
        try:
            answer = httpx.request(
                method,
                url,
                params=params,
                data=data or None,
                files=files,
                headers=headers,
                timeout=self.timeout,
            )
        except httpx.HTTPError as error:
            raise outcomes.broken(error, final=final) from error
        try:
            body = answer.json()
        except ValueError:
            body = None
        if answer.is_success and isinstance(body, dict) and "error" not in body:
            return body
        raise translate(answer.status_code, body, final=final)


def translate(status: int, body: object, *, final: bool) -> Failure:
    """What an answer that is no success means."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        is_done_perhaps = final and (status >= 500 or status < 400)
        return outcomes.lost() if is_done_perhaps else outcomes.unreachable()
    code, subcode = int(error.get("code") or 0), int(error.get("error_subcode") or 0)
    said = str(error.get("error_user_msg") or error.get("message") or "")
    if code in TOKEN or code in RIGHTS or subcode in INACTIVE:
        return outcomes.signed_out(said)
    if code in RATE or subcode in QUOTA or status == 429 or 80000 <= code <= 80014:
        return outcomes.busy(RATE.get(code, 3600))
    if code == BLOCKED:
        return Later(_("The service has blocked this account for a while: %s") % said, 6 * 3600)
    if code == DUPLICATE:  # the same words again: very likely ours, whose answer was lost
        return outcomes.lost()
    if error.get("is_transient") or code in TRANSIENT or subcode in SOON or status >= 500:
        # Known to post at times all the same; before the last call nothing can have been posted.
        return outcomes.lost() if final and subcode not in SOON else outcomes.unreachable()
    return outcomes.refused(said)


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for spaces, which services rearrange."""
    return " ".join(one.split()) == " ".join(other.split())


def moment(text: str) -> datetime:
    """A time as Graph writes it, `2026-11-24T01:02:03+0000`."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


def in_seconds(seconds: object) -> datetime | None:
    """When a token of so many seconds ends."""
    return datetime.now(UTC) + timedelta(seconds=int(str(seconds))) if seconds else None
