"""The forms of those who follow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office

from .models import Frequency, Subscriber
from .queries import topics_of


class FollowForm(forms.Form):
    """An address, what it is to receive, and how often."""

    surel = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address such as nama@contoh.id."),
        },
    )
    topik = forms.MultipleChoiceField(
        label=_("What do you want to read?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic.")},
    )
    irama = forms.ChoiceField(
        label=_("How often?"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        initial=Frequency.AT_ONCE,
    )

    def __init__(self, *args: Any, office: Office, asked: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topik"].choices = topics_of(office, asked)  # type: ignore[attr-defined]


class PreferencesForm(forms.Form):
    """What one subscriber follows, office by office."""

    irama = forms.ChoiceField(
        label=_("How often?"), choices=Frequency.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, subscriber: Subscriber, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["irama"] = subscriber.frequency
        followed: dict[int, list[str]] = {}
        self.offices: dict[str, Office] = {}
        rows = subscriber.subscriptions.filter(confirmed_at__isnull=False)
        for row in rows.select_related("office").order_by("office__code"):
            followed.setdefault(row.office_id, []).append(row.topic)
            self.offices[f"kantor_{row.office_id}"] = row.office
        for name, office in self.offices.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=office.short_name,
                choices=topics_of(office, followed[office.pk]),
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=followed[office.pk],
            )
        self.order_fields([*self.offices, "irama"])

    def chosen_topics(self) -> dict[Office, list[str]]:
        return {office: self.cleaned_data[name] for name, office in self.offices.items()}
