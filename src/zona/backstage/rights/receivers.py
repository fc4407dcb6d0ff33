"""Rights follow the roles."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from zona.offices.models import Office
from zona.offices.signals import office_changed, roles_changed

from .provision import provision


@receiver([roles_changed, office_changed])
def follow_roles(office: Office, **_: Any) -> None:
    provision(office)
