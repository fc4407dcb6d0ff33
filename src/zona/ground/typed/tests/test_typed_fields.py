"""Fields keep what was typed, say what is wrong with it, and stand wherever a day can be typed."""

import datetime as dt
import importlib
import pkgutil
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

import zona
from zona.ground.typed import fields
from zona.ground.typed.widgets import Input

NATIVE = (
    forms.DateField, forms.TimeField, forms.DateTimeField, forms.DecimalField, forms.IntegerField,
)  # fmt: skip


class Sample(forms.Form):
    day = fields.DateField(required=False)
    time = fields.TimeField(required=False)
    moment = fields.MomentField(required=False)
    number = fields.NumberField(required=False, max_digits=12, decimal_places=2)
    place = fields.NumberField(required=False, max_digits=9, decimal_places=6)
    whole = fields.WholeField(required=False)


@pytest.mark.parametrize(
    ("name", "text", "value", "shown"),
    [
        ("day", "31-12-26", dt.date(2026, 12, 31), "31 Desember 2026"),
        ("time", "9.3", dt.time(9, 30), "09.30"),
        ("number", "Rp15.000,50", Decimal("15000.5"), "15.000,5"),
        ("number", "1.234", Decimal(1234), "1234"),
        ("place", "110.438", Decimal("110.438"), "110,438"),
        ("whole", "1.234", 1234, "1234"),
    ],
)
def test_a_field_reads_and_shows_back(name, text, value, shown):
    form = Sample({name: text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data[name] == value
    assert text in str(form[name])
    assert f'value="{shown}"' in str(Sample(initial={name: value})[name])
    assert not Sample({name: shown}, initial={name: value}).has_changed()


def test_a_moment_is_of_the_time_zone_in_force():
    form = Sample({"moment": "31/12/2026 pukul 09.30 WIB"})
    assert form.is_valid()
    assert form.cleaned_data["moment"].isoformat() == "2026-12-31T09:30:00+07:00"
    shown = str(Sample(initial=form.cleaned_data)["moment"])
    assert 'value="31 Desember 2026, 09.30"' in shown
    assert "Kamis, 31 Desember 2026" in shown


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("day", "12/31/2026", "31/12/2026"),
        ("day", "Rabu, 31 Desember 2026", "Kamis"),
        ("day", "lusa", "24 November 2026"),
        ("time", "24.00", "23.59"),
        ("time", "09.00 WITA", "WITA"),
        ("moment", "31/12/2026", "09.00"),
        ("number", "banyak", "1.234,5"),
        ("whole", "12,5", "1.234"),
    ],
)
def test_what_cannot_be_read_stays_with_an_example(name, text, says):
    with translation.override("id"):
        form = Sample({name: text})
        assert says in form.errors[name][0]
        assert f'value="{text}"' in str(form[name])


def test_filters_of_wagtail_read_and_keep_too():
    widget = DateRangePickerWidget()
    given = {"at_from": "31 Des 2026", "at_to": "besok"}
    assert widget.value_from_datadict(given, {}, "at") == [dt.date(2026, 12, 31), "besok"]
    shown = widget.render("at", [dt.date(2026, 12, 31), "besok"])
    assert 'value="31 Desember 2026"' in shown
    assert 'value="besok"' in shown
    assert "<script" not in shown


def test_a_screen_that_asks_for_the_chooser_of_wagtail_gets_ours_with_its_attributes():
    field = fields.MomentField(widget=AdminDateTimeInput(attrs={"data-x": "1"}))
    assert isinstance(field.widget, Input)
    assert field.widget.attrs["data-x"] == "1"
    assert "<script" not in AdminDateInput().render("day", None)


def test_fields_never_raise_anything_but_their_own_error():
    for name, field in Sample().fields.items():
        for text in ("²", "9" * 5000, "\0", "-", "1e999999999", "31/12/99999"):
            with pytest.raises(ValidationError):
                field.clean(text)
            assert name


def _all_forms() -> Iterator[type[forms.BaseForm]]:
    """Each form class of our own rooms, and the forms by which Wagtail edits our models."""
    for module in pkgutil.walk_packages(zona.__path__, "zona."):
        if ".tests" in module.name or ".migrations" in module.name or "__main__" in module.name:
            continue
        if "form" in module.name or "hook" in module.name or "viewset" in module.name:
            importlib.import_module(module.name)
    waiting: list[type] = [forms.BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if kind.__module__.startswith("zona.") and ".tests" not in kind.__module__:
            yield kind
    for model in [*get_page_models(), *get_snippet_models()]:
        if model is not Page and model._meta.app_label in {app.label for app in _rooms()}:
            yield (
                model.get_edit_handler().get_form_class()
                if hasattr(model, "get_edit_handler")
                else model.snippet_viewset.get_edit_handler().get_form_class()
            )


def _rooms():
    return [app for app in apps.get_app_configs() if app.name.startswith("zona.")]


def test_every_day_time_and_number_of_every_form_is_typed_here():
    wrong, seen = [], 0
    for kind in _all_forms():
        inner = [kind, *(row.form for row in getattr(kind, "formsets", {}).values())]
        for form in inner:
            for name, field in getattr(form, "base_fields", {}).items():
                if not isinstance(field, NATIVE) or field.widget.is_hidden:
                    continue
                seen += 1
                if not isinstance(field.widget, Input) or not isinstance(field, fields._Typed):
                    wrong.append(f"{form.__module__}.{form.__qualname__}.{name}")
    assert seen > 30
    assert not wrong
