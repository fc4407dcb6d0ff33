"""The headers that guard every answer, derived from the settings in one place.

Django's own middleware says the same from the same settings, and widens the content policy where
a screen needs it; the front adds what is missing, so that no answer leaves without them.
"""

from __future__ import annotations

from csp.utils import build_policy
from django.conf import settings


def security_headers() -> tuple[tuple[str, str], ...]:
    """Pairs of header (lower case) and value."""
    headers = {
        "content-security-policy": build_policy(),
        "x-content-type-options": "nosniff",
        "x-frame-options": settings.X_FRAME_OPTIONS,
        "referrer-policy": settings.SECURE_REFERRER_POLICY,
        "permissions-policy": settings.PERMISSIONS_POLICY,
        "cross-origin-opener-policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "cross-origin-resource-policy": settings.CROSS_ORIGIN_RESOURCE_POLICY,
    }
    if settings.SECURE_HSTS_SECONDS:
        subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        headers["strict-transport-security"] = f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}"
    return tuple(headers.items())
