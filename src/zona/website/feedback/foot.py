"""The question at the foot of every item and standing page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zona.website.site.models import BasePage

from .queries import version_of


def build_foot(request: HttpRequest, page: BasePage) -> dict[str, Any] | None:
    """Inputs of feedback/foot.html; None for a page that is not published. No query."""
    version = version_of(page)
    if not (page.live and version and page.office_id):
        return None
    return {
        "vote_url": reverse("feedback:vote", args=[page.pk]),
        "report_url": f"{reverse('feedback:report', args=[page.pk])}?versi={version}",
        "challenge_url": reverse("feedback:challenge"),
        "version": version,
    }
