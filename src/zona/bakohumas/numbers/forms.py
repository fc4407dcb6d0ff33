"""The form by which an office says that its periodic data was published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zona.ground.typed.fields import DateField
from zona.website.site.models import BasePage

from .models import PeriodicDuty


class FulfilmentForm(forms.Form):
    """One period of one duty; a page of the office, or a link to where it is."""

    duty = forms.ModelChoiceField(
        queryset=PeriodicDuty.objects.all(), to_field_name="code", widget=forms.HiddenInput
    )
    period = forms.CharField(max_length=8, widget=forms.HiddenInput)
    published_on = DateField(
        label=_("Published on"),
        error_messages={"required": _("Say on which day it was published.")},
    )
    page = forms.ModelChoiceField(
        label=_("Page of this office"),
        queryset=BasePage.objects.none(),
        required=False,
        empty_label=_("Not here, but at the link below"),
    )
    url = forms.URLField(
        label=_("Or the link"), required=False, max_length=200, assume_scheme="https"
    )

    def __init__(self, *args: Any, pages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = pages  # type: ignore[attr-defined]
