"""Makes Wagtail's own editor, dialogs and filters use the fields of this room.

Forms of models take them by Wagtail's registry. Its three widgets for days and times stand in
places that ask no registry (filters, blocks); they read, show and look as ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from . import fields, rules, widgets

FIELDS: tuple[tuple[type[models.Field[Any, Any]], type[forms.Field]], ...] = (
    (models.DateField, fields.DateField),
    (models.DateTimeField, fields.MomentField),
    (models.TimeField, fields.TimeField),
    (models.DecimalField, fields.NumberField),
    (models.IntegerField, fields.WholeField),
    (models.PositiveIntegerField, fields.WholeField),
    (models.SmallIntegerField, fields.WholeField),
    (models.PositiveSmallIntegerField, fields.WholeField),
)
WIDGETS: tuple[tuple[type[forms.Widget], type[widgets.Input], Callable[[str], Any]], ...] = (
    (AdminDateInput, widgets.DateInput, rules.read_date),
    (AdminTimeInput, widgets.TimeInput, rules.read_time),
    (AdminDateTimeInput, widgets.MomentInput, rules.read_moment),
)


def furnish() -> None:
    """Called once, when all rooms are ready."""
    for column, field in FIELDS:
        exact = not issubclass(column, models.DateField | models.TimeField)
        register_form_field_override(column, override={"form_class": field}, exact_class=exact)
    for theirs, ours, read in WIDGETS:
        _dress(theirs, ours, read)


def _dress(theirs: Any, ours: type[widgets.Input], read: Callable[[str], Any]) -> None:
    def value_from_datadict(_self: Any, data: Any, files: Any, name: str) -> Any:
        text = data.get(name)
        try:
            return read(text) if isinstance(text, str) and text.strip() else text
        except rules.Unreadable:
            return text  # kept: the field says that it cannot read it

    def format_value(_self: Any, value: Any) -> str | None:
        return ours().format_value(value)

    def get_context(self: Any, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return ours(self.attrs).get_context(name, value, attrs)

    theirs.value_from_datadict = value_from_datadict
    theirs.format_value = format_value
    theirs.get_context = get_context
    theirs.template_name = ours.template_name
    theirs.media = forms.Media()
