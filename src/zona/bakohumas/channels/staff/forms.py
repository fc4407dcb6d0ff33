"""Accounts, groups, alerts, reactions and releases as forms. They check; actions save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zona.ground.typed.fields import DateField, NumberField, WholeField
from zona.offices.models import Office
from zona.website.site.models import BasePage

from ..adapters import fields_of
from ..adapters.base import Failure
from ..adapters.whatsapp_cloud import phone_number
from ..models import Channel, Group, Kind, Post, PressRelease, Reaction

RECENT = 40  # items that a reaction can be about


class ChannelForm(forms.Form):
    """One account: what every channel has, and what its adapter declares.

    Cleaned data holds `settings` and `secret` apart. A stored secret is never shown; left empty it
    stays as it is.
    """

    name = forms.CharField(
        label=gettext_lazy("Name on our screens"),
        max_length=80,
        help_text=gettext_lazy("Such as: Telegram KPU Kota Contoh."),
    )

    def __init__(
        self, *args: Any, kind: str, office: Office, channel: Channel | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kind, self.office, self.channel = kind, office, channel
        stored = channel.settings if channel else {}
        self.fields["name"].initial = channel.name if channel else str(Kind(kind).label)
        for declared in fields_of(kind):
            is_kept = bool(channel and channel.sealed and declared.secret)
            helps = [str(declared.help)] if declared.help else []
            if is_kept:
                helps.append(_("Stored and never shown. Leave it empty to keep it."))
            self.fields[f"isi_{declared.name}"] = forms.CharField(
                label=str(declared.label),
                help_text=" ".join(helps),
                required=declared.required and not is_kept,
                max_length=4000,
                initial=None
                if declared.secret
                else stored.get(declared.name, declared.default if not channel else ""),
                widget=forms.PasswordInput(
                    attrs={"autocomplete": "off", "spellcheck": "false"}, render_value=False
                )
                if declared.secret
                else forms.TextInput(attrs={"placeholder": declared.example}),
            )
        if kind == Kind.WHATSAPP_CLOUD:
            self.fields["monthly_cap"] = NumberField(
                label=gettext_lazy("At most a month (rupiah)"),
                help_text=gettext_lazy(
                    "When it is reached nothing more leaves until the next month."
                ),
                min_value=0,
                max_digits=12,
                decimal_places=0,
                initial=channel.monthly_cap if channel else None,
            )
        self.fields["by_default"] = forms.BooleanField(
            label=gettext_lazy("Ticked for every item"),
            help_text=gettext_lazy("The tick can be taken away when sharing."),
            required=False,
            initial=channel.by_default if channel else kind != Kind.WHATSAPP_CLOUD,
        )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        same = Channel.objects.filter(office=self.office, kind=self.kind, name=name)
        others = same.exclude(pk=self.channel.pk) if self.channel else same
        if others.exists():
            raise forms.ValidationError(_("Another account of this service has this name."))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        declared = fields_of(self.kind)
        given["settings"] = {
            field.name: given.get(f"isi_{field.name}", "") for field in declared if not field.secret
        }
        given["secret"] = {
            field.name: value
            for field in declared
            if field.secret and (value := given.get(f"isi_{field.name}"))
        }
        return given


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Group
        fields = ["name", "purpose", "admins", "rules", "members", "is_active"]
        field_classes = {"members": WholeField}
        widgets = {"rules": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": gettext_lazy("As WhatsApp shows it, so that it is found at once."),
            "purpose": gettext_lazy("Who is in it, and what may be sent there."),
            "admins": gettext_lazy("By position rather than by name."),
        }

    def __init__(self, *args: Any, channel: Channel, **options: Any) -> None:
        super().__init__(*args, **options)
        self.channel = channel

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        same = Group.objects.filter(channel=self.channel, name=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("There is a group of this name already."))
        return name


class RecipientForm(forms.Form):
    """A number and, to enter it, how its owner agreed."""

    number = forms.CharField(
        label=gettext_lazy("WhatsApp number"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    how = forms.CharField(
        label=gettext_lazy("How the owner agreed"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Such as: form at the service desk, 24 November 2026."),
    )

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        try:
            phone_number(number)
        except Failure as failure:
            raise forms.ValidationError(failure.reason) from failure
        return number

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "tambah" in self.data.get("tindakan", "") and not given.get("how"):
            self.add_error("how", _("Write how and when the owner agreed; Meta may ask for it."))
        return given


class AlertForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("Such as: Newsroom chat.")
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=1000,
        help_text=gettext_lazy("Stored sealed and never shown again."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "placeholder": "tgram://TOKEN/CHAT",
                "spellcheck": "false",
            }
        ),
    )


class ReactionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Reaction
        fields = ["channel", "about", "text", "page", "url"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        labels = {"channel": gettext_lazy("Where it was said"), "page": gettext_lazy("About which")}
        help_texts = {
            "text": gettext_lazy("The sense in your own words. No names, numbers or pictures."),
            "url": gettext_lazy("Only if everyone can open it."),
        }

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["channel"]
        field.queryset = Channel.objects.filter(office=office)
        field.empty_label = None
        field = self.fields["page"]
        field.queryset = shared_lately(office)
        field.empty_label = _("No item in particular")


class ReleaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whether the number is free is the action's to say."""

    class Meta:
        model = PressRelease
        fields = ["number", "issued_on", "contact_name", "contact_phone"]
        field_classes = {"issued_on": DateField}
        labels = {"number": pgettext_lazy("of a letter", "Number")}
        help_texts = {"number": gettext_lazy("The next one in the pattern of your office.")}

    def validate_constraints(self) -> None:
        """Left to the action, which has an answer in words."""


class OutboxFilterForm(forms.Form):
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("perlu", gettext_lazy("Waits for a person")),
            *Post.State.choices,
        ],
    )
    kanal = forms.ModelChoiceField(
        Channel.objects.none(),
        label=gettext_lazy("Channel"),
        required=False,
        empty_label=gettext_lazy("All"),
    )

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kanal"]
        field.queryset = Channel.objects.filter(office=office)


def shared_lately(office: Office) -> QuerySet[BasePage]:
    """The items that were shared last, newest first."""
    lately = Post.objects.filter(office=office).order_by("-pk").values_list("page_id", flat=True)
    numbers = list(dict.fromkeys(lately[: RECENT * 10]))[:RECENT]
    return BasePage.objects.filter(pk__in=numbers).order_by("-listed_at", "-pk")
