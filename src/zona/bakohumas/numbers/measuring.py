"""The measures of coverage in words: what each counts, and its number where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .queries.coverage import Measures
from .rules import coverage as rules
from .rules.coverage import Share


@dataclass(frozen=True)
class Measure:
    """One measure: `shown` is "" while too little stands behind it."""

    code: str  # its name in the exported data
    name: str
    meaning: str
    shown: str
    value: float | None
    number: int
    total: int


def list_measures(found: Measures) -> list[Measure]:
    return list(_measures(found))


def _measures(found: Measures) -> Iterator[Measure]:
    events, items = found.told, found.items
    yield _share(
        "cakupan",
        _("Coverage"),
        _("Events of which an own item is on the website."),
        rules.told(events),
    )
    yield _share(
        "tepat_waktu",
        _("In time"),
        _("Told within the deadline of their kind, 24 hours where it names no other."),
        rules.timely(events),
    )
    for hours in rules.HOURS:
        yield _share(
            f"dalam_{hours}_jam",
            _("Within %(n)s hours") % {"n": hours},
            _("On the website so many hours after the end; events not told count as not."),
            rules.within(events, hours),
        )
    yield _hours("jeda_median", _("Median delay"), events, 0.5)
    yield _hours("jeda_p90", _("Delay of nine in ten"), events, 0.9)
    yield _share(
        "etalase_dulu",
        _("Website first"),
        _("Items that the website showed no later than the first channel."),
        rules.website_first(items),
    )
    yield _share(
        "sebaran",
        _("Spread"),
        _(
            "Items on at least one channel within 24 hours. What people share by hand counts when"
            " it was ticked as sent or its link was noted."
        ),
        rules.spread(items),
    )
    yield _share(
        "paket",
        _("Complete package"),
        _(
            "Items with all that their kind needs: text, photo, alternative text, caption, credit;"
            " a transcript for what is heard."
        ),
        rules.complete(items),
    )
    yield _share(
        "eksternal",
        _("Events of others"),
        _("Of the events told, those held by somebody outside KPU."),
        rules.external(events),
    )
    yield _share(
        "pengecualian",
        _("Exceptions"),
        _("Events of which nothing is published, with a reason."),
        found.exceptions,
    )
    yield _corrections(found)
    doubled = len(rules.doubled(events))
    yield Measure(
        "ganda",
        _("Told twice"),
        _("Events of which two items of the same kind tell."),
        str(doubled) if rules.told(events).is_measured else "",
        float(doubled) if rules.told(events).is_measured else None,
        doubled,
        len(events),
    )
    yield Measure(
        "hari_tanggal",
        _("Wrong weekdays caught"),
        _("Weekdays that did not fit their date and were mended before publication."),
        str(found.weekday_catches),
        float(found.weekday_catches),
        found.weekday_catches,
        0,
    )


def _share(code: str, name: str, meaning: str, share: Share) -> Measure:
    words = {"percent": share.percent, "number": share.number, "total": share.total}
    shown = _("%(percent)s%% (%(number)s of %(total)s)") % words if share.is_measured else ""
    return Measure(code, name, meaning, shown, share.value, share.number, share.total)


def _hours(code: str, name: str, events: list[rules.Told], part: float) -> Measure:
    hours = rules.quantile(events, part)
    meaning = (
        _("Hours until half of all events were told; none while fewer were.")
        if part == 0.5
        else _("Hours until nine of ten events were told; none while fewer were.")
    )
    shown = "" if hours is None else say_hours(hours)
    number = sum(event.is_told for event in events)
    return Measure(code, name, meaning, shown, hours, number, len(events))


def _corrections(found: Measures) -> Measure:
    value = rules.corrections_per_hundred(found.items)
    number = sum(item.corrections for item in found.items)
    return Measure(
        "koreksi",
        _("Corrections"),
        _("Corrections told to the public, for each 100 items."),
        "" if value is None else number_format(value, 1),
        value,
        number,
        len(found.items),
    )


def say_hours(hours: float) -> str:
    """Hours as people say them; whole days beyond two."""
    if hours < 1:
        return _("an hour")
    if hours < 48:
        return _("%(n)s hours") % {"n": round(hours)}
    return _("%(n)s days") % {"n": number_format(hours / 24, 1)}
