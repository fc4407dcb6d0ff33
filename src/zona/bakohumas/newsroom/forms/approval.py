"""The forms of approval: asking, deciding, links, deputies, and how an office works."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zona.bakohumas.channels.models import Channel
from zona.bakohumas.checker.models import CheckerSettings
from zona.bakohumas.checker.texts import BLOCKABLE
from zona.ground.typed.fields import DateField, WholeField
from zona.offices.models import Office, User

from ..models import Approval, NewsroomSettings, Reviewer, Verdict

PHONE = re.compile(r"[+\d][\d\s().-]{7,24}")


class AskForm(forms.Form):
    """A word to the reviewer, and where the item shall go once it is agreed to."""

    note = forms.CharField(
        label=gettext_lazy("A word to the reviewer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    channels = forms.TypedMultipleChoiceField(
        label=gettext_lazy("After the website, also to"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, channels: Sequence[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["channels"]
        chosen.choices = [(row.pk, row.name) for row in channels]


class DecisionForm(forms.Form):
    """What a reviewer says. The button pressed is the decision."""

    comment = forms.CharField(
        label=gettext_lazy("What should be changed, or another remark"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)

    @property
    def said(self) -> dict[str, str]:
        """What was typed, as the action takes it."""
        return {name: self.cleaned_data[name] for name in self.fields}


class LinkDecisionForm(DecisionForm):
    """The same, by somebody without an account."""

    name = forms.CharField(
        label=gettext_lazy("Your name and office"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write your name and office.")},
    )
    pin = forms.CharField(
        label=gettext_lazy("Code from the e-mail (6 digits)"),
        max_length=12,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}
        ),
    )
    field_order = ["name", "comment", "pin", "seen"]


class ReviewerForm(forms.Form):
    """Somebody without an account who may approve, and that person's own address."""

    name = forms.CharField(label=gettext_lazy("Name and office of the reviewer"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("The reviewer's own e-mail address"),
        help_text=gettext_lazy("Links and codes go there. Nobody in the office sees them."),
        max_length=254,
    )


class SendForm(forms.Form):
    """A registered person who shall decide."""

    reviewer = forms.ModelChoiceField(
        label=gettext_lazy("Who shall decide"),
        queryset=Reviewer.objects.none(),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose who shall decide.")},
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewer: Any = self.fields["reviewer"]
        reviewer.queryset = Reviewer.objects.filter(office=office, ended_at=None)


class LinkForm(forms.Form):
    """Whom a link for remarks is for, and by which way it goes."""

    name = forms.CharField(
        label=gettext_lazy("Name and office of the reader"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write for whom the link is.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("WhatsApp number or e-mail address"),
        help_text=gettext_lazy("It is not kept. Empty: you choose the person in WhatsApp."),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_contact(self) -> str:
        """An e-mail address as it is, a telephone number as digits with the country's code."""
        given = str(self.cleaned_data["contact"]).strip()
        if "@" in given:
            validate_email(given)
            return given
        if given and not PHONE.fullmatch(given):
            raise ValidationError(_("This is neither a telephone number nor an e-mail address."))
        digits = re.sub(r"\D", "", given)
        return f"62{digits[1:]}" if digits.startswith("0") else digits

    @property
    def way(self) -> str:
        return "email" if "@" in self.cleaned_data["contact"] else "whatsapp"


class DeputyForm(forms.Form):
    """Who decides for whom, from a day until and including another."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who is away"), queryset=User.objects.none(), empty_label=None
    )
    deputy = forms.ModelChoiceField(
        label=gettext_lazy("Deputy"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose who decides meanwhile.")},
    )
    starts_on = DateField(label=gettext_lazy("From"))
    ends_on = DateField(label=gettext_lazy("Until and including"))

    def __init__(self, *args: Any, people: Any, away: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        deputy: Any = self.fields["deputy"]
        person.queryset, deputy.queryset = away, people


class SettingsForm(forms.Form):
    """How the newsroom of an office works, each with what it means."""

    approval_low = forms.ChoiceField(
        label=gettext_lazy("Low risk"),
        help_text=gettext_lazy("Such as a roll call, a routine meeting, a training."),
        choices=Approval.choices,
    )
    approval_medium = forms.ChoiceField(
        label=gettext_lazy("Medium risk"),
        help_text=gettext_lazy("Such as an open plenary, a hearing, a press conference."),
        choices=Approval.choices,
    )
    approval_high = forms.ChoiceField(
        label=gettext_lazy("High risk"),
        help_text=gettext_lazy("Such as work with pupils, checks at voters' homes, candidates."),
        choices=Approval.choices,
    )
    dateline = forms.CharField(
        label=gettext_lazy("Dateline"),
        help_text=gettext_lazy(
            "How every article begins, such as: Kota Mungkid. Empty: the town of the office."
        ),
        max_length=80,
        required=False,
    )
    title_length = WholeField(
        label=gettext_lazy("Longest title (characters)"),
        help_text=gettext_lazy(
            "Search results and cards cut titles from about 70 characters. The checker warns"
            " beyond this length."
        ),
        min_value=40,
        max_value=200,
    )
    weekly_target = WholeField(
        label=gettext_lazy("Own items a week"),
        help_text=gettext_lazy(
            "What the office sets itself; the coverage screen compares with it. It is no race."
        ),
        min_value=0,
        max_value=50,
    )
    blocking_rules = forms.MultipleChoiceField(
        label=gettext_lazy("Checks that hold an item back"),
        help_text=gettext_lazy(
            "A ticked check must be mended before publishing, or passed over with a reason that"
            " goes into the journal. All others only warn."
        ),
        required=False,
        choices=list(BLOCKABLE.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def initial_of(cls, *rows: NewsroomSettings | CheckerSettings) -> dict[str, Any]:
        """What the rows hold, each for the fields that it has."""
        return {
            name: getattr(row, name)
            for name in cls.base_fields
            for row in rows
            if hasattr(row, name)
        }


DECISIONS = {
    "setujui": Verdict.Decision.APPROVE,
    "kembalikan": Verdict.Decision.RETURN,
    "catat": Verdict.Decision.COMMENT,
}
