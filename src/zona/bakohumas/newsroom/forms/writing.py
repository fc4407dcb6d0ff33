"""The forms of coverage and of the one screen on which an item is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zona.bakohumas.agenda.models import Risk
from zona.bakohumas.channels.models import Channel
from zona.ground.typed.fields import DateField, MomentField
from zona.offices.models import Office
from zona.website.site.files.photo_form import USUAL, PictureField
from zona.website.site.models import Rubric
from zona.website.site.models.files import Consent, People

PHOTO_FIELDS = ("photo", "alt", "caption", "credit", "seen", "consent", "has_children")
ABOUT_THE_FORM = ("key", "sequence", "base", "same_title")
FOLDED = (
    "dateline",
    "place",
    "people",
    "activity_date",
    "rubric",
    "tags",
    "sign_off",
    "go_live_at",
    "risk",
)


class WritingForm(forms.Form):
    """Everything about an item on one screen. A draft may lack anything."""

    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),  # a phone shows no more than half of one line
    )
    lead = forms.CharField(
        label=_("Lead"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=_("Text of the item"),
        required=False,
        max_length=60_000,
        help_text=_("A blank line begins a new paragraph; a line with “- ” is a point of a list."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    photo = PictureField(
        label=_("Main photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    alt = forms.CharField(
        label=_("What the photo shows, for those who do not see it"),
        max_length=255,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    caption = forms.CharField(
        label=_("Caption"),
        max_length=250,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    credit = forms.CharField(label=_("Credit"), max_length=120, required=False)
    seen = forms.ChoiceField(label=_("Who is seen"), choices=People.choices, required=False)
    consent = forms.ChoiceField(
        label=_("Consent of those seen"), choices=Consent.choices, required=False
    )
    has_children = forms.BooleanField(label=_("Children can be recognised"), required=False)
    channels = forms.TypedMultipleChoiceField(
        label=_("Share on"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    dateline = forms.CharField(label=_("Dateline"), max_length=80, required=False)
    place = forms.CharField(label=_("Where"), max_length=160, required=False)
    people = forms.CharField(label=_("Who took part"), max_length=250, required=False)
    activity_date = DateField(
        label=_("Date of the activity"),
        required=False,
    )
    rubric = forms.ModelChoiceField(
        label=_("Rubric"), queryset=Rubric.objects.none(), required=False, empty_label=_("None")
    )
    tags = forms.CharField(
        label=_("Topics"), max_length=250, required=False, help_text=_("Parted by commas.")
    )
    sign_off = forms.CharField(label=_("Initials"), max_length=80, required=False)
    go_live_at = MomentField(
        label=_("Publish at"),
        required=False,
        help_text=_("Empty: at once."),
    )
    risk = forms.ChoiceField(label=_("Risk of a mistake"), choices=Risk.choices, required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sequence = forms.IntegerField(
        required=False, min_value=0, max_value=2**53, widget=forms.HiddenInput
    )
    base = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    same_title = forms.BooleanField(
        label=_("This is another item with the same title"), required=False
    )

    def __init__(
        self,
        *args: Any,
        office: Office,
        channels: Sequence[Channel],
        least_risk: str = "low",
        has_rich_body: bool = False,
        keeps_photo: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        fields: dict[str, Any] = self.fields
        fields["go_live_at"].zone = office.zone
        fields["channels"].choices = [(row.pk, row.name) for row in channels]
        fields["rubric"].queryset = Rubric.objects.filter(office=office)
        at_least = Risk.values.index(least_risk)
        fields["risk"].choices = Risk.choices[at_least:]
        if has_rich_body:
            del fields["text"]
        if keeps_photo:  # a picture of the library: its words are kept there
            for name in ("alt", "credit", "seen", "consent", "has_children"):
                del fields[name]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_alt(self) -> str:
        return " ".join(self.cleaned_data["alt"].split())

    def clean_caption(self) -> str:
        return " ".join(self.cleaned_data["caption"].split())

    def clean_tags(self) -> list[str]:
        names = (name.strip()[:100] for name in self.cleaned_data["tags"].split(","))
        return list(dict.fromkeys(name for name in names if name))

    def clean_seen(self) -> str:
        return self.cleaned_data["seen"] or str(USUAL["people"])

    def clean_consent(self) -> str:
        return self.cleaned_data["consent"] or str(USUAL["consent"])

    def clean_go_live_at(self) -> dt.datetime | None:
        """What is typed is the office's own clock. A moment that has passed means at once."""
        given: dt.datetime | None = self.cleaned_data["go_live_at"]
        if given is None:
            return None
        moment = given.replace(tzinfo=self.office.tz)
        return moment if moment > timezone.now() else None

    def typed(self) -> dict[str, Any]:
        """What was typed and can be kept, even where another field has a mistake."""
        kept = dict(self.cleaned_data)
        for name in ABOUT_THE_FORM:
            kept.pop(name, None)
        if not kept.get("photo"):
            kept.pop("photo", None)
        return kept

    @property
    def folded(self) -> list[Any]:
        return [self[name] for name in FOLDED]
