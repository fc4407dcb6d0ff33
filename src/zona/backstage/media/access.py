"""Who may fetch a recording: everyone once a live page uses it, until then its office's staff."""

from __future__ import annotations

from collections.abc import Callable

from zona.offices.policies import Actor

from .models import Recording
from .policies import may_manage

PublicCheck = Callable[[Recording], bool]
_checks: list[PublicCheck] = []


def register_public_check(check: PublicCheck) -> PublicCheck:
    """Called from a higher room's apps.ready(): whether something public there uses a recording.

    A check must know nothing of the person who asks: its answer decides what may be kept by others.
    """
    _checks.append(check)
    return check


def is_public(recording: Recording) -> bool:
    return any(check(recording) for check in _checks)


def may_fetch(actor: Actor, recording: Recording) -> bool:
    """Whether a person of the staff may fetch what is not public."""
    return may_manage(actor, recording)
