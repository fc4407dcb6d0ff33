"""Background work: thin calls."""

from django_tasks import task

from zona.ground.outbox.queues import OUTWARD


@task(queue_name=OUTWARD)
def send_confirmation(subscriber_id: int, wished: list[int], frequency: str) -> bool:
    """Ask an address to confirm what somebody wished for it."""
    from .sending.letters import send_confirmation as run

    return run(subscriber_id, wished, frequency)


@task(queue_name=OUTWARD)
def deliver() -> dict[str, int]:
    """Announce what is new and send what is due; goes on in a new job while more waits."""
    from .sending.delivery import run

    done = run()
    if done.more:
        deliver.enqueue()
    return {"announced": done.announced, "sent": done.sent, "failed": done.failed}


@task()
def tidy_up() -> int:
    """Forget wishes that nobody confirmed, and old rows of the outbox."""
    from .actions import tidy_up as run

    return run()
