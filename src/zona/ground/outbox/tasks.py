"""Background work: thin calls."""

from django_tasks import task


@task()
def remove_file(model: str, field: str, name: str) -> bool:
    """Delete a file that a row let go of; False when a row names it (again)."""
    from .letting_go import remove_file as run

    return run(model, field, name)
