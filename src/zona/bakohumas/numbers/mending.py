"""What would mend the freshness score: each loss as one thing to do, in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zona.website.site.pages import rows as cards

from .queries.freshness import Data, Standing
from .rules import freshness as rules
from .rules.freshness import MINUTES, Loss, Part


@dataclass(frozen=True)
class Mend:
    """One thing that costs points, and the way to mend it."""

    part: Part
    title: str
    detail: str
    points: Decimal  # of 100
    minutes: int  # an estimate; 0: nothing can mend it any more
    label: str  # of the button
    url: str

    @property
    def is_mendable(self) -> bool:
        return bool(self.minutes)


def list_mends(standing: Standing) -> list[Mend]:
    """Everything that costs points, the dearest first; before all, what holds the score down."""
    losses = standing.score.losses
    if standing.score.is_capped:
        losses = tuple(sorted(losses, key=lambda loss: not _holds_down(standing, loss)))
    return [_say(standing, loss) for loss in losses]


def _holds_down(standing: Standing, loss: Loss) -> bool:
    return loss.part is Part.REFERENCE and standing.holds_down(loss.key)


def _say(standing: Standing, loss: Loss) -> Mend:
    if loss.part is Part.REFERENCE:
        return _page(standing, loss) if isinstance(loss.key, int) else _missing(standing, loss)
    if loss.part is Part.WINDOW:
        return _window(standing, loss)
    if loss.part is Part.DATA:
        return _data(standing, loss)
    return _pulse(standing, loss)


def _page(standing: Standing, loss: Loss) -> Mend:
    page = standing.pages[int(loss.key)]
    last = cards.local_day(page.reviewed_at or page.first_published_at, page)
    words = {
        "date": cards.say_day(last, "j F Y"),
        "ago": (standing.today - last).days if last else 0,
        "days": page.review_days,
    }
    if page.reviewed_at:
        said = _("Last reviewed on %(date)s, %(ago)s days ago; due every %(days)s days.")
    else:
        said = _("Never reviewed since %(date)s, %(ago)s days ago; due every %(days)s days.")
    return Mend(
        loss.part,
        page.title,
        said % words,
        loss.points,
        MINUTES.for_review(page.kind),
        _("Review"),
        reverse("site_staff:review", args=[page.pk]),
    )


def _missing(standing: Standing, loss: Loss) -> Mend:
    row = standing.missing[str(loss.key)]
    return Mend(
        loss.part,
        row.duty.title,
        _("A mandatory page that is not there. %(base)s") % {"base": row.duty.legal_base},
        loss.points,
        MINUTES.create,
        _("Finish the draft") if row.page else _("Create this page"),
        reverse("site_staff:create_duty", args=[standing.office.code, row.duty.code]),
    )


def _window(standing: Standing, loss: Loss) -> Mend:
    page = standing.windows[int(loss.key)]
    if page.valid_until is None:
        said = _("Shown as in force, but without the day until which it is.")
    else:
        said = _("Was valid until %(date)s and is still shown as in force.") % {
            "date": date_format(page.valid_until, "j F Y")
        }
    return Mend(
        loss.part,
        page.title,
        said,
        loss.points,
        MINUTES.window,
        _("Correct the page"),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )


def _data(standing: Standing, loss: Loss) -> Mend:
    row = next(row for row in standing.data if row.key == loss.key)
    words = {"due": date_format(row.due, "j F Y")}
    if row.fulfilment is None:
        said = _("Was due on %(due)s; nothing is noted yet.") % words
    else:
        words["date"] = date_format(row.fulfilment.published_on, "j F Y")
        said = _("Published on %(date)s, due on %(due)s. What is late stays late.") % words
    # Half the points may still be had within the grace; afterwards a note helps nobody's score.
    return Mend(
        loss.part,
        f"{row.duty.title}: {say_term(row)}",
        said,
        loss.points,
        0 if row.fulfilment else MINUTES.data,
        _("Note what was published"),
        reverse("numbers:periodic", args=[standing.office.code]) + f"?catat={row.key}#catat",
    )


def _pulse(standing: Standing, loss: Loss) -> Mend:
    pulse, target = standing.score.pulse, standing.model.target
    if loss.key == rules.RECENCY:
        title = _("Publish an own item")
        said = say_last(pulse)
        minutes = MINUTES.item
    else:
        title = ngettext(
            "Publish at least %(n)s own item every week",
            "Publish at least %(n)s own items every week",
            target,
        ) % {"n": target}
        said = _("%(good)s of the last %(weeks)s working weeks had so many.") % {
            "good": pulse.good_weeks,
            "weeks": pulse.weeks,
        }
        minutes = MINUTES.item * target
    url = reverse("agenda_staff:tasks", args=[standing.office.code])
    return Mend(loss.part, title, said, loss.points, minutes, _("To the duties"), url)


def say_last(pulse: rules.Pulse) -> str:
    """How long ago the last own item was."""
    if pulse.days is None:
        return _("No own item of the last weeks belongs to the agenda or a programme.")
    if not pulse.days:
        return _("The last own item is less than a working day old.")
    return ngettext(
        "The last own item is %(n)s working day old.",
        "The last own item is %(n)s working days old.",
        pulse.days,
    ) % {"n": pulse.days}


def say_term(row: Data) -> str:
    """A period as people say it: Triwulan III 2026."""
    year, _sign, part = row.term.name.partition("-")
    if part.startswith("Q"):
        return _("quarter %(n)s of %(year)s") % {"n": _roman(part), "year": year}
    if part.startswith("S"):
        return _("half year %(n)s of %(year)s") % {"n": _roman(part), "year": year}
    return date_format(row.term.first, "F Y") if part else year


def _roman(part: str) -> str:
    return ("I", "II", "III", "IV")[int(part[1]) - 1]
