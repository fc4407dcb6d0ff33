"""How fresh the website is: the score, what costs most, and the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zona.backstage.backoffice.offices import own_offices
from zona.offices.models import Office, User
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.redirects.exchange.sheets import write
from zona.website.site.rules.pages import Age
from zona.website.site.staff.desk import desk_of

from .. import charts
from ..mending import list_mends, say_last
from ..policies import get_office_for, measured_offices
from ..queries.freshness import Standing, history_of, standing_of, stood
from ..rules.freshness import MINUTES, Part

AT_FIRST = 5
BELOW_AT_FIRST = 10
ASK_ALL, ASK_BELOW = "semua", "bawahan"


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """The score of the person's (first) office."""
    user = actor_of(request)
    office = next(iter(own_offices(user)), None) or measured_offices(user).first()
    if office is None:
        raise PermissionDenied
    return redirect("numbers:freshness", code=office.code)


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    user, now = actor_of(request), timezone.now()
    office = get_office_for(user, code)
    standing = standing_of(office, now)
    mends = [mend for mend in list_mends(standing) if mend.is_mendable]
    everything = ASK_ALL in request.GET
    return TemplateResponse(
        request,
        "numbers/office/freshness.html",
        {
            "header_title": _("To be refreshed"),
            "header_icon": "rotate",
            "breadcrumbs_items": breadcrumbs(("", _("To be refreshed"))),
            "office": office,
            "offices": own_offices(user),
            "may_mend": desk_of(user, office).may_publish,
            "score": standing.score.value,
            "is_capped": standing.score.is_capped,
            "cap": standing.model.cap,
            "sentence": say_score(standing),
            "mends": mends if everything else mends[:AT_FIRST],
            "more": 0 if everything else max(0, len(mends) - AT_FIRST),
            "minutes": sum(mend.minutes for mend in mends[:AT_FIRST]),
            "parts": [describe(standing, part) for part in Part],
            "unlinked": standing.unlinked,
            "views_measured": bool(standing.views),
            "model": standing.model,
            "minutes_source": MINUTES.source,
            "history": _history(office, standing),
            "below": _below(request, user, office, standing),
        },
    )


def say_score(standing: Standing) -> str:
    """What the number is."""
    if standing.score.value is None:
        return _("Not measured yet: the office has no page that must be reviewed.")
    return _("How fresh the website of %(office)s is, %(date)s.") % {
        "office": standing.office.short_name,
        "date": date_format(standing.today, "j F Y"),
    }


# --- the four parts ---


@dataclass(frozen=True)
class PartLine:
    """One part of the score in words; `value` None: not measured."""

    name: str
    sentence: str
    value: Decimal | None
    weight: int  # per cent of the score, after unmeasured parts were left out


def describe(standing: Standing, part: Part) -> PartLine:
    score = standing.score
    said = {
        Part.REFERENCE: (_("Reference pages"), _say_reference),
        Part.WINDOW: (_("In date"), _say_windows),
        Part.DATA: (_("Periodic data"), _say_data),
        Part.PULSE: (_("Pulse of the news"), _say_pulse),
    }
    name, sentence = said[part]
    weight = score.weights.get(part, Decimal(0))
    return PartLine(name, sentence(standing), score.parts[part], round(100 * weight))


def _say_reference(standing: Standing) -> str:
    words = {
        "fresh": standing.count(Age.FRESH) + standing.count(Age.DUE),
        "late": standing.count(Age.LATE),
        "stale": standing.count(Age.STALE),
        "missing": len(standing.missing),
    }
    if not (standing.pages or standing.missing):
        return _("Not measured yet: there is no such page.")
    return (
        _("%(fresh)s reviewed in time, %(late)s late, %(stale)s stale, %(missing)s missing.")
        % words
    )


def _say_windows(standing: Standing) -> str:
    total = len(standing.windows)
    if not total:
        return _("Not measured: nothing with an end date is shown as in force.")
    good = sum(
        1 for page in standing.windows.values()
        if page.valid_until is not None and page.valid_until >= standing.today
    )  # fmt: skip
    return _("%(good)s of %(total)s announcements and pages with an end date are in date.") % {
        "good": good,
        "total": total,
    }


def _say_data(standing: Standing) -> str:
    rows = [row for row in standing.data if row.counts]
    if not rows:
        return _("Not measured yet: nothing has fallen due since the website opened here.")
    words = {
        "good": sum(row.points == 100 for row in rows),
        "half": sum(row.points == 50 for row in rows),
        "total": len(rows),
    }
    said = _("%(good)s of %(total)s in time in the last twelve months, %(half)s a few days late.")
    return said % words


def _say_pulse(standing: Standing) -> str:
    pulse = standing.score.pulse
    last = say_last(pulse)
    if pulse.days is None or not pulse.weeks:
        return last
    regular = _("%(good)s of %(weeks)s working weeks had %(target)s or more.") % {
        "good": pulse.good_weeks,
        "weeks": pulse.weeks,
        "target": standing.model.target,
    }
    return f"{last} {regular}"


# --- beside the score ---


def _history(office: Office, standing: Standing) -> charts.Chart | None:
    """The score of the last ninety days; None while there are fewer than two days."""
    points = [(day, float(value)) for day, value in history_of(office, standing.today)]
    if len(points) < 2:
        return None
    words = {"first": number_format(points[0][1], 1), "last": number_format(points[-1][1], 1)}
    return charts.sparkline(
        "riwayat-skor",
        title=_("The score by day"),
        text=_("From %(first)s to %(last)s.") % words,
        points=points,
    )


def _below(
    request: HttpRequest, user: User, office: Office, standing: Standing
) -> dict[str, Any] | None:
    """The offices below as they stood at the last nightly count; None without any."""
    below = measured_offices(user).exclude(pk=office.pk)
    offices = list(below.filter(parent=office) if office.parent_id else below)
    if not offices or office.level not in ("ri", "provinsi"):
        return None
    rows = stood(offices, standing.today)
    everything = ASK_BELOW in request.GET
    return {
        "rows": rows if everything else rows[:BELOW_AT_FIRST],
        "more": 0 if everything else max(0, len(rows) - BELOW_AT_FIRST),
        "total": len(rows),
        "measured": sum(row.score is not None for row in rows),
    }


# --- the same as data ---


@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """What costs points, as CSV."""
    office = get_office_for(actor_of(request), code)
    standing = standing_of(office, timezone.now())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kesegaran-{office.code}.csv"'
    head = [_("Part"), _("What"), _("Why"), _("Points lost"), _("Minutes (estimate)"), _("Address")]
    rows = [
        [
            mend.part.value,
            mend.title,
            mend.detail,
            number_format(mend.points, 2),
            str(mend.minutes or ""),
            request.build_absolute_uri(mend.url),
        ]
        for mend in list_mends(standing)
    ]
    write(response, head, rows)
    return response


@require_safe
def show_data(request: HttpRequest, code: str) -> HttpResponse:
    """The score with all its parts, as JSON; `null` is what is not measured."""
    office = get_office_for(actor_of(request), code)
    standing = standing_of(office, timezone.now())
    score = standing.score
    return JsonResponse(
        {
            "kantor": office.code,
            "tanggal": standing.today.isoformat(),
            "skor": _number(score.value),
            "tertahan": score.is_capped,
            "bagian": {
                part.value: {
                    "nilai": _number(score.parts[part]),
                    "bobot": _number(score.weights.get(part), 4),
                }
                for part in Part
            },
            "rincian": [
                {
                    "bagian": mend.part.value,
                    "apa": mend.title,
                    "sebab": mend.detail,
                    "angka_hilang": _number(mend.points, 2),
                    "menit": mend.minutes or None,
                    "alamat": mend.url,
                }
                for mend in list_mends(standing)
            ],
            "model": {"versi": standing.model.version, "sumber": standing.model.source},
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _number(value: Decimal | None, digits: int = 1) -> float | None:
    return None if value is None else round(float(value), digits)
