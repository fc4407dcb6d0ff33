"""What happens to people and their roles. Every role names the decree it rests on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.sealing.links import hash_token, make_token

from .. import policies
from ..models import Invitation, Office, Role, RoleAssignment, User
from ..signals import roles_changed

INVITATION_LASTS = dt.timedelta(days=7)


def _tell_roles_changed(office: Office) -> None:
    """Rights change with the roles, in one transaction."""
    roles_changed.send(Office, office=office)


def _require_administrator(actor: User, office: Office) -> None:
    if not policies.may_administer(actor, office):
        raise PermissionDenied


def _check_dates(starts_on: dt.date, ends_on: dt.date | None) -> None:
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first day.")})


def _check_decree(decree: str) -> str:
    decree = decree.strip()
    if not decree:
        raise ValidationError({"decree": _("Write the number of the decree (SK).")})
    return decree


def _check_not_held(
    person: User, office: Office, role: str, starts_on: dt.date, ends_on: dt.date | None
) -> None:
    same = RoleAssignment.objects.filter(user=person, office=office, role=role)
    same = same.exclude(ends_on__lt=starts_on)
    if ends_on:
        same = same.exclude(starts_on__gt=ends_on)
    if same.exists():
        raise ValidationError(
            {"role": _("%(name)s already holds this role at that time.") % {"name": person}}
        )


def _assign(actor: User, **fields: Any) -> RoleAssignment:
    """Write the row and its record; the callers have authorised and checked it."""
    given = RoleAssignment.objects.create(**fields)
    record(
        actor=actor,
        verb="offices.role_given",
        target=given.user,
        office_code=given.office.code,
        changes={
            "role": [None, given.role],
            "decree": [None, given.decree],
            "starts_on": [None, given.starts_on.isoformat()],
            "ends_on": [None, given.ends_on.isoformat() if given.ends_on else None],
            "covers_below": [None, given.covers_below],
        },
    )
    _tell_roles_changed(given.office)
    return given


@transaction.atomic
def invite(
    *,
    actor: User,
    office: Office,
    email: str,
    name: str,
    role: str,
    decree: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> tuple[Invitation, str]:
    """Invite a colleague into the office; returns the invitation and its token.

    The token is stored as a hash only, so this is the one time it can be read. Raises
    PermissionDenied, or ValidationError with the field and what to do.
    """
    _require_administrator(actor, office)
    _check_dates(starts_on, ends_on)
    email, decree, role = email.strip().lower(), _check_decree(decree), Role(role)
    person = User.objects.filter(email=email).first()
    if person:
        _check_not_held(person, office, role, starts_on, ends_on)
    open_ones = office.invitations.filter(email=email, role=role)
    open_ones.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    token = make_token()
    invitation = Invitation.objects.create(
        office=office,
        email=email,
        name=name.strip(),
        role=role,
        decree=decree,
        starts_on=starts_on,
        ends_on=ends_on,
        invited_by=actor,
        token_hash=hash_token(token),
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    record(
        actor=actor,
        verb="offices.person_invited",
        target=invitation,
        office_code=office.code,
        changes={"role": [None, role.value], "decree": [None, decree]},
    )
    return invitation, token


def find_invitation(token: str, *, lock: bool = False) -> Invitation | None:
    """The invitation that this token opens, as long as it is open."""
    rows = Invitation.objects.select_related("office", "invited_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(
        token_hash=hash_token(token),
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=timezone.now(),
    ).first()
    # Who invited must still be able to: what a role gave ends with it.
    if found and policies.may_administer(found.invited_by, found.office):
        return found
    return None


@transaction.atomic
def accept_invitation(
    *, actor: User | None, token: str, password: str = "", name: str = ""
) -> RoleAssignment:
    """Take up the role. A new colleague sets name and password; one with an account signs in first.

    Raises ValidationError when the link is no longer open, PermissionDenied when someone else than
    the invited person is signed in.
    """
    invitation = find_invitation(token, lock=True)
    if invitation is None:
        raise ValidationError(_("This invitation is no longer valid. Ask for a new one."))
    person = User.objects.filter(email=invitation.email).first()
    if person is None:
        if not password:
            raise ValidationError({"password": _("Choose a password.")})
        person = User.objects.create_user(
            invitation.email, password, name=name.strip() or invitation.name
        )
    elif actor is None or actor.pk != person.pk:
        raise PermissionDenied
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    _check_not_held(
        person, invitation.office, invitation.role, invitation.starts_on, invitation.ends_on
    )
    given = _assign(
        person,
        user=person,
        office=invitation.office,
        role=invitation.role,
        decree=invitation.decree,
        starts_on=invitation.starts_on,
        ends_on=invitation.ends_on,
    )
    record(
        actor=person,
        verb="offices.invitation_accepted",
        target=invitation,
        office_code=invitation.office.code,
    )
    return given


@transaction.atomic
def withdraw_invitation(*, actor: User, invitation: Invitation) -> Invitation:
    """Close an open invitation; one that was accepted stays as it is."""
    _require_administrator(actor, invitation.office)
    if invitation.accepted_at or invitation.withdrawn_at:
        return invitation
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(
        actor=actor,
        verb="offices.invitation_withdrawn",
        target=invitation,
        office_code=invitation.office.code,
    )
    return invitation


@transaction.atomic
def give_role(
    *,
    actor: User,
    person: User,
    office: Office,
    role: str,
    decree: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    covers_below: bool = False,
) -> RoleAssignment:
    """Give a colleague one more role in the office.

    Raises PermissionDenied outside the actor's offices, for people the actor does not know, and for
    `covers_below` given by anyone but the national level; ValidationError for bad dates, doubles.
    """
    _require_administrator(actor, office)
    if not policies.known_people(actor).filter(pk=person.pk).exists():
        raise PermissionDenied
    if covers_below and not policies.may_cover_below(actor):
        raise PermissionDenied
    _check_dates(starts_on, ends_on)
    _check_not_held(person, office, role, starts_on, ends_on)
    return _assign(
        actor,
        user=person,
        office=office,
        role=Role(role),
        decree=_check_decree(decree),
        starts_on=starts_on,
        ends_on=ends_on,
        covers_below=covers_below,
    )


@transaction.atomic
def end_role(
    *, actor: User, assignment: RoleAssignment, last_day: dt.date, reason: str = ""
) -> RoleAssignment | None:
    """Let a role end after `last_day`; a role that would never have begun is taken away (None).

    Raises ValidationError when the office would be left without an administrator.
    """
    assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    office = assignment.office
    _require_administrator(actor, office)
    if assignment.ends_on and assignment.ends_on < policies.today():
        raise ValidationError(_("This role has ended already."))
    if assignment.role == Role.OFFICE_ADMIN and not actor.is_superuser:
        _check_successor(assignment, last_day)
    before, gone = assignment.ends_on, last_day < assignment.starts_on
    person = assignment.user
    if gone:
        if assignment.starts_on <= policies.today():
            raise ValidationError({"last_day": _("The last day lies before the first day.")})
        assignment.delete()
    else:
        assignment.ends_on = last_day
        assignment.save(update_fields=["ends_on"])
    record(
        actor=actor,
        verb="offices.role_cancelled" if gone else "offices.role_ended",
        target=person,
        office_code=office.code,
        reason=reason,
        changes={
            "role": [assignment.role, None],
            "ends_on": [before.isoformat() if before else None, last_day.isoformat()],
        },
    )
    _tell_roles_changed(office)
    return None if gone else assignment


def _check_successor(assignment: RoleAssignment, last_day: dt.date) -> None:
    """Someone else must administer the office on the day after, without a known end."""
    others = (
        RoleAssignment.objects.in_force(last_day + dt.timedelta(days=1))
        .filter(office=assignment.office, role=Role.OFFICE_ADMIN, user__is_active=True)
        .exclude(pk=assignment.pk)
    )
    if not others.exists():
        raise ValidationError(
            _(
                "This is the only administrator of the office. Give the role to a successor first, "
                "then end this one."
            )
        )
