"""How an office covers its events: each number with its sentence, chart and table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from zona.backstage.backoffice.offices import own_offices
from zona.bakohumas.agenda.models import NoCoverage
from zona.bakohumas.agenda.policies.coverage import may_write
from zona.ground.guard.numbers import read_number
from zona.offices.models import Office
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.redirects.exchange.sheets import write

from .. import charts
from ..measuring import Measure, list_measures, say_hours
from ..policies import get_office_for
from ..queries.coverage import Measures, measure
from ..rules import coverage as rules

SPANS = (30, 90, 365)  # days
SPAN, ASK_SPAN = 90, "hari"
CURVE_UNTIL = 168  # hours shown
UNTOLD_SHOWN = 10


def _span(request: HttpRequest) -> int:
    asked = read_number(request.GET.get(ASK_SPAN))
    return asked if asked in SPANS else SPAN


def _measured(request: HttpRequest, code: str) -> Measures:
    office = get_office_for(actor_of(request), code)
    return measure(office, timezone.now(), _span(request))


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    user = actor_of(request)
    found = _measured(request, code)
    office = found.office
    kinds, measures = rules.by_kind(found.told), list_measures(found)
    return TemplateResponse(
        request,
        "numbers/office/coverage.html",
        {
            "header_title": _("Coverage"),
            "header_icon": "order",
            "breadcrumbs_items": breadcrumbs(("", _("Coverage"))),
            "office": office,
            "offices": own_offices(user),
            "spans": [
                {"days": days, "name": _say_span(days), "is_current": days == found.days}
                for days in SPANS
            ],
            "days": found.days,
            "sentence": say_told(found),
            "second": say_untold(found),
            "untold": found.untold[:UNTOLD_SHOWN],
            "untold_more": max(0, len(found.untold) - UNTOLD_SHOWN),
            "may_write": may_write(user, office),
            "delay": _delay_chart(found),
            "delay_sentence": say_delay(found),
            "kinds": _kind_chart(kinds),
            "kinds_sentence": say_kinds(kinds),
            "months": _month_chart(found),
            "measures": measures,
            "unmeasured": [row for row in measures if not row.shown],
            "channels": found.channels,
            "excepted": [
                (NoCoverage(reason).label, count) for reason, count in found.excepted.items()
            ],
            "asks_why": rules.asks_why(found.exceptions),
            "exception_share": found.exceptions,
            "lacking": rules.lacking(found.items),
            "limits": rules.LIMITS,
        },
    )


def _say_span(days: int) -> str:
    return {30: _("30 days"), 90: _("3 months"), 365: _("1 year")}[days]


# --- sentences ---


def say_told(found: Measures) -> str:
    """How many events were told, and in time; no per cent of too few."""
    told, timely = rules.told(found.told), rules.timely(found.told)
    words: dict[str, int | None] = {
        "told": told.number,
        "total": told.total,
        "timely": timely.number,
    }
    if not told.total:
        return _("No event that is to be told took place in this time.")
    if not told.is_measured:
        said = _("Too few data: %(total)s events took place; a number needs at least %(enough)s.")
        return said % (words | {"enough": told.enough})
    words |= {"percent": told.percent, "timely_percent": timely.percent}
    return (
        _(
            "%(told)s of %(total)s events were told (%(percent)s%%), %(timely)s of them in time"
            " (%(timely_percent)s%% of all)."
        )
        % words
    )


def say_untold(found: Measures) -> str:
    count = len(found.untold)
    if not count:
        return ""
    words = {"n": count, "still": found.still_time}
    said = ngettext("%(n)s event is not told yet", "%(n)s events are not told yet", count)
    if found.still_time:
        said += ngettext(
            "; for %(still)s of them there is still time.",
            "; for %(still)s of them there is still time.",
            found.still_time,
        )
    else:
        said += "."
    return said % words


def say_delay(found: Measures) -> str:
    """How soon, with median and P90 only where so many events were told at all."""
    first = rules.within(found.told, rules.HOURS[0])
    if not first.is_measured:
        return _("Too few data to tell how soon: fewer than %(n)s events.") % {"n": first.enough}
    said = _("%(percent)s%% of the events were on the website within 24 hours.") % {
        "percent": first.percent
    }
    median, late = rules.quantile(found.told, 0.5), rules.quantile(found.told, 0.9)
    if median is None:
        return said + " " + _("Half of them were not told, so there is no median.")
    said += " " + _("Half were there within %(hours)s.") % {"hours": say_hours(median)}
    if late is None:
        return said + " " + _("Nine of ten were never reached.")
    return said + " " + _("Nine of ten within %(hours)s.") % {"hours": say_hours(late)}


def say_kinds(kinds: dict[str, rules.Share]) -> str:
    never = rules.never_told(kinds)
    if not kinds:
        return ""
    if not never:
        return _("Something was told of every kind of event.")
    return _("Nothing was told of: %(kinds)s.") % {"kinds": ", ".join(never)}


# --- charts ---


def _delay_chart(found: Measures) -> charts.Chart | None:
    shares = [(hours, rules.within(found.told, hours).value) for hours in rules.HOURS]
    marks = [(hours, share) for hours, share in shares if share is not None]
    if not marks:
        return None
    return charts.step_chart(
        "jeda",
        title=_("Share of the events on the website, by hours after their end"),
        text=_("Events that are not told stay in the count; the curve ends at those told."),
        corners=rules.steps(found.told, CURVE_UNTIL),
        marks=marks,
        until=CURVE_UNTIL,
    )


def _kind_chart(kinds: dict[str, rules.Share]) -> charts.Chart | None:
    if not kinds:
        return None
    return charts.bar_chart(
        "menurut-jenis",
        title=_("Events told, by kind"),
        text=say_kinds(kinds),
        bars=[charts.Bar(kind, share.number, share.total) for kind, share in kinds.items()],
        headings=(_("Kind"), _("Told"), _("Events")),
    )


def _month_chart(found: Measures) -> charts.Chart | None:
    if not any(row.share.total for row in found.months):
        return None
    return charts.bar_chart(
        "menurut-bulan",
        title=_("Events told, by month"),
        text=_("Each bar is as long as the events of the month, filled as far as they were told."),
        bars=[
            charts.Bar(date_format(row.first, "F Y"), row.share.number, row.share.total)
            for row in reversed(found.months)
        ],
        headings=(_("Month"), _("Told"), _("Events")),
    )


# --- the same as data ---


def event_rows(found: Measures, office: Office) -> Iterator[list[str]]:
    for row in found.events:
        told, first = row.told, row.told.first
        yield [
            row.day.isoformat(),
            row.title,
            told.kind,
            _local(told.ended, office),
            _local(first, office) if first else "",
            number_format(told.delay, 1) if told.delay is not None else "",
            str(told.deadline_hours),
            _("yes") if told.is_timely else _("no"),
            str(len(told.items)),
        ]


def _local(moment: dt.datetime, office: Office) -> str:
    return str(moment.astimezone(office.tz).strftime("%Y-%m-%d %H:%M"))


@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """One row an event, as CSV."""
    found = _measured(request, code)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"peliputan-{found.office.code}-{found.days}-hari.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    head = [
        _("Day"), _("Event"), _("Kind"), _("Ended"), _("On the website"), _("Hours between"),
        _("Deadline (hours)"), _("In time"), _("Items"),
    ]  # fmt: skip
    write(response, head, event_rows(found, found.office))
    return response


@require_safe
def show_data(request: HttpRequest, code: str) -> HttpResponse:
    """All measures as JSON; `null` is what too few events or items stand behind."""
    found = _measured(request, code)
    curve = rules.steps(found.told, CURVE_UNTIL) if rules.told(found.told).is_measured else []
    return JsonResponse(
        {
            "kantor": found.office.code,
            "tanggal": found.today.isoformat(),
            "hari": found.days,
            "ukuran": {row.code: _as_data(row) for row in list_measures(found)},
            "jeda": [{"jam": round(hours, 2), "bagian": round(share, 4)} for hours, share in curve],
            "jenis": {
                kind: {"diberitakan": share.number, "kegiatan": share.total}
                for kind, share in rules.by_kind(found.told).items()
            },
            "bulan": {
                f"{row.first:%Y-%m}": {
                    "diberitakan": row.share.number,
                    "kegiatan": row.share.total,
                }
                for row in found.months
            },
            "pengecualian": found.excepted,
            "sumber": rules.LIMITS.source,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _as_data(row: Measure) -> dict[str, Any]:
    value = None if row.value is None else round(row.value, 4)
    return {"nilai": value, "jumlah": row.number, "dari": row.total}
