"""Hours, closed days, holidays and election stages, as forms. They check; actions save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zona.ground.typed.fields import DateField, TimeField
from zona.ground.typed.widgets import TimeInput

from .. import rules
from ..models import ClosedDay, ElectionStage, Holiday
from ..models.calendar import Weekday

MARKS = {
    "opens": gettext_lazy("opens"),
    "break_starts": gettext_lazy("break from"),
    "break_ends": gettext_lazy("until"),
    "closes": gettext_lazy("closes"),
}
MONDAY, REST_OF_THE_WEEK = 0, range(1, 5)


@dataclass(frozen=True)
class DayRow:
    """One line of the hours form."""

    weekday: int
    name: str
    fields: list[forms.BoundField]
    errors: list[str]


class HoursForm(forms.Form):
    """A week of service hours; a day whose times are all empty is closed."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, week: rules.WeekHours | None = None
    ) -> None:
        initial = {
            f"{mark}_{weekday}": getattr(day, mark)
            for weekday, day in (week or {}).items()
            for mark in MARKS
        }
        super().__init__(data, initial=initial)
        for weekday, name in Weekday.choices:
            for mark, label in MARKS.items():
                words = f"{name}, {label}"
                self.fields[f"{mark}_{weekday}"] = TimeField(
                    required=False,
                    label=label,
                    widget=TimeInput({"aria-label": words}),
                )

    def rows(self) -> Iterator[DayRow]:
        """The seven lines, Monday first."""
        for weekday, name in Weekday.choices:
            fields = [self[f"{mark}_{weekday}"] for mark in MARKS]
            errors = [str(error) for field in fields for error in field.errors]
            yield DayRow(weekday, str(name), fields, errors)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.week = {}
        for weekday in Weekday.values:
            times: dict[str, Any] = {mark: values.get(f"{mark}_{weekday}") for mark in MARKS}
            if not any(times.values()):
                continue
            if times["opens"] is None or times["closes"] is None:
                self.add_error(
                    f"opens_{weekday}", _("Give the time of opening and of closing, or neither.")
                )
                continue
            try:
                self.week[weekday] = rules.DayHours(**times)
            except ValueError:
                self.add_error(
                    f"opens_{weekday}",
                    _("The times must follow each other: opens, break from, until, closes."),
                )
        return values

    def copy_monday(self) -> HoursForm:
        """The same form, with Monday's times on Tuesday to Friday too; not saved yet."""
        data = {name: self.data.get(name, "") for name in self.fields}
        for weekday in REST_OF_THE_WEEK:
            for mark in MARKS:
                data[f"{mark}_{weekday}"] = data[f"{mark}_{MONDAY}"]
        return HoursForm(data)


class ClosedDayForm(forms.ModelForm):
    class Meta:
        model = ClosedDay
        fields = ["starts_on", "ends_on", "reason"]
        field_classes = {"starts_on": DateField, "ends_on": DateField}
        help_texts = {
            "reason": gettext_lazy("Such as: Kantor pindah ke Jalan Soekarno-Hatta 2."),
        }

    def clean(self) -> dict[str, Any]:
        return _check_order(self, super().clean())


class HolidayForm(forms.ModelForm):
    """A row over one date. The date of a row that exists already cannot be changed."""

    class Meta:
        model = Holiday
        fields = ["date", "kind", "name", "decree"]
        field_classes = {"date": DateField}
        help_texts = {
            "kind": gettext_lazy(
                "“Ordinary working day” takes a day of the calendar back into work."
            ),
            "decree": gettext_lazy("Such as: SKB 3 Menteri Nomor 1497 Tahun 2025."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["date"].disabled = True


class StageForm(forms.ModelForm):
    class Meta:
        model = ElectionStage
        fields = ["name", "election", "starts_on", "ends_on", "decree", "explanation"]
        field_classes = {"starts_on": DateField, "ends_on": DateField}
        widgets = {"explanation": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "election": gettext_lazy("Such as: Pemilu 2029."),
            "decree": gettext_lazy("Such as: PKPU Nomor 3 Tahun 2022."),
        }

    def clean(self) -> dict[str, Any]:
        return _check_order(self, super().clean())


def _check_order(form: forms.ModelForm, values: dict[str, Any] | None) -> dict[str, Any]:
    values = form.cleaned_data if values is None else values
    first: dt.date | None = values.get("starts_on")
    last: dt.date | None = values.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", _("The last day lies before the first day."))
    return values
