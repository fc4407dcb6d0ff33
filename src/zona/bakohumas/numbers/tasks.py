"""Background work of the numbers: thin calls."""

from django_tasks import task

from zona.ground.outbox.queues import OUTWARD


@task()
def note_scores() -> int:
    """Note the freshness score of every office."""
    from django.utils import timezone

    from .actions.scoring import note_scores as run

    return run(timezone.now())


@task(queue_name=OUTWARD)
def send_numbers() -> int:
    """Send the week in numbers where it is due by the offices' own clocks."""
    from .digest import send_letters as run

    return run()
