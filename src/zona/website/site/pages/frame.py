"""The frame around every public page of an office: head, navigation, foot, canonical address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zona.offices.models import ElectionStage, Office
from zona.offices.queries.offices import OpeningNow, current_stages, opening_now

from ..models import BasePage, HomePage
from .foot import follow_url
from .rows import say_day

SERVICE_ICONS = {
    "facebook": "facebook",
    "instagram": "instagram",
    "x": "twitter",
    "youtube": "youtube",
    "tiktok": "tiktok",
    "telegram": "send",
    "whatsapp": "message-circle",
}


def absolute(path: str) -> str:
    return path if "://" in path else settings.BASE_URL + path


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """This very page in the other language; the query goes along."""
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    here = translation.get_language()
    tail = path + (f"?{query}" if query else "")
    return [
        {"code": code, "label": label, "url": prefix + tail, "current": code == here}
        for code, label, prefix in (("id", "Indonesia", ""), ("en", "English", "/en"))
    ]


def describe_office(office: Office, opening: OpeningNow) -> dict[str, Any]:
    """What header and footer show of an office."""
    return {
        "short_name": office.short_name,
        "long_name": office.long_name,
        "address": office.address,
        "phone": office.phone,
        "email": office.email,
        "whatsapp": office.whatsapp,
        "map_url": office.map_url,
        "logo_url": office.logo.url if office.logo else "",
        "hours_rows": [(row.days, row.text) for row in opening.rows] if opening.is_known else [],
        "accounts": [
            {"label": a.label, "url": a.url, "icon": SERVICE_ICONS.get(a.service, "globe")}
            for a in office.accounts.all()
        ],
    }


def describe_stage(stage: ElectionStage) -> dict[str, str]:
    return {
        "name": f"{stage.name}: {stage.election}",
        "dates": f"{say_day(stage.starts_on)} – {say_day(stage.ends_on)}",
        "explanation": stage.explanation,
    }


def navigation(request: HttpRequest, home: HomePage, page: BasePage) -> list[dict[str, Any]]:
    """The main entries: news, announcements, profile, public information, contact."""
    shown = ("kind", "path", "url_path", "content_type")
    children = list(home.get_children().live().only(*shown))
    entries: list[tuple[str, str, bool]] = []
    by_kind: dict[str, BasePage] = {}
    for child in children:
        by_kind.setdefault(child.kind, child)
    home_url = home.get_url(request)
    if index := by_kind.get("index"):
        url = index.get_url(request)
        entries.append((_("News"), url, page.path.startswith(index.path)))
        entries.append((_("Announcements"), f"{url}jenis/pengumuman/", False))
    if profile := by_kind.get("profile"):
        entries.append((_("Profile"), profile.get_url(request), page.kind == "profile"))
    if "standard" in by_kind:
        is_here = page.kind == "standard"
        entries.append((_("Public information"), f"{home_url}informasi-publik/", is_here))
    if contact := by_kind.get("contact"):
        entries.append((_("Contact"), contact.get_url(request), page.pk == contact.pk))
    here = request.path
    return [
        {"label": label, "url": url, "current": url == here or (current and here != url)}
        for label, url, current in entries
    ]


def frame(request: HttpRequest, page: BasePage, home: HomePage | None = None) -> dict[str, Any]:
    """The context of ui/base.html for a page of an office, or of a directory (no office)."""
    context: dict[str, Any] = {
        "page": page,
        "page_title": page.title,
        "language_links": language_links(request),
        "canonical_url": absolute(request.path),
        "base_url": settings.BASE_URL,
        "footer_links": [{"label": _("All offices"), "url": directory_url()}],
    }
    if home is None:
        return context
    office, now = home.office, timezone.now()
    prefetch_related_objects([office], "accounts")
    opening, home_url = opening_now(office, now), home.get_url(request)
    follow = follow_url(office)
    stages = current_stages(now.astimezone(office.tz).date())
    return context | {
        "home": home,
        "home_url": home_url,
        "search_url": f"{home_url}cari/",
        "office": describe_office(office, opening),
        "office_row": office,
        "opening": opening,
        "nav": navigation(request, home, page),
        "is_demo": office.is_demo,
        "stage": describe_stage(stages[0]) if stages else None,
        "accent_css_url": f"{home_url}aksen/?{office.accent[1:]}" if office.accent else "",
        "footer_links": [
            {"label": _("Public information"), "url": f"{home_url}informasi-publik/"},
            *([{"label": _("Follow by e-mail"), "url": follow}] if follow else []),
            {"label": _("RSS feed"), "url": f"{home_url}kabar/rss/"},
            *context["footer_links"],
        ],
    }


def news_url(request: HttpRequest, home: HomePage) -> str:
    """The door of Bakohumas: the news list."""
    return f"{home.get_url(request)}kabar/"


def directory_url() -> str:
    return f"{get_script_prefix()}daftar-kantor/"


def breadcrumb(request: HttpRequest, home: HomePage, page: BasePage) -> list[dict[str, str]]:
    """The way from the home page down to the page, the page itself left out."""
    way = [{"label": _("Home"), "url": home.get_url(request)}]
    shown = ("kind", "title", "url_path", "content_type")
    for step in page.get_ancestors().filter(depth__gt=home.depth).only(*shown):
        way.append({"label": _("News") if step.kind == "index" else step.title,
                    "url": step.get_url(request)})  # fmt: skip
    return way


def home_above(page: BasePage) -> HomePage | None:
    """The home page whose office the page belongs to; None for directories."""
    if isinstance(page, HomePage):
        return page
    if not page.office_id:
        return None
    home = HomePage.objects.ancestor_of(page).first()
    if home is not None and home.office_id == page.office_id:
        home.office = page.office
    return home
