"""Forms of the people screens. They check what was typed; actions decide and save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zona.ground.typed.fields import DateField

from .. import policies
from ..models import Office, Role, RoleAssignment, User

MEANING: dict[Role, str | Promise] = {
    Role.DIRECTOR: _("reads along and sees how the office stands"),
    Role.CHAIR: _("writes, approves and publishes"),
    Role.COORDINATOR: _("writes, approves and publishes"),
    Role.EDITOR: _("writes, corrects and publishes"),
    Role.REPORTER: _(
        "writes and takes photographs; publishes alone only what the office lets through without"
        " approval"
    ),
    Role.CHANNEL_ADMIN: _("carries what is published to the other channels"),
    Role.PPID: _("answers requests for information; publishes"),
    Role.SERVICE_DESK: _("receives visitors and questions"),
    Role.JDIH_MANAGER: _("keeps the legal documents; publishes"),
    Role.OFFICE_ADMIN: _("invites people, gives roles, keeps the particulars; publishes"),
}


class RoleFields(forms.Form):
    """What every role needs: which, by which decree, from when, until when."""

    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
    )
    decree = forms.CharField(
        label=_("Number of the decree (SK)"), max_length=160, help_text=_("Such as 117.3/2025.")
    )
    starts_on = DateField(label=_("From"))
    ends_on = DateField(
        label=_("Until and including"),
        required=False,
        help_text=_("Leave empty as long as the decree names no end."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Made for each request, for the words are in its language.
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, f"{role.label}: {MEANING[role]}") for role in Role
        ]
        self.fields["starts_on"].initial = policies.today()

    def add_refusal(self, error: ValidationError) -> None:
        """Show at its field what an action refused."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for field, errors in error.error_dict.items():
            self.add_error(
                field if field in self.fields and field != NON_FIELD_ERRORS else None, errors
            )


class InviteForm(RoleFields):
    """A colleague who has no account yet, or has one in another office."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The colleague will sign in with it.")
    )
    field_order = ["name", "email", "role", "decree", "starts_on", "ends_on"]


class GiveRoleForm(RoleFields):
    """One more role for a person of the office."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    covers_below = forms.BooleanField(
        label=_("Also for the offices below"),
        required=False,
        help_text=_(
            "The level above reads what lies below; only this lets it change things there."
        ),
    )
    field_order = ["person", "role", "decree", "starts_on", "ends_on", "covers_below"]

    def __init__(self, *args: Any, actor: User, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = RoleAssignment.objects.filter(office=office).values("user_id")
        people = policies.known_people(actor)
        own = people.filter(pk__in=held)
        self.fields["person"].queryset = people if actor.is_superuser else own  # type: ignore[attr-defined]
        if not (policies.may_cover_below(actor) and office.children.exists()):
            del self.fields["covers_below"]


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last_day = DateField(
        label=_("Last day"),
        help_text=_("The role still holds on that day. Choose yesterday to end it at once."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=250,
        help_text=_("Such as a transfer, with the number of its decree. Kept in the record."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = policies.today()
