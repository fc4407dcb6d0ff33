"""Background work: thin calls."""

from django_tasks import task

from zona.ground.outbox.queues import OUTWARD


@task(queue_name=OUTWARD)
def deliver() -> dict[str, int]:
    """Send what is due; goes on in a new job while more waits."""
    from .delivery.outbox import run

    done = run()
    if done.more:
        deliver.enqueue()
    return {"tried": done.tried, "sent": done.sent}


@task(queue_name=OUTWARD)
def send_alert(office_id: int, topic: str, text: str) -> int:
    """Tell the places for alerts of an office; how many took it."""
    from zona.offices.models import Office

    from .delivery.alerts import notify

    office = Office.objects.filter(pk=office_id).first()
    return notify(office=office, topic=topic, text=text) if office else 0


@task()
def watch_accounts() -> int:
    """Renew accesses that can be renewed and announce those that end; how many."""
    from .delivery.watching import run

    return run()
