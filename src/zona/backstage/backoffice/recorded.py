"""Screens of national lists: who keeps them, and that each change stands in the journal."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from wagtail.permission_policies.base import BasePermissionPolicy

from zona.ground.journal.actions import record
from zona.offices.models import User
from zona.offices.policies import may_edit_national


class DutyPolicy(BasePermissionPolicy):
    """KPU RI edits; nobody deletes: a duty ends with a date, and what was fulfilled stays known."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action != "delete" and may_edit_national(user)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action)


class Recorded:
    """Views whose change stands in the journal."""

    verb = ""

    def tell(self, instance: Any) -> None:
        office = getattr(instance, "office", None)
        record(
            actor=self.request.user,  # type: ignore[attr-defined]
            verb=self.verb,
            target=instance,
            office_code=office.code if office else "",
        )

    def save_instance(self) -> Any:
        instance = super().save_instance()  # type: ignore[misc]
        self.tell(instance)
        return instance
