"""Form fields that read what people type by `rules` and say by `words` what they cannot read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone

from . import rules
from .rules import Clock, Unreadable
from .widgets import DateInput, Input, MomentInput, NumberInput, TimeInput
from .words import explain

ZONES = {
    "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT",
}  # fmt: skip


class _Typed(forms.Field):
    """Keeps the widget of this room, whichever one a screen of Wagtail asks for."""

    def __init__(self, *, widget: Any = None, **options: Any) -> None:
        super().__init__(widget=self._own(widget), **options)

    def _own(self, widget: Any) -> Any:
        if widget is None:
            return None
        asked = widget() if isinstance(widget, type) else widget
        if isinstance(asked, Input) or asked.is_hidden:
            return asked
        own: Any = self.widget
        return own(asked.attrs)


def _read(read: Callable[[str], Any], text: Any) -> Any:
    """What was typed, read; raises ValidationError with words."""
    try:
        return read(str(text))
    except Unreadable as unreadable:
        raise ValidationError(explain(unreadable), code=unreadable.code) from unreadable


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class DateField(_Typed, forms.DateField):
    """A day: 31 Desember 2026, 31/12/2026, 31 Des 26."""

    widget = DateInput

    def to_python(self, value: Any) -> dt.date | None:
        if _is_empty(value):
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        return value if isinstance(value, dt.date) else _read(rules.read_date, value)


class TimeField(_Typed, forms.TimeField):
    """A time by the clock of an office: 09.30. `zone` is what may stand behind it, as WIB."""

    widget = TimeInput
    zone = ""

    def to_python(self, value: Any) -> dt.time | None:
        if _is_empty(value):
            return None
        return value if isinstance(value, dt.time) else _read(self._time, value)

    def _time(self, text: str) -> dt.time:
        return _here(rules.read_clock(text), self.zone).time()


class MomentField(_Typed, forms.DateTimeField):
    """A day with its time, in the time zone in force: 31 Desember 2026, 09.30."""

    widget = MomentInput
    zone = ""  # the office's, where the time zone in force is not

    def to_python(self, value: Any) -> dt.datetime | None:
        if _is_empty(value):
            return None
        if isinstance(value, dt.datetime):
            return from_current_timezone(value)
        if isinstance(value, dt.date):
            return from_current_timezone(dt.datetime.combine(value, dt.time(0)))
        return from_current_timezone(_read(self._moment, value))

    def _moment(self, text: str) -> dt.datetime:
        day, clock = rules.read_when(text)
        if clock is None:
            raise Unreadable("time_missing")
        zone = self.zone or ZONES.get(timezone.get_current_timezone_name(), "")
        return rules.moment_of(day, _here(clock, zone))


def _here(clock: Clock, zone: str) -> Clock:
    """Refuses a time of another zone: nobody may be an hour late because of a word overlooked."""
    if clock.zone and clock.zone != zone:
        raise Unreadable("other_zone", clock.zone)
    return clock


class NumberField(_Typed, forms.DecimalField):
    """1.234,5; 12,5 %. Where at most three figures stand before the comma, a point is a comma."""

    widget = NumberInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        digits, places = self.max_digits, self.decimal_places
        self.grouped = digits is None or places is None or digits - places > 3
        if isinstance(self.widget, NumberInput):
            self.widget.grouped = self.grouped

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if _is_empty(value):
            return None
        if isinstance(value, int | float | Decimal):
            return super().to_python(value)
        return _read(lambda text: rules.read_number(text, grouped=self.grouped), value)


class WholeField(_Typed, forms.IntegerField):
    """1.234"""

    widget = NumberInput

    def to_python(self, value: Any) -> int | None:
        if _is_empty(value):
            return None
        return value if isinstance(value, int) else _read(rules.read_whole, value)
