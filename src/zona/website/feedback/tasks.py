"""Background work: thin calls."""

from django_tasks import task

from zona.ground.outbox.queues import OUTWARD


@task(queue_name=OUTWARD)
def send_answers() -> int:
    """Send the answers that reporters wait for."""
    from .actions.answers import send_answers as run

    return run()


@task(queue_name=OUTWARD)
def send_weekly_letters() -> int:
    """Send the weekly letters that are due by the offices' own clocks."""
    from .letters import send_weekly_letters as run

    return run()


@task()
def forget_addresses() -> int:
    """Delete reporters' addresses whose time is over."""
    from .actions.reports import forget_addresses as run

    return run()
