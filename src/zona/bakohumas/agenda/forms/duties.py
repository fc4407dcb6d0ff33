"""The forms of coverage: a duty given, an event excepted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zona.ground.typed.fields import MomentField
from zona.offices.models import Office, User

from ..models import Form, NoCoverage


class AssignForm(forms.Form):
    """Who delivers what until when."""

    form = forms.ChoiceField(label=_("What"), choices=Form.choices)
    person = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet")
    )
    due_at = MomentField(
        label=_("Until"),
        required=False,
    )

    def __init__(self, *args: Any, office: Office, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        fields: dict[str, Any] = self.fields
        fields["person"].queryset = people
        fields["due_at"].zone = office.zone

    def clean_due_at(self) -> dt.datetime | None:
        given: dt.datetime | None = self.cleaned_data["due_at"]
        return given.replace(tzinfo=self.office.tz) if given else None


class ExceptionForm(forms.Form):
    """Why nothing is published of an event."""

    reason = forms.ChoiceField(label=_("Reason"), choices=NoCoverage.choices)
    note = forms.CharField(label=_("Note"), max_length=250, required=False)
