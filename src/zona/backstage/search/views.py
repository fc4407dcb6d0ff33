"""The public screens of search: read, ask, show. Nothing of a query is written down."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import limits, queries
from .addresses import make_linker
from .engines.base import CAP
from .forms import NEWEST, FilterForm, read_narrow
from .models import Entry
from .registry import kind_labels
from .rules import asking, marking

RETRY = "60"  # seconds


@require_safe
def show_search(request: HttpRequest) -> HttpResponse:
    """Search in all offices of the installation."""
    home = get_script_prefix()
    context = {
        "page_title": _("Search"),
        "label": _("Search in all offices"),
        "breadcrumb": [{"label": _("Home"), "url": home}],
        "footer_links": [{"label": _("All offices"), "url": f"{home}daftar-kantor/"}],
    }
    return answer(request, context)


@require_safe
def show_suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that fit what is being typed, of all offices."""
    return answer_suggestions(request)


def answer(
    request: HttpRequest, context: dict[str, Any], *, home: str = "", today: dt.date | None = None
) -> HttpResponse:
    """The page of results; `context` brings the frame, `home` is the code of the one office."""
    if not limits.searches.allows(request):
        return _refuse(request, context)
    today = today or timezone.localdate()
    asked = request.GET
    text = asking.tidy(asked.get("q", ""))
    context = context | {"words": text, "action": request.path, "hide_search": True}
    if not text:
        return TemplateResponse(request, "search/results.html", context)
    narrow = read_narrow(asked, everywhere=not home)
    newest = asked.get("urut") == NEWEST
    results = queries.search(text, today=today, home=home, narrow=narrow, newest=newest)
    form = FilterForm(asked, results=results, home=home)
    kept = {name: asked[name] for name in form.fields if asked.get(name)}
    page = Paginator(results.hits, queries.PAGE_SIZE).get_page(asked.get("hal"))
    rows = _rows(request, results, page.object_list, today, with_office=not home)
    whole = max(0, results.whole - page.start_index() + 1) if results.hits else 0
    context |= {
        "results": results,
        "others": len(results.hits) - results.whole,
        "cap": CAP,
        "meant": queries.guess_meant(results, today=today, home=home),
        "form": form,
        "is_narrowed": form.active > bool(newest),
        "reset_url": f"?{urlencode({'q': text})}",
        "page": page,
        "query": f"{urlencode(kept)}&",
        "whole_rows": rows[:whole],
        "other_rows": rows[whole:],
    }
    return TemplateResponse(request, "search/results.html", context)


def answer_suggestions(
    request: HttpRequest, *, home: str = "", today: dt.date | None = None
) -> HttpResponse:
    """[{title, url, kind}], at most six; [] for what is too short."""
    if not limits.suggestions.allows(request):
        return JsonResponse([], safe=False, status=429, headers={"Retry-After": RETRY})
    link, kinds = make_linker(request), kind_labels()
    found = queries.suggest(
        request.GET.get("q", ""), today=today or timezone.localdate(), home=home
    )
    rows = [
        {
            "title": entry.title,
            "url": link(entry.url),
            "kind": str(kinds.get(entry.kind, "")),
        }
        for entry in found
    ]
    return JsonResponse(rows, safe=False, headers={"X-Robots-Tag": "noindex"})


def _rows(
    request: HttpRequest, results: queries.Results, hits: Any, today: dt.date, *, with_office: bool
) -> list[dict[str, Any]]:
    """What the component story_row shows; text is looked through for these rows alone."""
    link, kinds, sought = make_linker(request), kind_labels(), marking.seek(results.query)
    return [
        _row(entry, sought, today, link(entry.url), str(kinds.get(entry.kind, "")), with_office)
        for entry in queries.load(hits)
    ]


def _row(
    entry: Entry, sought: marking.Sought, today: dt.date, url: str, kind: str, with_office: bool
) -> dict[str, Any]:
    above = [kind]
    if with_office and entry.office and entry.kind != "home":
        above.append(entry.office.short_name)
    row = {
        "title": mark_safe(marking.mark(entry.title, sought)),  # noqa: S308 - escaped there
        "url": url,
        "summary": mark_safe(marking.snippet(entry.text, sought)),  # noqa: S308
        "rubric": " · ".join(filter(None, above)),
        "date": date_format(entry.date, "DATE_FORMAT") if entry.date else "",
        "iso": entry.date.isoformat() if entry.date else "",
    }
    if entry.valid_until and entry.valid_until < today:
        row |= {"badge": _("Expired"), "badge_kind": "", "badge_icon": "archive"}
    return row


def _refuse(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    context = context | {"is_refused": True, "action": request.path, "hide_search": True}
    return TemplateResponse(
        request, "search/results.html", context, status=429, headers={"Retry-After": RETRY}
    )
