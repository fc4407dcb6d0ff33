"""Text fields for dates, times and numbers: what is typed stays as typed, and is read back.

A calendar stands beside a date for those who would rather choose; it only writes into the text
field. A native date field would swallow a pasted "31/12/2026", and Wagtail's chooser replaced what
it could not read with today.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import NoReverseMatch, reverse

from . import rules

NATIVE = {"date": "date", "moment": "datetime-local"}  # the browser's own chooser, beside the text


class Input(forms.TextInput):
    """A text field that tells how it was understood; `kind`: date, time, moment or number."""

    template_name = "typed/input.html"
    input_type = "text"
    kind = ""
    standard: dict[str, Any] = {"autocomplete": "off", "maxlength": rules.LONGEST}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(self.standard | (attrs or {}))

    def say(self, value: Any) -> str:
        """A value as it is written; raises AttributeError or TypeError for what is none."""
        return str(value)

    def format_value(self, value: Any) -> str | None:
        if value is None or value == "":
            return None
        return value if isinstance(value, str) else self.say(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        note = rules.say_day(value) if isinstance(value, dt.date) else ""
        context["typed"] = {
            "kind": self.kind,
            "native": NATIVE.get(self.kind),
            "note": note,
            "url": _address(),
        }
        return context


def _address() -> str:
    try:
        return reverse("typed_read")
    except NoReverseMatch:
        return ""


class DateInput(Input):
    kind = "date"

    def say(self, value: Any) -> str:
        return rules.say_date(value)


class TimeInput(Input):
    kind = "time"

    def say(self, value: Any) -> str:
        return rules.say_time(value)


class MomentInput(Input):
    kind = "moment"

    def say(self, value: Any) -> str:
        return rules.say_moment(value) if isinstance(value, dt.datetime) else rules.say_date(value)


class NumberInput(Input):
    """`grouped`: whether a point parts thousands; see rules.read_number."""

    kind = "number"
    standard = Input.standard | {"inputmode": "decimal"}
    grouped = True

    def say(self, value: Any) -> str:
        number = Decimal(str(value))
        if number == number.to_integral_value():
            number = Decimal(int(number))
        return rules.say_number(number, grouped=self.grouped and abs(number) >= 10_000)
