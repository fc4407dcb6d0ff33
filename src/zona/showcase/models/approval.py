"""One approval step for all offices: whoever may publish a page may approve it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState
from wagtail.permissions import page_permission_policy

from zona.offices.models import User

from .base import BasePage
from .recorded import why_not_public


class OfficeApproval(Task):
    """Wagtail's own task names groups, which would need one workflow an office.

    This one asks the page: its publishers are its approvers, so one workflow on the root serves
    every office, and rights stay where the roles put them.
    """

    def user_can_access_editor(self, obj: BasePage, user: User) -> bool:
        return _may_publish(obj, user)

    def locked_for_user(self, obj: BasePage, user: User) -> bool:
        return not _may_publish(obj, user)

    def user_can_lock(self, obj: BasePage, user: User) -> bool:
        return False

    def user_can_unlock(self, obj: BasePage, user: User) -> bool:
        return False

    def get_actions(self, obj: BasePage, user: User) -> list[tuple[str, Any, bool]]:
        if not _may_publish(obj, user):
            return []
        if why_not_public(obj):  # approving publishes, which would fail
            return [("reject", _("Request changes"), True)]
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
        keys = pages.annotate(key=Cast("pk", models.CharField(max_length=20))).values("key")
        return self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=keys
        )

    @classmethod
    def get_description(cls) -> Any:
        return _("Whoever may publish the page approves it")

    class Meta:
        verbose_name = _("approval in the office")
        verbose_name_plural = _("approvals in the office")


def _may_publish(page: BasePage, user: User) -> bool:
    return bool(page.permissions_for_user(user).can_publish())
