"""Contacts and talks as forms. They check; actions save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zona.ground.typed.fields import DateField

from ..actions import FIELDS
from ..models import Consent, Contact, Kind, Touch


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Contact
        fields = list(FIELDS)
        field_classes = {"consent_on": DateField}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("Choose")), *Kind.choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("on_press_list") and not given.get("email"):
            self.add_error(
                "email", _("Enter an e-mail address, or take the tick off the press list.")
            )
        if given.get("on_press_list") and given.get("consent") == Consent.ASKED:
            self.add_error("consent", _("Ask for consent first; only then may releases be sent."))
        if given.get("consent") in {Consent.SPOKEN, Consent.WRITTEN} and not given.get(
            "consent_on"
        ):
            self.add_error("consent_on", _("Say on which day the consent was given."))
        return given


class TouchForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Touch
        fields = ["on", "way", "text", "url"]
        field_classes = {"on": DateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way: Any = self.fields["way"]
        way.choices = [("", _("Choose")), *Touch.Way.choices]


class FilterForm(forms.Form):
    jenis = forms.ChoiceField(
        label=gettext_lazy("What they are"),
        required=False,
        choices=[("", gettext_lazy("All")), *Kind.choices],
    )
    cari = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=80)
