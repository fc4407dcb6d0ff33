"""Names for the fields that Wagtail's forms leave as they stand in the code."""

from __future__ import annotations

from django.forms import Form
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers

LABELS = {
    "url": _("Address (link)"),
    "link_text": _("Words of the link"),
    "email_address": _("E-mail address"),
    "phone_number": _("Phone number"),
    "subject": _("Subject"),
    "body": _("Text of the letter"),
}
FORMS: tuple[type[Form], ...] = (
    choosers.ExternalLinkChooserForm,
    choosers.EmailLinkChooserForm,
    choosers.PhoneLinkChooserForm,
    choosers.AnchorLinkChooserForm,
)


def name_fields() -> None:
    """Give them their names; called once, when the apps are ready."""
    for form in FORMS:
        for name, field in form.base_fields.items():
            if name in LABELS and not field.label:
                field.label = LABELS[name]
