"""People without an account who may approve by link: registered, ended."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.offices.models import Office, User
from zona.offices.policies import may_administer

from ..models import Reviewer


@transaction.atomic
def register_reviewer(*, actor: User, office: Office, name: str, email: str) -> Reviewer:
    """Note who may approve by link, and the address of that person's own to which codes go.

    An address is never changed: a wrong one is ended and registered anew, so that whoever put it
    in stays known. Raises PermissionDenied, ValidationError.
    """
    if not may_administer(actor, office):
        raise PermissionDenied
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    if User.objects.filter(email__iexact=email.strip(), is_active=True).exists():
        raise ValidationError({"email": _(
            "This address belongs to an account. Whoever has an account signs in and decides there."
        )})  # fmt: skip
    reviewer = Reviewer(
        office=office, name=" ".join(name.split()), email=email.strip(), noted_by=actor
    )
    reviewer.full_clean(exclude=["email", "ended_at"])
    reviewer.save()
    _tell(actor, "reviewer_registered", reviewer)
    return reviewer


@transaction.atomic
def end_reviewer(*, actor: User, reviewer: Reviewer) -> Reviewer:
    """This person approves no more; what was decided stays, and the address goes."""
    if not may_administer(actor, reviewer.office):
        raise PermissionDenied
    row = Reviewer.objects.select_for_update().get(pk=reviewer.pk)
    if row.ended_at is None:
        row.ended_at, row.email = timezone.now(), ""
        row.save(update_fields=["ended_at", "email"])
        row.links.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
        _tell(actor, "reviewer_ended", row)
    return row


def _tell(actor: User, verb: str, reviewer: Reviewer) -> None:
    """By number: the record keeps no names of people outside."""
    record(
        actor=actor,
        verb=f"newsroom.{verb}",
        target=reviewer.office,
        office_code=reviewer.office.code,
        changes={"reviewer": [None, reviewer.pk]},
    )
