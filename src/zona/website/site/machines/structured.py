"""Pages as schema.org data (JSON-LD): the office, its news, recordings and galleries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..pages.frame import absolute

Describe = Callable[[Mapping[str, Any]], dict[str, Any]]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ARTICLES = {
    "article": "NewsArticle",
    "photo_story": "ImageGallery",
    "infographic": "NewsArticle",
    "video": "VideoObject",
}


def describe(context: Mapping[str, Any]) -> dict[str, Any]:
    """Data for the context of a page; {} for pages that have no such form."""
    page, office = context.get("page"), context.get("office_row")
    if page is None or office is None:
        return {}
    if page.kind == "home" and context.get("is_home"):
        return _organisation(context)
    if page.kind in _WHOLE:
        return _WHOLE[page.kind](context)
    if page.kind not in ARTICLES:
        return {}
    data = _article(context) | _PARTS.get(page.kind, lambda _context: {})(context)
    return {key: value for key, value in data.items() if value}


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
    return data


def _gallery(context: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": context["page"].title,
        "image": [
            {
                "@type": "ImageObject",
                "contentUrl": absolute(photo["original"]),
                "caption": photo["caption"],
                "creditText": photo["image"]["credit"],
            }
            for photo in context["photos"]
        ],
    }


def recorded(context: Mapping[str, Any]) -> dict[str, Any]:
    """The file itself; nothing for a page that has none to play yet."""
    player = context.get("player")
    if not player:
        return {}
    return {
        "contentUrl": absolute(player["src"]),
        "encodingFormat": player["type"],
        "duration": f"PT{player['seconds']}S",
    }


def _video(context: Mapping[str, Any]) -> dict[str, Any]:
    page, card, external = context["page"], context["card"], context.get("external")
    day = page.first_published_at
    return {
        "name": page.title,
        "uploadDate": day.isoformat() if day else "",
        "thumbnailUrl": absolute(card["image"]["src"]) if card["image"] else "",
        **({"embedUrl": external.embed_url or external.url} if external else recorded(context)),
    }


_PARTS: dict[str, Describe] = {
    "photo_story": _gallery,
    "video": _video,
}
_WHOLE: dict[str, Describe] = {}


def register_item(kind: str, schema: str, part: Describe) -> None:
    """An item of a kind is a `schema` of schema.org; `part`: what it has beside an article's."""
    ARTICLES[kind], _PARTS[kind] = schema, part


def register_page(kind: str, describe: Describe) -> None:
    """Pages of a kind have a form of their own."""
    _WHOLE[kind] = describe
