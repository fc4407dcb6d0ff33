"""What staff type about old addresses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser

from zona.website.site.models import BasePage

from . import rules
from .models import Redirect


class RedirectForm(forms.Form):
    """One old address and where it leads."""

    old_path = forms.CharField(
        label=_("Old address"),
        max_length=2000,
        help_text=_("Paste the whole address or only what follows the host: /2019/05/berita-lama"),
    )
    page = forms.ModelChoiceField(
        label=_("Leads to this page"),
        queryset=BasePage.objects.none(),
        required=False,
        widget=AdminPageChooser(),
    )
    url = forms.CharField(
        label=_("or to another address"),
        max_length=rules.LONGEST,
        required=False,
        help_text=_("Only when it is no page of your office. Begins with https:// or with /."),
    )
    permanent = forms.BooleanField(
        label=_("For good"),
        required=False,
        initial=True,
        help_text=_("Search engines then forget the old address. Untick for a short detour."),
    )

    def __init__(self, *args: Any, office: Any, redirect: Redirect | None = None, **kwargs: Any):
        if redirect is not None:
            kwargs["initial"] = {
                "old_path": redirect.old_path,
                "page": redirect.page,
                "url": redirect.url,
                "permanent": redirect.permanent,
            } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        own = BasePage.objects.filter(office=office)
        self.fields["page"].queryset = own  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """A table of old addresses."""

    file = forms.FileField(
        label=_("Table (CSV or XLSX)"),
        help_text=_("Two columns: the old address, and the new one. At most 5,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,.xlsx"}),
    )
