"""What an office says about itself, as forms. They check; actions save."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zona.ground.ui.rules import AA, check_accent

from ..models import Office, SocialAccount

LOGO_LIMIT = 5 * 1024 * 1024  # bytes
LATITUDES, LONGITUDES = (-11.5, 6.5), (94.5, 141.5)  # degrees; Indonesia lies within
_NUMBER = r"(-?\d{1,3}(?:[.,]\d+)?)"
_POSITION = re.compile(rf"\s*{_NUMBER}\s*[,;\s]\s*{_NUMBER}\s*")

STEPS = {
    "nama": ["short_name"],
    "alamat": ["address"],
    "tampilan": ["logo", "accent"],
    "kontak": ["phone", "whatsapp", "email"],
}
"""Which fields each part of the form, and each step of the first set-up, holds."""


class OfficeForm(forms.ModelForm):
    """All particulars an office edits; `OfficeForm.part("alamat")` is one part of them."""

    nearest_accent = ""
    """The usable tone nearest to the colour that was refused, if one was."""

    position = forms.CharField(
        label=gettext_lazy("Position on the map"),
        required=False,
        help_text=gettext_lazy(
            "Press long on your office in the map of your phone and copy both numbers, such as "
            "-7.583312, 110.221900. May stay empty."
        ),
    )

    class Meta:
        model = Office
        fields = [name for part in STEPS.values() for name in part]
        labels = {"short_name": gettext_lazy("Name the public knows")}
        help_texts = {
            "short_name": gettext_lazy("Stands at the top of every page."),
            "address": gettext_lazy("Street and number, village, district, postcode."),
            "phone": gettext_lazy("With area code, such as (0293) 788001."),
            "whatsapp": gettext_lazy("A number that is answered, such as 0812 3456 7890."),
            "email": gettext_lazy("The office's own address, not a person's."),
            "logo": gettext_lazy("PNG, JPEG or WebP, square if possible. May stay empty."),
            "accent": gettext_lazy(
                "One colour for links and buttons. It must be dark enough to read on white."
            ),
        }
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "whatsapp": forms.TextInput(attrs={"type": "tel"}),
            "accent": forms.TextInput(attrs={"size": 8, "spellcheck": "false"}),
            "logo": forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "address" not in self.fields:
            del self.fields["position"]
        elif self.instance.latitude is not None and self.instance.longitude is not None:
            self.initial["position"] = f"{self.instance.latitude}, {self.instance.longitude}"

    @classmethod
    def part(cls, step: str) -> type[OfficeForm]:
        """The form of one step."""
        made: Any = forms.modelform_factory(Office, form=cls, fields=STEPS[step])
        return made

    def clean_accent(self) -> str:
        colour = (self.data.get("use_accent") or self.cleaned_data["accent"]).upper()
        checked = check_accent(colour)
        if checked.usable:
            return colour
        self.nearest_accent = checked.light
        raise forms.ValidationError(
            _(
                "%(colour)s is too light: text in it has a contrast of %(ratio)s, at least "
                "%(least)s is needed. The nearest colour that can be read is %(nearest)s."
            ),
            params={
                "colour": colour,
                "ratio": number_format(checked.ratio, 1),
                "least": number_format(AA, 1),
                "nearest": checked.light,
            },
        )

    def clean_logo(self) -> Any:
        logo = self.cleaned_data["logo"]
        if logo and "logo" in self.changed_data and logo.size > LOGO_LIMIT:
            raise forms.ValidationError(_("The picture is larger than 5 MB. Choose a smaller one."))
        return logo

    def clean_position(self) -> tuple[Decimal | None, Decimal | None]:
        text = self.cleaned_data["position"]
        if not text:
            return None, None
        match = _POSITION.fullmatch(text)
        if match is None:
            raise forms.ValidationError(
                _("Write two numbers with a comma between, such as -7.583312, 110.221900.")
            )
        latitude, longitude = (
            Decimal(number.replace(",", ".")).quantize(Decimal("0.000001"))
            for number in match.groups()
        )
        if not (
            LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
        ):
            raise forms.ValidationError(
                _("This place lies outside Indonesia. The number with the minus comes first.")
            )
        return latitude, longitude

    def values(self) -> dict[str, Any]:
        """What an action takes: the cleaned fields, the logo only when it was changed."""
        values = dict(self.cleaned_data)
        if "position" in values:
            values["latitude"], values["longitude"] = values.pop("position")
        if "logo" in values and "logo" not in self.changed_data:
            del values["logo"]
        return values


class AccountForm(forms.ModelForm):
    url = forms.URLField(label=gettext_lazy("Address (link)"), assume_scheme="https")

    class Meta:
        model = SocialAccount
        fields = ["service", "url"]

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if not url.startswith("https://"):
            raise forms.ValidationError(_("Copy the whole address; it starts with https://."))
        return url


class BaseAccountFormSet(forms.BaseModelFormSet):
    """An office's accounts; empty rows are left out."""

    def pairs(self) -> list[tuple[str, str]]:
        """Service and address of every row that stays."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        kept = [row for row in rows if row.get("url") and not row["DELETE"]]
        return [(row["service"], row["url"]) for row in kept]


AccountFormSet = forms.modelformset_factory(
    SocialAccount, form=AccountForm, formset=BaseAccountFormSet, extra=3, can_delete=True
)
