"""Background work of the rights: thin calls."""

from django_tasks import task


@task()
def follow_roles() -> int:
    """Rights follow roles that begin or end by date."""
    from .provision import provision_changed_today

    return provision_changed_today()
