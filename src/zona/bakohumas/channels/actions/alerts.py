"""Keeping the places where staff of an office are told that something waits."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.journal.naming import Target
from zona.offices.models import Office, User

from ..delivery import alerts
from ..models import AlertTarget
from ..policies import may_keep


def _tell(actor: User, verb: str, target: AlertTarget, number: int | None = None) -> None:
    record(
        actor=actor,
        verb=f"channels.{verb}",
        target=Target("channels.alerttarget", str(number or target.pk), target.name),
        office_code=target.office.code,
    )


@transaction.atomic
def add_target(*, actor: User, office: Office, name: str, url: str) -> AlertTarget:
    """Add a place. Raises PermissionDenied, or alerts.BadAddress."""
    if not may_keep(actor, office):
        raise PermissionDenied
    target = AlertTarget.objects.create(office=office, name=name, sealed=alerts.seal_address(url))
    _tell(actor, "alerts_added", target)
    return target


@transaction.atomic
def set_active(*, actor: User, target: AlertTarget, is_active: bool) -> None:
    """Pause a place, or use it again; its failures are forgotten then."""
    if not may_keep(actor, target.office):
        raise PermissionDenied
    target.is_active, target.failures, target.last_reason = is_active, 0, ""
    target.save(update_fields=["is_active", "failures", "last_reason"])
    _tell(actor, "alerts_resumed" if is_active else "alerts_paused", target)


@transaction.atomic
def remove_target(*, actor: User, target: AlertTarget) -> None:
    """Remove a place, its address with it."""
    if not may_keep(actor, target.office):
        raise PermissionDenied
    number = target.pk
    target.delete()
    _tell(actor, "alerts_removed", target, number)


def try_target(*, actor: User, target: AlertTarget) -> bool:
    """Send a test, at once; False: `last_reason` says why it did not arrive."""
    if not may_keep(actor, target.office):
        raise PermissionDenied
    text = _("This is a test from Zona. Alerts of the office will arrive here.")
    arrived = alerts.send(target, text)
    with transaction.atomic():
        _tell(actor, "alerts_tried", target)
    return arrived
