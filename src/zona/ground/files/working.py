"""Long work on a row by a worker: its heartbeat, and finding it again after the worker's death.

A row has `heartbeat_at`, `progress` and `attempts`. Whoever takes it up raises `attempts`, so that
the row as it was taken up is found by it; a row without a heartbeat belongs to nobody any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from .reader.child import Follow

ATTEMPTS = 3
STALE = dt.timedelta(seconds=90)  # without a heartbeat; the worker gives one every five seconds


class Superseded(Exception):
    """Somebody changed the row's course, or another worker took it up."""


def is_stale(row: Any) -> bool:
    """Whether nobody is at the row."""
    return row.heartbeat_at is None or timezone.now() - row.heartbeat_at > STALE


def pulse(mine: Callable[[], Any]) -> Follow:
    """Writes heartbeat and progress into the row `mine` finds; raises Superseded without it."""

    def follow(progress: int | None) -> None:
        values: dict[str, Any] = {"heartbeat_at": timezone.now()}
        if progress is not None:
            values["progress"] = progress
        if not mine().update(**values):
            raise Superseded

    return follow


def rows_in_queue(task: Any, *states: str) -> list[int]:
    """The rows for which jobs of a task stand in the queue: the first argument of each."""
    from django_tasks_db.models import DBTaskResult

    jobs = DBTaskResult.objects.filter(task_path=task.module_path, status__in=states)
    return [job["args"][0] for job in jobs.values_list("args_kwargs", flat=True)]
