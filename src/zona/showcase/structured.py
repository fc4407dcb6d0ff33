"""Pages as schema.org data (JSON-LD): GovernmentOrganization and NewsArticle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .frame import absolute

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ARTICLES = {"article": "NewsArticle", "photo_story": "NewsArticle", "infographic": "NewsArticle"}


def describe(context: Mapping[str, Any]) -> dict[str, Any]:
    """Data for the context of a page; {} for pages that have no such form."""
    page, office = context.get("page"), context.get("office_row")
    if page is None or office is None:
        return {}
    if page.kind == "home" and context.get("is_home"):
        return _organisation(context)
    return _article(context) if page.kind in ARTICLES else {}


def _organisation(context: Mapping[str, Any]) -> dict[str, Any]:
    office = context["office_row"]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": office.long_name,
        "alternateName": office.short_name,
        "url": absolute(context["home_url"]),
        "telephone": office.phone,
        "email": office.email,
        "sameAs": [account.url for account in office.accounts.all()],
        "areaServed": office.region,
    }
    if office.address:
        data["address"] = {
            "@type": "PostalAddress",
            "streetAddress": office.address,
            "addressCountry": "ID",
        }
    if office.latitude is not None and office.longitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(office.latitude),
            "longitude": float(office.longitude),
        }
    data["openingHoursSpecification"] = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": DAYS[row.weekday],
            "opens": f"{row.opens:%H:%M}",
            "closes": f"{row.closes:%H:%M}",
        }
        for row in office.service_hours.all()
    ]
    return {key: value for key, value in data.items() if value}


def _article(context: Mapping[str, Any]) -> dict[str, Any]:
    page, card = context["page"], context["card"]
    publisher = {"@type": "GovernmentOrganization", "name": context["office_row"].long_name}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ARTICLES[page.kind],
        "headline": page.title[:110],
        "description": page.lead,
        "inLanguage": "id",
        "mainEntityOfPage": context["canonical_url"],
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else "",
        "author": publisher,
        "publisher": publisher,
        "articleSection": page.rubric.title if page.rubric else "",
    }
    if not page.is_imported and page.first_published_at:
        data["datePublished"] = page.first_published_at.isoformat()
    if card["image"]:
        data["image"] = [absolute(card["image"]["src"])]
    return {key: value for key, value in data.items() if value}
