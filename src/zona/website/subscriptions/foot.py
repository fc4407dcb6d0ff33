"""The invitation to follow, at the foot of items and wherever an office's pages offer it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zona.offices.models import Office
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage
from zona.website.site.queries import Narrow

from .queries import takes_subscriptions
from .rules import Topic


def build_foot(request: HttpRequest, page: BasePage) -> dict[str, Any] | None:
    """Inputs of subscriptions/foot.html on items; None elsewhere. No query."""
    if page.kind not in KINDS or not page.live or not page.office.is_open:
        return None
    by_mail = takes_subscriptions(page.office)
    code = page.office.code
    return {
        "office": page.office.short_name,
        "code": code,
        "follow_url": reverse("subscriptions:follow", args=[code]) if by_mail else "",
        "challenge_url": reverse("subscriptions:challenge"),
        "key_url": reverse("subscriptions:push_key"),
        "register_url": reverse("subscriptions:push_register"),
        "unregister_url": reverse("subscriptions:push_unregister"),
    }


def follow_url(office: Office, narrow: Narrow | None = None) -> str:
    """Where a list can be subscribed to by e-mail; "" where it cannot."""
    if not takes_subscriptions(office):
        return ""
    url = reverse("subscriptions:follow", args=[office.code])
    if narrow and narrow.rubric:
        return f"{url}?topik={Topic('rubrik', narrow.rubric.pk)}"
    if narrow and narrow.tag:
        return f"{url}?topik={Topic('topik', narrow.tag.pk)}"
    return url
