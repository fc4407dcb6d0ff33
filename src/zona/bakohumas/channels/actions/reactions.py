"""What people answered, as staff noted it: noted, answered, handed to the service desk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.journal.naming import Target
from zona.offices.models import Office, User

from ..models import Channel, Reaction
from ..policies import may_share

# Sent with `reaction`, inside the transaction, to the room of the service desk where there is one.
handed_over = Signal()


def _tell(actor: User, verb: str, reaction: Reaction) -> None:
    """The words of citizens stay out of the journal, whose rows are for good."""
    label = _("reaction %(number)s") % {"number": reaction.pk}
    record(
        actor=actor,
        verb=f"channels.{verb}",
        target=Target("channels.reaction", str(reaction.pk), label),
        office_code=reaction.office.code,
    )


@transaction.atomic
def note_reaction(*, actor: User, office: Office, channel: Channel, **fields: Any) -> Reaction:
    """Write down what was said on a channel of the office."""
    if not may_share(actor, office) or channel.office_id != office.pk:
        raise PermissionDenied
    reaction = Reaction.objects.create(office=office, channel=channel, noted_by=actor, **fields)
    _tell(actor, "reaction_noted", reaction)
    return reaction


@transaction.atomic
def mark_answered(*, actor: User, reaction: Reaction) -> None:
    if not may_share(actor, reaction.office):
        raise PermissionDenied
    reaction.answered_at = timezone.now()
    reaction.save(update_fields=["answered_at"])
    _tell(actor, "reaction_answered", reaction)


@transaction.atomic
def reopen(*, actor: User, reaction: Reaction) -> None:
    """It was not answered after all."""
    if not may_share(actor, reaction.office):
        raise PermissionDenied
    if reaction.answered_at is None:
        return
    reaction.answered_at = None
    reaction.save(update_fields=["answered_at"])
    _tell(actor, "reaction_reopened", reaction)


@transaction.atomic
def hand_over(*, actor: User, reaction: Reaction) -> None:
    """Give a reaction to the service desk. Raises PermissionDenied when nobody takes it."""
    if not may_share(actor, reaction.office) or not handed_over.has_listeners():
        raise PermissionDenied
    if reaction.handed_over_at:
        return
    reaction.handed_over_at = timezone.now()
    reaction.save(update_fields=["handed_over_at"])
    handed_over.send(Reaction, reaction=reaction)
    _tell(actor, "reaction_handed_over", reaction)
