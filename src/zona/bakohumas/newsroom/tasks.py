"""Background work of the newsroom: thin calls."""

from django_tasks import task


@task()
def remind() -> int:
    """Remind of duties whose deadline comes near or has passed."""
    from .actions.reminders import run

    return run()
