"""Charts as SVG, made on the server: direct labels, words for those who do not see them.

Every drawing is sized for a phone and grows with its place; colours come from `numbers.css`.
Each has a name, a description, and a table behind it that the template shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH = 340
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]  # headings, rows


@dataclass(frozen=True)
class Chart:
    """A drawing and the same in a table."""

    svg: SafeString
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]


def percent(share: float) -> str:
    """A share of 0 to 1 as whole per cent."""
    return _("%(value)s%%") % {"value": round(100 * share)}


def _draw(key: str, height: int, title: str, text: str, inside: SafeString) -> SafeString:
    return format_html(
        '<svg class="numbers-chart" viewBox="0 0 {w} {h}" role="img" aria-labelledby="{k}-t {k}-d">'
        '<title id="{k}-t">{t}</title><desc id="{k}-d">{d}</desc>{i}</svg>',
        w=WIDTH,
        h=height,
        k=key,
        t=title,
        d=text,
        i=inside,
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start", strong: bool = False) -> str:
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}"{}>{}</text>',
        round(x, 1),
        round(y, 1),
        anchor,
        SafeString(' class="numbers-chart__strong"') if strong else "",
        words,
    )


def _join(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


# --- a curve of steps ---

LEFT, RIGHT, TOP, BOTTOM = 44, 10, 22, 172


def step_chart(
    key: str,
    *,
    title: str,
    text: str,
    corners: Sequence[tuple[float, float]],
    marks: Sequence[tuple[int, float]],
    until: int,
) -> Chart:
    """A share (0 to 1) that rises with hours; `marks` are (hours, share) that get their label."""

    def x_of(hours: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * hours / until

    def y_of(share: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * share

    parts: list[str] = []
    for share in (0.0, 0.5, 1.0):
        parts += [
            _rule("numbers-chart__grid", LEFT, y_of(share), WIDTH - RIGHT, y_of(share)),
            _text(LEFT - 6, y_of(share) + 4, percent(share), anchor="end"),
        ]
    path = f"M{x_of(0):.1f} {y_of(0):.1f}"
    for hours, share in corners:
        path += f"H{x_of(hours):.1f}V{y_of(share):.1f}"
    parts.append(format_html('<path class="numbers-chart__line" d="{}"/>', path))
    for hours, share in marks:
        x, y = x_of(hours), y_of(share)
        parts += [
            _rule("numbers-chart__mark", x, y, x, BOTTOM),
            format_html(
                '<circle class="numbers-chart__dot" cx="{}" cy="{}" r="4"/>', f"{x:.1f}", f"{y:.1f}"
            ),
            _text(x, y - 9, percent(share), anchor="middle", strong=True),
            _text(x, BOTTOM + 17, str(hours), anchor="middle"),
        ]
    parts.append(_text(WIDTH - RIGHT, BOTTOM + 17, _("%(n)s hours") % {"n": until}, anchor="end"))
    return Chart(
        _draw(key, BOTTOM + 26, title, text, _join(parts)),
        (_("Hours after the event"), _("On the website")),
        [(str(hours), percent(share)) for hours, share in marks],
    )


def _rule(name: str, x1: float, y1: float, x2: float, y2: float) -> SafeString:
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        name,
        *(f"{value:.1f}" for value in (x1, y1, x2, y2)),
    )


# --- bars ---


@dataclass(frozen=True)
class Bar:
    """So many of so many."""

    label: str
    number: int
    total: int


ROW, BAR = 36, 10  # heights of a row and of its bar


def bar_chart(
    key: str, *, title: str, text: str, bars: Sequence[Bar], headings: tuple[str, str, str]
) -> Chart:
    """Bars as long as their totals, filled as far as their numbers; words above each."""
    longest = max((bar.total for bar in bars), default=0) or 1
    parts: list[str] = []
    for place, bar in enumerate(bars):
        y = place * ROW
        words = _("%(number)s of %(total)s") % {"number": bar.number, "total": bar.total}
        parts += [
            _text(0, y + 13, _shorten(bar.label)),
            _text(WIDTH, y + 13, words if bar.total else "–", anchor="end", strong=True),
        ]
        for name, value in (("total", bar.total), ("part", bar.number)):
            if value:
                parts.append(
                    format_html(
                        '<rect class="numbers-chart__{}" x="0" y="{}" width="{}" height="{}"'
                        ' rx="2"/>',
                        name,
                        y + 19,
                        f"{WIDTH * value / longest:.1f}",
                        BAR,
                    )
                )
    return Chart(
        _draw(key, max(len(bars) * ROW, 1), title, text, _join(parts)),
        headings,
        [(bar.label, str(bar.number), str(bar.total)) for bar in bars],
    )


def _shorten(label: str, length: int = 34) -> str:
    return label if len(label) <= length else label[: length - 1].rstrip() + "…"


# --- a line of days ---


def sparkline(key: str, *, title: str, text: str, points: Sequence[tuple[dt.date, float]]) -> Chart:
    """A value of 0 to 100 by day, with the first and the last value as labels."""
    first, last = points[0][0], points[-1][0]
    span = max((last - first).days, 1)
    low, high = 44.0, WIDTH - 44.0
    top, bottom = 14.0, 62.0

    def place(day: dt.date, value: float) -> tuple[float, float]:
        x = low + (high - low) * (day - first).days / span
        return x, bottom - (bottom - top) * value / 100

    places = [place(day, value) for day, value in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    (x1, y1), (x2, y2) = places[0], places[-1]
    parts = [
        _rule("numbers-chart__grid", low, bottom, high, bottom),
        format_html('<polyline class="numbers-chart__line" points="{}"/>', line),
        format_html(
            '<circle class="numbers-chart__dot" cx="{}" cy="{}" r="4"/>', f"{x2:.1f}", f"{y2:.1f}"
        ),
        _text(x1 - 6, y1 + 4, _one(points[0][1]), anchor="end"),
        _text(x2 + 8, y2 + 4, _one(points[-1][1]), strong=True),
        _text(low, bottom + 17, date_format(first, "j M")),
        _text(high, bottom + 17, date_format(last, "j M"), anchor="end"),
    ]
    return Chart(
        _draw(key, int(bottom) + 24, title, text, _join(parts)),
        (_("Day"), _("Score")),
        [(date_format(day, "j F Y"), _one(value)) for day, value in points],
    )


def _one(value: float) -> str:
    return number_format(value, 1)
