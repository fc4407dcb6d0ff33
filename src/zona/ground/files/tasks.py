"""Background work: thin calls of actions."""

from django_tasks import task

from . import actions

QUEUE = "files"  # its own line in the worker: pages that are due do not wait behind a reading


@task(queue_name=QUEUE)
def work_on_file(sent_id: int) -> str:
    """Read a sent file or take it over; the state it has then."""
    return actions.work(sent_id)


@task()
def sweep() -> int:
    """Take up again what a worker left behind."""
    return actions.sweep()


@task()
def tidy_up() -> int:
    """Destroy files that have served."""
    return actions.tidy_up()
