"""A time within a recording: seconds in the table, 12:30 on the screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from zona.website.site.rules.spoken import say_clock

from .rules import BadClock, parse_clock


class ClockFormField(forms.CharField):
    """Takes 12:30 or 1:02:30, gives seconds."""

    def prepare_value(self, value: Any) -> Any:
        return say_clock(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_clock(text)
        except BadClock as error:
            raise ValidationError(
                _("Write minutes and seconds, such as 12:30; with hours 1:02:30."), code="clock"
            ) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ClockField(models.PositiveIntegerField):
    """Seconds from the beginning of a recording."""

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **({"form_class": ClockFormField} | kwargs))
