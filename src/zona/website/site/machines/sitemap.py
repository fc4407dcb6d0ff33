"""Sitemaps (sitemaps.org 0.9): an index, files an office, last-modified each; and robots.txt."""

from __future__ import annotations

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from ..models import BasePage, HomePage
from ..pages.frame import absolute

LIMIT = 10_000  # the standard allows 50,000 addresses a file
XML = "application/xml"


def show_index(request: HttpRequest) -> HttpResponseBase:
    """One row a file of an office."""
    offices = (
        BasePage.objects.live()
        .public()
        .filter(office__isnull=False)
        .values("office__code")
        .annotate(changed=Max("last_published_at"), count=Count("pk"))
        .order_by("office__code")
    )
    files = [
        {
            "location": absolute(f"/sitemap-{row['office__code']}-{number}.xml"),
            "changed": row["changed"],
        }
        for row in offices
        for number in range(1, -(-row["count"] // LIMIT) + 1)
    ]
    return TemplateResponse(request, "site/sitemap_index.xml", {"files": files}, content_type=XML)


def show_file(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The public pages of one office. Raises Http404 for a file that does not exist."""
    home = get_object_or_404(HomePage.objects.live(), office__code=code)
    pages = BasePage.objects.live().public().filter(office_id=home.office_id).order_by("pk")
    try:
        rows = Paginator(pages, LIMIT).page(number).object_list
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    urls = [
        {"location": absolute(page.get_url(request)), "changed": page.last_published_at}
        for page in rows
    ]
    return TemplateResponse(request, "site/sitemap.xml", {"urls": urls}, content_type=XML)


def show_robots(request: HttpRequest) -> HttpResponse:
    lines = (
        "User-agent: *",
        "Disallow: /kantor/",
        "Disallow: /akun/",
        "Disallow: /cari/",
        "Disallow: /*/cari/",
        f"Sitemap: {absolute('/sitemap.xml')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
