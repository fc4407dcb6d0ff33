"""Jobs in tests: done at once, as a worker does them that sees a job when it is committed."""

from typing import Any

from django.db import connection, transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult


class JobsAtCommit(ImmediateBackend):
    """As the queue in the database: a job that is rolled back with its cause never runs."""

    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        run = super()._execute_task
        blocks: list[Any] = connection.atomic_blocks
        if any(not block._from_testcase for block in blocks):
            transaction.on_commit(lambda: run(task_result))
        else:
            run(task_result)
