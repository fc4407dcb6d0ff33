"""Background work: thin calls of actions."""

from django_tasks import task


@task()
def forget() -> int:
    """Throw away the day's salt and counts."""
    from .actions import forget as run

    return run()
