"""The forms that readers and staff fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zona.ground.mail.sending import mail_leaves

from . import rules
from .models import Feedback


class CommentForm(forms.Form):
    """Words beside a vote."""

    text = forms.CharField(
        label=_("What was missing or unclear?"),
        help_text=_("Please write no name, NIK or phone number. You need not write anything."),
        max_length=rules.MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what was missing or unclear.")},
    )


class ReportForm(forms.Form):
    """A mistake on a page; the address is asked for only where an answer can be sent."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("If you know it: how should it read?"),
        max_length=rules.MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what is wrong.")},
    )
    quote = forms.CharField(
        label=_("The passage"),
        help_text=_("Copy the words that are wrong, so that the editor finds them at once."),
        required=False,
        max_length=rules.MAX_QUOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    versi = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mail_leaves():
            del self.fields["email"]

    def describe_email(self, days: int) -> None:
        """Say at the field how long the address is kept."""
        if "email" in self.fields:
            self.fields["email"].help_text = _(
                "Only for the answer. It is deleted %(days)s days after we answered."
            ) % {"days": days}


class FilterForm(forms.Form):
    """What the back office's list is narrowed to."""

    keadaan = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("open", _("Not finished")), ("", _("All")), *Feedback.State.choices],
    )
    jenis = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Feedback.Kind.choices]
    )
    halaman = forms.TypedChoiceField(label=_("Page"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, pages: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["halaman"].choices = [("", _("All")), *pages]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the office answers or notes."""

    text = forms.CharField(
        label=_("Answer"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
